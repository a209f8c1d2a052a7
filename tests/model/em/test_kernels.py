"""Both ways of taking a pass over the rows, against loops over single rows and against each other."""

from fractions import Fraction
from functools import reduce
from operator import add

import numpy as np
import pytest

from gmm_core.model.em.expectation import normalise
from gmm_core.model.em.forms import Dense, Spherical
from gmm_core.model.em.kernels import DEAREST, SHARPEST, Centred, Expanded, choose_kernel
from gmm_core.model.em.parameters import Parameters
from tests.model import oracle
from tests.model.drawing import FORMS, form_name, packed_covariances, random_parameters, unscaled_rows

KERNELS = [Centred, Expanded]
SHAPES = [(1, 1), (1, 3), (2, 1), (2, 4), (3, 2), (5, 3)]  # (D, K)


def sweep(kind, rows, parameters):
    """Log densities (N, K) as the kernel has them, and its moments, over all rows."""
    kernels = [kind(parameters.n_components, parameters.n_features) for _ in rows.shards]
    log_densities, sums = [], []
    for kernel, shard in zip(kernels, rows.shards, strict=True):
        kernel.prepare(parameters, shard)
        log_likelihood = 0.0
        for z in shard.blocks:
            block = kernel.log_densities(z)
            log_densities.append(block.T.copy())
            log_likelihood += normalise(block)
            kernel.accumulate(z, block)
        sums.append(kernel.moments(log_likelihood))
    return np.concatenate(log_densities), reduce(add, sums)


def assert_same_moments(found, expected, rtol=1e-11):
    for name in ("log_likelihood", "counts", "first", "second"):
        a, b = np.asarray(getattr(found, name)), np.asarray(getattr(expected, name))
        np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol * max(1.0, np.abs(b).max()), err_msg=name)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "D{}-K{}".format(*shape))
