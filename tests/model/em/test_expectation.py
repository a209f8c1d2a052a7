"""The E step as a whole: log-sum-exp, sums over shards, and the same bits for any number of threads."""

import math

import numpy as np
import pytest

from gmm_core.model.em import expectation
from gmm_core.model.em.expectation import Expectation, moments_of, normalise
from tests.model import oracle
from tests.model.drawing import FORMS, form_name, random_parameters, unscaled_rows

every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)


def bits(moments):
    """Everything in moments, byte by byte."""
    return [np.asarray(v).tobytes() for v in (moments.log_likelihood, moments.counts, moments.first, moments.second)]


@pytest.mark.parametrize(
    "rows",
    [
        [[0.0, 0.0, 0.0]],
        [[-1e5, -1e5 - 1.0, -1e5 - 700.0]],
        [[-1e300, -1.1e300, -1e300]],
        [[700.0, 710.0, 1e4]],
        [[-745.2, -1e4, -1e6], [3.0, 2.0, -2e5]],
        [[-4.0, -math.inf, -5.0]],
    ],
)
def test_normalise_is_log_sum_exp_at_any_size_of_the_log_densities(rows):
    block = np.array(rows).T.copy()
    log_likelihood = normalise(block)
    assert log_likelihood == pytest.approx(math.fsum(map(oracle.log_sum_exp, rows)), rel=1e-15)
    np.testing.assert_allclose(block.T, [oracle.shares(row) for row in rows], rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(block.sum(axis=0), 1.0, rtol=1e-15)


@every_form
def test_an_e_step_gives_the_moments_of_loops_over_rows(form, small_blocks, rng):
    parameters, plain = random_parameters(rng, form, 3, 2)
    X = 2 * rng.normal(size=(60, 2))
    found = Expectation(unscaled_rows(X))(parameters)
    resp = oracle.memberships(X, *plain)
    counts, first, second = oracle.moments(X, resp, plain[1])
    assert found.log_likelihood == pytest.approx(oracle.log_likelihood(X, *plain), rel=1e-12)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-11)
    np.testing.assert_allclose(found.first, first, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found.second, oracle.packed_sums(form, second), rtol=1e-11, atol=1e-11)


@every_form
@pytest.mark.parametrize("scale", [1.0, 1e-7])  # both kernels
def test_row_weights_multiply_log_likelihood_moments_and_entropy(form, scale, small_blocks, rng):
    parameters, plain = random_parameters(rng, form, 3, 2, scale)
    X, weights = 2 * rng.normal(size=(60, 2)), rng.exponential(size=60)
    expect = Expectation(unscaled_rows(X, weights))
    found, resp = expect(parameters), oracle.memberships(X, *plain)
    counts, first, second = oracle.moments(X, resp * weights[:, None], plain[1])
    assert found.log_likelihood == pytest.approx(weights @ oracle.log_densities(X, *plain), rel=1e-11)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-7)
    np.testing.assert_allclose(found.first, first, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(found.second, oracle.packed_sums(form, second), rtol=1e-7, atol=1e-7)
    expected = sum(w * oracle.entropy(row) for w, row in zip(weights, resp, strict=True))
    assert expect.entropy(parameters) == pytest.approx(expected, rel=1e-6, abs=1e-9)
    np.testing.assert_allclose(expect.rows_held(parameters), resp.sum(axis=0), rtol=1e-7)


@every_form
def test_memberships_labels_and_entropy_come_row_by_row_in_order(form, small_blocks, rng):
    parameters, plain = random_parameters(rng, form, 3, 2)
    X = rng.normal(size=(60, 2))
    expect, resp = Expectation(unscaled_rows(X)), oracle.memberships(X, *plain)
    found = np.concatenate([block.T.copy() for block in expect.memberships(parameters)])
    np.testing.assert_allclose(found, resp, rtol=1e-10)
    np.testing.assert_array_equal(expect.labels(parameters), resp.argmax(axis=1))
    assert expect.entropy(parameters) == pytest.approx(oracle.entropy(resp), rel=1e-11)


@every_form
def test_the_bits_are_the_same_with_one_two_and_three_threads(form, small_blocks, rng, monkeypatch):
    monkeypatch.setattr(expectation, "WORTH_THREADS", 0)
    rows = unscaled_rows(rng.normal(size=(200, 3)))
    assert len(rows.shards) > 3
    for scale in (1.0, 1e-7):  # both kernels
        parameters, _ = random_parameters(rng, form, 4, 3, scale)
        alone, two, three = (bits(Expectation(rows, n_threads=n)(parameters)) for n in (1, 2, 3))
        assert alone == two == three


def test_a_table_large_enough_for_threads_gives_the_bits_of_one_thread(rng):
    rows = unscaled_rows(rng.normal(size=(60_000, 4)))
    parameters, _ = random_parameters(rng, FORMS[0], 10, 4)
    assert rows.n_rows * 4 * 10 > expectation.WORTH_THREADS
    assert bits(Expectation(rows, n_threads=1)(parameters)) == bits(Expectation(rows, n_threads=2)(parameters))


def test_passes_one_after_another_do_not_disturb_each_other(small_blocks, rng):
    rows = unscaled_rows(rng.normal(size=(60, 2)))
    used, (first, _), (second, _) = Expectation(rows), *(random_parameters(rng, f, 3, 2) for f in FORMS[:1] * 2)
    before = bits(used(first))
    used(second)
    used.labels(second)
    assert bits(used(first)) == before


def test_the_moments_of_two_tables_add_up_to_those_of_both(rng):
    X = rng.normal(size=(50, 2))
    parameters, _ = random_parameters(rng, FORMS[0], 2, 2)
    parts = Expectation(unscaled_rows(X[:20]))(parameters) + Expectation(unscaled_rows(X[20:]))(parameters)
    whole = Expectation(unscaled_rows(X))(parameters)
    assert parts.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-13)
    np.testing.assert_allclose(parts.second, whole.second, rtol=1e-12, atol=1e-13)


@every_form
def test_given_memberships_imply_means_and_moments_about_them(form, small_blocks, rng):
    X = rng.normal(size=(60, 2))
    resp = rng.dirichlet(np.ones(3), size=60)
    means, found = moments_of(unscaled_rows(X), resp.T, form)
    expected_means = (resp.T @ X) / resp.sum(axis=0)[:, None]
    counts, _, second = oracle.moments(X, resp, expected_means)
    np.testing.assert_allclose(means, expected_means, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-13)
    assert not found.first.any()
    np.testing.assert_allclose(found.second, oracle.packed_sums(form, second), rtol=1e-12)


def test_a_group_without_members_gets_no_mean_of_nan(rng):
    resp = np.column_stack([np.ones(20), np.zeros(20)])
    means, found = moments_of(unscaled_rows(rng.normal(size=(20, 2))), resp.T, FORMS[0])
    assert np.isfinite(means).all()
    assert np.isfinite(found.second).all()
    assert found.counts.tolist() == [20.0, 0.0]
