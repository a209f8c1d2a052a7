"""Every form of covariances against plain matrices."""

import numpy as np
import pytest

from gmm_core.model.em.forms.dense import clip_eigenvalues, inverse_cholesky, upper_pairs
from gmm_core.model.em.parameters import Parameters
from tests.model.drawing import FORMS, form_name, packed_covariances, random_parameters, spd
from tests.model.oracle import packed_sums

N_COMPONENTS, N_FEATURES = 3, 4
every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)


@pytest.fixture
def dense(rng):
    """Three covariance matrices."""
    return np.array([spd(rng, N_FEATURES) for _ in range(N_COMPONENTS)])


@every_form
def test_log_determinants_of_precisions_are_those_of_the_inverse_matrices(form, dense):
    packed, matrices = packed_covariances(form, dense)
    found = form.log_det_precision(form.factor(packed), N_FEATURES)
    expected = -np.linalg.slogdet(matrices)[1]
    np.testing.assert_allclose(np.broadcast_to(found, N_COMPONENTS), expected, rtol=1e-12)


@every_form
def test_the_precision_trace_bounds_the_smallest_variance_in_any_direction(form, dense):
    packed, matrices = packed_covariances(form, dense)
    trace = form.precision_trace(form.factor(packed), N_FEATURES)
    assert trace == pytest.approx(max(np.trace(np.linalg.inv(s)) for s in matrices), rel=1e-12)
    assert trace >= 1 / np.linalg.eigvalsh(matrices).min() * (1 - 1e-12)


@every_form
def test_precision_times_a_vector_is_the_inverse_matrix_times_it(form, dense, rng):
    packed, matrices = packed_covariances(form, dense)
    vectors = rng.normal(size=(N_COMPONENTS, N_FEATURES))
    expected = [np.linalg.inv(s) @ v for s, v in zip(matrices, vectors, strict=True)]
    np.testing.assert_allclose(form.precision_times(form.factor(packed), vectors), expected, rtol=1e-11)


@every_form
def test_squared_lengths_are_mahalanobis_distances(form, dense, rng):
    packed, matrices = packed_covariances(form, dense)
    d = rng.normal(size=(N_COMPONENTS, N_FEATURES, 5))
    expected = [[v @ np.linalg.inv(s) @ v for v in block.T] for s, block in zip(matrices, d, strict=True)]
    np.testing.assert_allclose(form.quadratic(d, form.factor(packed)), expected, rtol=1e-11)


@every_form
def test_scatter_is_the_weighted_sum_of_outer_products(form, rng):
    d = rng.normal(size=(N_COMPONENTS, N_FEATURES, 6))
    resp = rng.uniform(size=(N_COMPONENTS, 6))
    expected = np.einsum("kib,kjb,kb->kij", d, d, resp)
    np.testing.assert_allclose(form.scatter(d.copy(), resp), packed_sums(form, expected), rtol=1e-12)


@every_form
def test_outer_is_the_symmetric_part_of_the_outer_product(form, rng):
    a, b = rng.normal(size=(2, N_COMPONENTS, N_FEATURES))
    product = np.einsum("ki,kj->kij", a, b)
    symmetric = (product + product.transpose(0, 2, 1)) / 2
    np.testing.assert_allclose(form.outer(a, b), packed_sums(form, symmetric), rtol=1e-12, atol=1e-14)


@every_form
def test_a_floored_covariance_has_no_direction_below_the_floor_and_one_above_is_left_alone(form, rng):
    thin = np.array([spd(rng, N_FEATURES), np.diag([1.0, 1e-12, 2.0, 1e-14]), 1e-13 * np.eye(N_FEATURES)])
    packed, _ = packed_covariances(form, thin)
    floored = form.floored(packed, 1e-6)
    matrices = form.to_dense(floored, N_COMPONENTS, N_FEATURES)
    assert np.linalg.eigvalsh(matrices).min() >= 1e-6 * (1 - 1e-9)
    np.testing.assert_array_equal(np.array(form.floored(floored, 1e-7)), floored)


@every_form
def test_a_ridge_is_added_on_the_diagonal(form, dense):
    packed, matrices = packed_covariances(form, dense)
    ridge = np.full(N_FEATURES, 0.25)
    found = form.to_dense(form.plus_diagonal(packed, ridge), N_COMPONENTS, N_FEATURES)
    np.testing.assert_allclose(found, matrices + 0.25 * np.eye(N_FEATURES), rtol=1e-14)


@every_form
def test_stretch_is_the_sum_of_the_traces_of_precision_times_scatter(form, dense, rng):
    packed, matrices = packed_covariances(form, dense)
    scatter = np.array([spd(rng, N_FEATURES, 7.0) for _ in range(N_COMPONENTS)])
    found = form.stretch(form.factor(packed), packed_sums(form, scatter))
    expected = sum(np.trace(np.linalg.inv(s) @ w) for s, w in zip(matrices, scatter, strict=True))
    assert found == pytest.approx(expected, rel=1e-11)


