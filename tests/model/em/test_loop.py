"""The loop: iterations against slow EM, the trace, and when it stops."""

import numpy as np
import pytest

from gmm_core.model.em.acceleration import ACCELERATIONS
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES, get_family
from tests.model import family_oracle, oracle
from tests.model.drawing import grouped_table, packed_covariances, spd, unscaled_rows

every_acceleration = pytest.mark.parametrize("acceleration", ACCELERATIONS)
every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def a_start(rng, X, family, n_components):
    """A random start on the rows of X, as parameters and plain."""
    weights = rng.dirichlet(np.full(n_components, 5.0))
    means = X[rng.choice(len(X), n_components, replace=False)]
    dense = np.array([spd(rng, X.shape[1], 4.0) for _ in range(n_components)])
    packed, dense = packed_covariances(family.form, dense)
    return Parameters.of(family.form, weights, means, packed), (weights, means, dense)


def full_em(X, n_iterations=30, **control):
    """A run of plain EM for two groups of free shape, from the first rows of X."""
    family = get_family("full")
    dense = np.repeat(np.cov(X.T)[None], 2, axis=0)
    start = Parameters.of(family.form, np.array([0.5, 0.5]), X[:2], dense)
    return run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8), Control(**{"tol": 0.0} | control))


exact_families = pytest.mark.parametrize(
    "family", [f for f in FAMILIES.values() if f.code not in family_oracle.SEARCHED], ids=lambda family: family.name
)


@pytest.mark.parametrize("n_features", [1, 3])
@exact_families
def test_iterations_follow_slow_em_step_by_step(family, n_features, rng):
    X = grouped_table(rng, 45, n_features, 2, distance=1.5)
    start, plain = a_start(rng, X, family, 2)
    history = oracle.em(X, plain, family.code, 6)
    run = run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8), Control(tol=0.0, max_iter=6))
    np.testing.assert_allclose(run.trace, [oracle.log_likelihood(X, *step) for step in history], rtol=1e-11)
    weights, means, covariances = history[-1]
    np.testing.assert_allclose(run.parameters.weights, weights, rtol=1e-9)
    np.testing.assert_allclose(run.parameters.means, means, rtol=1e-9, atol=1e-10)
    found = family.form.to_dense(run.parameters.covariances, 2, n_features)
    np.testing.assert_allclose(found, covariances, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("code", family_oracle.SEARCHED)
def test_families_that_search_on_from_iteration_to_iteration_end_where_slow_em_ends(code, rng):
    X, family = grouped_table(rng, 45, 3, 2, distance=1.5), get_family(code)
    start, plain = a_start(rng, X, family, 2)
    end = oracle.em(X, plain, code, 12)[-1]
    run = run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8), Control(tol=0.0, max_iter=60))
    assert run.log_likelihood == pytest.approx(oracle.log_likelihood(X, *end), rel=1e-8)
    np.testing.assert_allclose(run.parameters.covariances, end[2], atol=1e-4)


@every_acceleration
def test_a_tolerance_of_zero_never_stops_early(acceleration, rng):
    X = grouped_table(rng, 40, 2, 2)
    run = full_em(X, max_iter=300, acceleration=acceleration)
    assert (run.n_iterations, run.converged, run.stopped_by) == (300, False, "max_iter")


@every_acceleration
def test_a_run_stops_once_less_than_the_tolerance_is_still_to_gain(acceleration, rng):
    X = grouped_table(rng, 40, 2, 2, distance=1.0)
    run, limit = (full_em(X, max_iter=5000, tol=tol, acceleration=acceleration) for tol in (1e-6, 1e-14))
    still_to_gain = (limit.log_likelihood - run.trace) / len(X)
    assert (run.stopped_by, run.converged) == ("converged", True)
    assert still_to_gain[-1] < 1e-6
    assert still_to_gain[-5] > 1e-6  # and not long after


