"""Rows with gaps under a fitted mixture: densities, memberships, and what is expected in the gaps."""

import numpy as np
import pytest

from gmm_core.model.mixture import Mixture
from tests.model import oracle
from tests.model.drawing import FORMS, grouped_table, random_parameters, with_gaps


@pytest.fixture
def mixture(rng):
    """Three overlapping groups in four columns of different units."""
    _, (weights, means, covariances) = random_parameters(rng, FORMS[0], 3, 4)
    return Mixture(weights, 2 * means, covariances, "full").rescaled(
        np.array([5.0, 0.0, -1e4, 3.0]), np.array([1e-3, 1.0, 1e3, 7.0])
    )


@pytest.fixture
def rows(mixture, rng):
    """Rows of that mixture with gaps, and one of gaps only."""
    return np.concatenate([with_gaps(rng, mixture.sample(120, rng)[0], 0.4), np.full((1, 4), np.nan)])


def parameters(mixture):
    """Weights, means and covariances."""
    return mixture.weights, mixture.means, mixture.covariances


def test_densities_memberships_and_labels_are_those_of_the_values_that_a_row_has(mixture, rows):
    logs = oracle.observed_log_component_densities(rows[:-1], *parameters(mixture))
    np.testing.assert_allclose(mixture.log_component_densities(rows[:-1]), logs, rtol=1e-9)
    np.testing.assert_allclose(mixture.log_density(rows[:-1]), [oracle.log_sum_exp(row) for row in logs], rtol=1e-9)
    np.testing.assert_allclose(mixture.memberships(rows[:-1]), [oracle.shares(row) for row in logs], atol=1e-10)
    np.testing.assert_array_equal(mixture.labels(rows[:-1]), logs.argmax(axis=1))


def test_a_row_of_gaps_only_has_log_density_0_the_weights_as_memberships_and_the_overall_mean(mixture, rows):
    assert mixture.log_density(rows)[-1] == pytest.approx(0.0, abs=1e-15)
    np.testing.assert_allclose(mixture.memberships(rows)[-1], mixture.weights, rtol=1e-14)
    centre = mixture.weights @ mixture.means
    np.testing.assert_allclose(mixture.conditional_means(rows)[-1], centre, rtol=1e-12)
    d = mixture.means - centre
    total = np.einsum("k,kii->i", mixture.weights, mixture.covariances) + mixture.weights @ d**2
    np.testing.assert_allclose(mixture.conditional_deviations(rows)[-1], np.sqrt(total), rtol=1e-12)


def test_conditional_means_and_deviations_are_those_of_loops_over_rows_and_components(mixture, rows):
    means, deviations = mixture.conditional_means(rows), mixture.conditional_deviations(rows)
    resp = mixture.memberships(rows)
    for n, x in enumerate(rows[:-1]):
        each = [oracle.given_observed(x, m, s) for m, s in zip(mixture.means, mixture.covariances, strict=True)]
        expected = sum(r * e for r, (e, _) in zip(resp[n], each, strict=True))
        variance = sum(r * (np.diag(c) + (e - expected) ** 2) for r, (e, c) in zip(resp[n], each, strict=True))
        np.testing.assert_allclose(means[n], expected, rtol=1e-9)
        np.testing.assert_allclose(deviations[n], np.sqrt(variance), rtol=1e-7, atol=1e-9)


def test_they_are_the_moments_of_the_density_along_the_missing_column():
    covariances = np.array([[[1.0, 0.7], [0.7, 2.0]], [[0.5, -0.3], [-0.3, 1.0]]])
    mixture = Mixture(np.array([0.3, 0.7]), np.array([[0.0, 0.0], [1.0, 4.0]]), covariances, "full")
    y = np.linspace(-20.0, 25.0, 40_001)
    density = np.exp(mixture.log_density(np.column_stack([np.full_like(y, 0.6), y])))
    density /= density.sum()
    mean = density @ y
    row = np.array([[0.6, np.nan]])
    assert mixture.conditional_means(row)[0] == pytest.approx([0.6, mean], rel=1e-9)
    assert mixture.conditional_deviations(row)[0] == pytest.approx([0.0, np.sqrt(density @ (y - mean) ** 2)], rel=1e-9)


def test_observed_values_come_back_as_they_are_and_are_sure_of_themselves(mixture, rows):
    gaps = np.isnan(rows)
    np.testing.assert_array_equal(mixture.conditional_means(rows)[~gaps], rows[~gaps])
    deviations = mixture.conditional_deviations(rows)
    assert not deviations[~gaps].any()
    assert (deviations[gaps] > 0).all()
    assert gaps.any()


def test_the_table_given_is_left_as_it_was(mixture, rows):
    before = rows.copy()
    mixture.conditional_means(rows)
    np.testing.assert_array_equal(rows, before)


def test_rows_without_gaps_have_the_bits_that_they_have_among_rows_without_gaps(rng):
    X = grouped_table(rng, 50, 2, 2)
    mixture = Mixture(np.array([0.5, 0.5]), X[:2], np.array([np.eye(2)] * 2), "full")
    more = np.concatenate([X, [[1.0, np.nan]]])
    assert mixture.memberships(more)[:50].tobytes() == mixture.memberships(X).tobytes()
