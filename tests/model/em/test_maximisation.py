"""The M step of every registered family, against the textbook."""

import numpy as np
import pytest

from gmm_core.model.em.expectation import Expectation, moments_of
from gmm_core.model.em.maximisation import Maximisation, bounded, starting_parameters
from gmm_core.model.em.moments import Moments
from gmm_core.model.families import FAMILIES, get_family
from tests.model import family_oracle, oracle
from tests.model.drawing import random_parameters, unscaled_rows

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def dense(parameters):
    """The covariances of parameters as (K, D, D)."""
    p = parameters
    return np.array(p.form.to_dense(p.covariances, p.n_components, p.n_features))


@pytest.mark.parametrize("n_features", [1, 2, 4])
@every_family
def test_an_m_step_is_that_of_the_textbook(family, n_features, rng):
    X = 2 * rng.normal(size=(50, n_features))
    resp = rng.dirichlet(np.ones(3), size=50)
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    found = Maximisation(family, 1e-8)(moments, means)
    weights, expected_means, covariances = oracle.m_step(X, resp, family.code)
    np.testing.assert_allclose(found.weights, weights, rtol=1e-12)
    np.testing.assert_allclose(found.means, expected_means, rtol=1e-11, atol=1e-13)
    near = family_oracle.tolerance(family.code, 1e-11)
    np.testing.assert_allclose(dense(found), covariances, rtol=near, atol=near)


@every_family
def test_moments_about_means_that_have_moved_give_the_same_m_step(family, rng):
    X = rng.normal(size=(50, 2))
    parameters, plain = random_parameters(rng, family.form, 3, 2)
    found = Maximisation(family, 1e-8)(Expectation(unscaled_rows(X))(parameters), parameters.means)
    weights, means, covariances = oracle.m_step(X, oracle.memberships(X, *plain), family.code)
    np.testing.assert_allclose(found.weights, weights, rtol=1e-11)
    np.testing.assert_allclose(found.means, means, rtol=1e-10, atol=1e-12)
    near = family_oracle.tolerance(family.code, 1e-10)
    np.testing.assert_allclose(dense(found), covariances, rtol=near, atol=near)


@every_family
def test_no_nearby_parameters_of_the_family_explain_the_weighted_rows_better(family, rng):
    X = rng.normal(size=(40, 2)) * [1.0, 3.0]
    resp = rng.dirichlet(np.ones(2), size=40)
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    best = Maximisation(family, 1e-8)(moments, means)

    def expected_log_likelihood(weights, centres, covariances):
        return (resp * oracle.log_component_densities(X, weights, centres, covariances)).sum()

    top = expected_log_likelihood(best.weights, best.means, dense(best))
    for _ in range(15):
        weights = best.weights * np.exp(0.02 * rng.normal(size=2))
        centres = best.means + 0.02 * rng.normal(size=(2, 2))
        packed = best.covariances * (1 + 0.02 * rng.normal())
        nearby = np.array(family.form.to_dense(packed, 2, 2))
        assert expected_log_likelihood(weights / weights.sum(), centres, nearby) < top


@every_family
def test_no_variance_ends_below_the_floor(family, rng):
    X = np.column_stack([rng.normal(size=30), np.zeros(30)])
    resp = rng.dirichlet(np.ones(2), size=30)
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    found = Maximisation(family, 1e-3)(moments, means)
    assert np.linalg.eigvalsh(dense(found)).min() >= 1e-3 * (1 - 1e-9)


@pytest.mark.parametrize("code", ["VEI", "VEV", "VVE"])
def test_a_component_that_collapses_comes_down_to_the_floor_without_any_step_being_worse(code):
    # most rows lie on a line: with the rest in common the likelihood has no upper limit
    family, floor = get_family(code), 1e-8
    scatter = np.array([np.diag([0.0, 30.0]), np.diag([20.0, 50.0])])
    moments = Moments(np.nan, np.array([30.0, 10.0]), np.zeros((2, 2)), oracle.packed_sums(family.form, scatter))
    covariances, levels = np.repeat(np.eye(2)[None], 2, axis=0), []
    for _ in range(60):
        packed = family.form.from_dense(covariances)
        covariances = dense(Maximisation(family, floor)(moments, np.zeros((2, 2)), packed))
        levels.append(-family_oracle.misfit_of(covariances, scatter, moments.counts))
    assert np.diff(levels).min() > -1e-9 * abs(levels[-1])
    assert floor * (1 - 1e-6) <= np.linalg.eigvalsh(covariances).min() <= 2 * floor


@every_family
def test_covariances_above_the_floor_are_not_touched_by_it(family, rng):
    parameters, (weights, means, matrices) = random_parameters(rng, family.form, 2, 3)
    found = bounded(family, weights, means, parameters.covariances, floor=1e-3)
    np.testing.assert_allclose(dense(found), matrices, rtol=1e-15)


@every_family
def test_an_empty_component_keeps_its_mean_and_stays_finite(family, rng):
    X = rng.normal(size=(30, 2))
    resp = np.column_stack([np.ones(30), np.zeros(30)])
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    found = Maximisation(family, 1e-8)(moments, means)
    np.testing.assert_array_equal(found.means[1], means[1])
    assert np.isfinite(dense(found)).all()
    assert found.weights[1] < 1e-300
    assert np.isfinite(Expectation(unscaled_rows(X))(found).log_likelihood)


@every_family
def test_a_ridge_is_added_to_the_variances_of_the_textbook(family, rng):
    X = rng.normal(size=(40, 2))
    resp = rng.dirichlet(np.ones(2), size=40)
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    found = Maximisation(family, 1e-8, np.full(2, 0.5))(moments, means)
    _, _, covariances = oracle.m_step(X, resp, family.code)
    near = family_oracle.tolerance(family.code, 1e-11)
    np.testing.assert_allclose(dense(found), covariances + 0.5 * np.eye(2), rtol=near, atol=near)


@every_family
def test_a_start_lends_every_group_some_of_the_average_scatter(family):
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [9.0, 9.0]])
    hard = np.array([[1, 1, 1, 1, 0], [0, 0, 0, 0, 1.0]])
    means, moments = moments_of(unscaled_rows(X), hard, family.form)
    found = starting_parameters(moments, means, family, floor=1e-8)
    np.testing.assert_array_equal(found.means, [[0.5, 0.5], [9.0, 9.0]])
    assert np.linalg.eigvalsh(dense(found)).min() > 0.05
    np.testing.assert_allclose(found.weights, [0.8, 0.2])


@every_family
def test_a_start_gives_a_group_without_rows_a_weight_from_which_it_can_grow(family, rng):
    X = rng.normal(size=(30, 2))
    means, moments = moments_of(unscaled_rows(X), np.array([np.ones(30), np.zeros(30)]), family.form)
    found = starting_parameters(moments, means, family, floor=1e-8)
    assert found.weights[1] > 0.01
    assert found.weights.sum() == pytest.approx(1.0, rel=1e-15)