def test_where_em_is_slow_small_gains_do_not_stop_it(rng):
    X = rng.normal(size=(400, 2))
    X[::2, 0] += 2.0
    run = full_em(X, max_iter=2_000, tol=1e-6)
    limit = full_em(X, max_iter=2_000, tol=1e-13, acceleration="quasi-newton").log_likelihood
    first_small = int(np.argmax(np.diff(run.trace) < 1e-6 * len(X)))
    assert limit - run.trace[first_small] > 5e-6 * len(X)
    assert limit - run.log_likelihood == pytest.approx(1e-6 * len(X), rel=0.2)
    assert limit - run.log_likelihood == pytest.approx(run.remainder, rel=0.2)


@pytest.mark.parametrize("max_iter", [5, 40, 41, 42])
@every_acceleration
def test_the_last_value_of_the_trace_is_that_of_the_parameters(acceleration, max_iter, rng):
    X = grouped_table(rng, 40, 2, 2, distance=1.0)
    run = full_em(X, max_iter=max_iter, acceleration=acceleration)
    p = run.parameters
    assert run.log_likelihood == pytest.approx(oracle.log_likelihood(X, p.weights, p.means, p.covariances), rel=1e-12)


@pytest.mark.parametrize("max_iter", [29, 30, 31])
@every_acceleration
@every_family
def test_the_last_step_is_one_of_em_so_the_mixture_has_the_mean_of_the_data(family, acceleration, max_iter, rng):
    X = grouped_table(rng, 90, 2, 2, distance=1.0)
    start, _ = a_start(rng, X, family, 2)
    control = Control(0.0, max_iter, acceleration=acceleration)
    p = run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8), control).parameters
    np.testing.assert_allclose(p.weights @ p.means, X.mean(axis=0), atol=1e-12)


def test_a_run_that_is_told_to_stop_returns_what_it_has(rng):
    X, seen = grouped_table(rng, 40, 2, 2), []

    def until_three(iteration, log_likelihood):
        seen.append((iteration, log_likelihood))
        return iteration < 3

    run = full_em(X, max_iter=50, keep_going=until_three)
    assert (run.n_iterations, run.converged, run.stopped_by) == (3, False, "stopped by the user")
    assert seen == list(enumerate(run.trace.tolist()))


def test_a_converged_run_does_not_ask_whether_to_go_on(rng):
    X, asked = grouped_table(rng, 40, 2, 2), []
    run = full_em(X, max_iter=1000, tol=1e-4, keep_going=lambda i, ll: asked.append(i) or True)
    assert run.converged
    assert len(asked) == run.n_iterations


@every_acceleration
def test_an_accelerated_run_that_is_told_to_stop_takes_one_step_of_em_at_most(acceleration, rng):
    X, asked = grouped_table(rng, 90, 2, 2, distance=1.0), []

    def once_until_twenty(iteration, log_likelihood):
        asked.append(iteration)
        return iteration < 20

    run = full_em(X, max_iter=200, keep_going=once_until_twenty, acceleration=acceleration)
    assert run.stopped_by == "stopped by the user"
    assert asked == list(range(21))
    assert run.n_iterations in (20, 21)


def test_a_ridge_is_never_accelerated(rng):
    X = grouped_table(rng, 60, 2, 2, distance=1.0)
    family = get_family("full")
    start, _ = a_start(rng, X, family, 2)
    maximise = Maximisation(family, 1e-8, np.full(2, 0.1))
    plain, asked_for_more = (
        run_em(Expectation(unscaled_rows(X)), start, maximise, Control(0.0, 60, acceleration=name))
        for name in (None, "quasi-newton")
    )
    np.testing.assert_array_equal(asked_for_more.trace, plain.trace)


def test_em_ends_where_rounding_would_lower_the_likelihood():
    flat = np.array(
        [[3, 3, 3], [0, 1, 0], [3, 0, 2], [2, 2, 2], [2, 1, 2], [2, 2, 2], [2, 0, 2], [3, 3, 0], [2, 2, 2.0]]
    )
    for seed in range(5):
        model = GaussianMixture(2, covariance_type="VEE", random_state=seed, n_init=1, max_iter=20).fit(flat)
        assert np.diff(model.lower_bounds_).min(initial=0.0) > -1e-10