@pytest.mark.parametrize("form", FORMS, ids=form_name)
@pytest.mark.parametrize("kind", KERNELS)
def test_a_pass_gives_the_moments_and_log_likelihood_of_loops_over_rows(kind, form, shape, small_blocks, rng):
    n_features, n_components = shape
    parameters, plain = random_parameters(rng, form, n_components, n_features)
    X = 2 * rng.normal(size=(9 * small_blocks + 3, n_features))
    _, found = sweep(kind, unscaled_rows(X), parameters)
    counts, first, second = oracle.moments(X, oracle.memberships(X, *plain), plain[1])
    assert found.log_likelihood == pytest.approx(oracle.log_likelihood(X, *plain), rel=1e-12)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-11)
    np.testing.assert_allclose(found.first, first, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found.second, oracle.packed_sums(form, second), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("n_rows", [1, 6, 7, 8, 55, 56, 57, 63, 112, 113])
@pytest.mark.parametrize("form", FORMS, ids=form_name)
def test_no_row_is_lost_or_counted_twice_where_blocks_and_shards_end(form, n_rows, small_blocks, rng):
    parameters, plain = random_parameters(rng, form, 3, 2)
    X = rng.normal(size=(n_rows, 2))
    rows = unscaled_rows(X)
    expected = oracle.moments(X, oracle.memberships(X, *plain), plain[1])
    for kind in KERNELS:
        _, found = sweep(kind, rows, parameters)
        assert found.counts.sum() == pytest.approx(n_rows, rel=1e-13)
        np.testing.assert_allclose(found.counts, expected[0], rtol=1e-11)
        np.testing.assert_allclose(found.second, oracle.packed_sums(form, expected[2]), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("n_features", [1, 2, 10, 50])
@pytest.mark.parametrize("form", FORMS, ids=form_name)
def test_the_two_ways_agree_on_blocks_of_their_real_length(form, n_features, rng):
    parameters, _ = random_parameters(rng, form, 4, n_features)
    rows = unscaled_rows(rng.normal(size=(15_000 if n_features < 10 else 8_000, n_features)))
    assert sum(len(shard.blocks) for shard in rows.shards) > 2
    assert_same_moments(sweep(Expanded, rows, parameters)[1], sweep(Centred, rows, parameters)[1])


@pytest.mark.parametrize("form", FORMS, ids=form_name)
def test_centred_log_densities_are_those_of_the_textbook(form, rng):
    parameters, plain = random_parameters(rng, form, 3, 4)
    X = 3 * rng.normal(size=(40, 4))
    found, _ = sweep(Centred, unscaled_rows(X), parameters)
    np.testing.assert_allclose(found, oracle.log_component_densities(X, *plain), rtol=1e-12)
    np.testing.assert_allclose(parameters.log_densities(X.T).T, found, rtol=1e-12)


@pytest.mark.parametrize("form", FORMS, ids=form_name)
def test_expanded_log_densities_differ_from_the_textbook_by_the_same_amount_for_every_component(form, rng):
    parameters, plain = random_parameters(rng, form, 3, 4)
    X = 3 * rng.normal(size=(40, 4))
    found, _ = sweep(Expanded, unscaled_rows(X), parameters)
    left_out = oracle.log_component_densities(X, *plain) - found
    np.testing.assert_allclose(left_out, np.repeat(left_out[:, :1], 3, axis=1), atol=1e-11)
    if not form.needs_total:
        np.testing.assert_allclose(left_out, 0, atol=1e-11)


@pytest.mark.parametrize("form", FORMS, ids=form_name)
@pytest.mark.parametrize("kind", KERNELS)
def test_a_kernel_used_again_with_other_parameters_forgets_the_first(kind, form, small_blocks, rng):
    first, _ = random_parameters(rng, form, 2, 3)
    second, _ = random_parameters(rng, form, 2, 3)
    rows = unscaled_rows(rng.normal(size=(20, 3)))
    kernel, shard = kind(2, 3), rows.shards[0]

    def once(parameters, kernel):
        kernel.prepare(parameters, shard)
        for z in shard.blocks:
            resp = kernel.log_densities(z)
            normalise(resp)
            kernel.accumulate(z, resp)
        return kernel.moments(0.0)

    once(first, kernel)
    assert_same_moments(once(second, kernel), once(second, kind(2, 3)), rtol=0)


# -- accuracy ----------------------------------------------------------------------------------------------------------


def exact_quadratic(z, mean, covariance):
    """(z - m)' S^-1 (z - m) in two dimensions without any rounding."""
    a, b = (Fraction(float(v)) - Fraction(float(m)) for v, m in zip(z, mean, strict=True))
    p, q, r = (Fraction(float(v)) for v in (covariance[0, 0], covariance[0, 1], covariance[1, 1]))
    return (r * a * a - 2 * q * a * b + p * b * b) / (p * r - q * q)


def narrow_pair(rng, variance):
    """Rows of a cluster of the given variance beside a wide one, in a scaled space, with their parameters."""
    narrow = np.array([1.3, -0.8]) + np.sqrt(variance) * rng.normal(size=(60, 2))
    X = np.concatenate([narrow, rng.normal(size=(60, 2))])
    dense = np.array([variance * np.array([[1.0, 0.3], [0.3, 0.8]]), np.eye(2)])
    means = np.array([narrow.mean(axis=0), [0.0, 0.0]])
    return X, Parameters.of(Dense(), np.array([0.5, 0.5]), means, dense)


def worst_error(kind, X, parameters):
    """Largest error of a log density of the narrow component, over the rows near it."""
    found, _ = sweep(kind, unscaled_rows(X), parameters)
    exact = [float(exact_quadratic(z, parameters.means[0], parameters.covariances[0])) for z in X[:60]]
    return np.abs(found[:60, 0] - (parameters.log_peaks[0] - 0.5 * np.array(exact))).max()


@pytest.mark.parametrize("variance", [1e-2, 1e-4, 1e-6, 1e-8])
def test_the_chosen_kernel_keeps_its_digits_however_narrow_a_cluster_is(variance, rng):
    X, parameters = narrow_pair(rng, variance)
    assert worst_error(choose_kernel(parameters), X, parameters) < 1e-9


def test_narrow_clusters_are_centred_because_expanding_would_lose_their_digits(rng):
    X, parameters = narrow_pair(rng, 1e-8)
    assert choose_kernel(parameters) is Centred
    assert worst_error(Expanded, X, parameters) > 100 * worst_error(Centred, X, parameters)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_the_guard_lies_at_its_stated_sharpness(factor):
    n_features = 2
    variance = n_features * n_features / (SHARPEST * factor)  # sharpness is D / variance for a sphere
    parameters = Parameters.of(Spherical(), np.array([0.4, 0.6]), np.zeros((2, n_features)), np.array([1.0, variance]))
    assert choose_kernel(parameters) is (Centred if factor > 1 else Expanded)


def test_just_below_the_guard_the_expanded_moments_keep_nine_digits(rng):
    X, parameters = narrow_pair(rng, 1e-4)
    assert choose_kernel(parameters) is Expanded
    rows = unscaled_rows(X)
    expanded, centred = sweep(Expanded, rows, parameters)[1], sweep(Centred, rows, parameters)[1]
    assert_same_moments(expanded, centred, rtol=1e-9)
    np.testing.assert_allclose(expanded.second[0], centred.second[0], rtol=1e-8)


def test_many_features_and_few_components_are_centred_as_products_would_cost_more(rng):
    dense, spheres = (random_parameters(rng, form, 2, 50)[0] for form in (Dense(), Spherical()))
    assert Dense().n_quadratic(50) > DEAREST * 2 * 50
    assert choose_kernel(dense) is Centred
    assert choose_kernel(spheres) is Expanded


@pytest.mark.parametrize("form", FORMS, ids=form_name)
def test_a_row_far_from_everything_gets_the_right_log_odds(form, rng):
    parameters, plain = random_parameters(rng, form, 3, 2)
    X = np.array([[1e3, -2e3], [0.0, 5e4]])
    expected = oracle.log_component_densities(X, *plain)
    for kind in KERNELS:
        found, _ = sweep(kind, unscaled_rows(X), parameters)
        odds, expected_odds = found - found[:, :1], expected - expected[:, :1]
        np.testing.assert_allclose(odds, expected_odds, rtol=1e-9, atol=1e-6)


def test_packed_covariances_of_each_form_come_back_as_they_went_in(rng):
    dense = np.array([np.eye(3) * v for v in (0.5, 2.0)])
    for form in FORMS:
        packed, once = packed_covariances(form, dense)
        again, twice = packed_covariances(form, once)
        np.testing.assert_array_equal(packed, again)
        np.testing.assert_array_equal(once, twice)