@every_form
def test_the_scatter_of_rows_with_given_covariances_is_their_number_times_these(form, dense):
    packed, matrices = packed_covariances(form, dense)
    counts = np.array([2.0, 5.0, 0.5])
    found = form.scatter_of(packed, counts, N_FEATURES)
    np.testing.assert_allclose(found, packed_sums(form, counts[:, None, None] * matrices), rtol=1e-12)


@every_form
def test_a_matrix_that_is_not_positive_definite_has_no_factor(form):
    packed = form.from_dense(np.array([np.eye(2), -np.eye(2)])[::-1])
    with pytest.raises(np.linalg.LinAlgError):
        form.factor(packed)


@every_form
def test_scatter_lent_to_a_group_is_that_of_the_average_group(form, rng):
    second = np.array([spd(rng, N_FEATURES) for _ in range(N_COMPONENTS)])
    counts, pseudo = np.array([4.0, 1.0, 5.0]), 3.0
    found = form.shrunk(packed_sums(form, second), counts, pseudo)
    lent = second + pseudo * second.sum(axis=0) / counts.sum()
    np.testing.assert_allclose(found, packed_sums(form, lent), rtol=1e-12)


@pytest.mark.parametrize("n_features", [1, 2, 3, 7])
@every_form
def test_quadratic_features_and_coefficients_make_up_the_exponent(form, n_features, rng):
    parameters, (_, _, matrices) = random_parameters(rng, form, N_COMPONENTS, n_features)
    z = rng.normal(size=(n_features, 5))
    features = np.empty((form.n_quadratic(n_features), 5))
    form.fill_quadratic(z, features)
    found = form.quadratic_coefficients(parameters.factor, N_COMPONENTS) @ features
    if form.needs_total:
        shared = form.common_quadratic(parameters.factor, z @ z.T)
        assert not found.any()
        assert shared == pytest.approx(-0.5 * sum(v @ np.linalg.inv(matrices[0]) @ v for v in z.T), rel=1e-11)
    else:
        expected = [[-0.5 * v @ np.linalg.inv(s) @ v for v in z.T] for s in matrices]
        np.testing.assert_allclose(found, expected, rtol=1e-11)


@every_form
def test_sums_of_quadratic_features_unpack_to_second_moments_about_the_origin(form, rng):
    z, resp = rng.normal(size=(N_FEATURES, 6)), rng.uniform(size=(N_COMPONENTS, 6))
    resp /= resp.sum(axis=0)  # memberships: a pooled form takes their sum over components to be 1
    features = np.empty((form.n_quadratic(N_FEATURES), 6))
    form.fill_quadratic(z, features)
    found = form.unpack_quadratic(resp @ features.T, z @ z.T if form.needs_total else None)
    expected = np.einsum("kb,ib,jb->kij", resp, z, z)
    np.testing.assert_allclose(found, packed_sums(form, expected), rtol=1e-12)


def test_every_pair_of_features_appears_once_among_the_products():
    first, second = upper_pairs(5)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    assert sorted(pairs) == [(i, j) for i in range(5) for j in range(i, 5)]


def test_clipping_eigenvalues_keeps_the_directions(rng):
    q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    clipped = clip_eigenvalues((q * [1e-12, 1.0, 3.0]) @ q.T, 0.01)
    np.testing.assert_allclose(clipped, (q * [0.01, 1.0, 3.0]) @ q.T, atol=1e-12)
    np.testing.assert_array_equal(clipped, clipped.T)


@pytest.mark.parametrize("n_features", [1, 2, 16, 17, 33, 50])
def test_the_inverse_cholesky_factor_whitens_at_any_size(n_features, rng):
    covariances = np.array([spd(rng, n_features, scale) for scale in (1e-6, 1.0)])
    white = inverse_cholesky(covariances)
    expected = np.repeat(np.eye(n_features)[None], 2, axis=0)
    np.testing.assert_allclose(white @ covariances @ white.transpose(0, 2, 1), expected, atol=1e-11)
    assert not np.triu(white, 1).any()


@every_form
def test_log_peaks_are_the_weighted_log_densities_at_the_means(form, dense, rng):
    packed, matrices = packed_covariances(form, dense)
    weights = np.array([0.2, 0.3, 0.5])
    parameters = Parameters.of(form, weights, rng.normal(size=(N_COMPONENTS, N_FEATURES)), packed)
    expected = np.log(weights) - 0.5 * np.linalg.slogdet(2 * np.pi * matrices)[1]
    np.testing.assert_allclose(parameters.log_peaks, expected, rtol=1e-12)
