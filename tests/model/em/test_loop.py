"""The loop: iterations against slow EM, the trace, and when it stops."""

import numpy as np
import pytest

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import FAMILIES, get_family
from tests.model import oracle
from tests.model.drawing import grouped_table, packed_covariances, spd, unscaled_rows

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
    "family", [f for f in FAMILIES.values() if f.code not in oracle.SEARCHED], ids=lambda family: family.name
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


@pytest.mark.parametrize("code", oracle.SEARCHED)
def test_families_that_search_on_from_iteration_to_iteration_end_where_slow_em_ends(code, rng):
    X, family = grouped_table(rng, 45, 3, 2, distance=1.5), get_family(code)
    start, plain = a_start(rng, X, family, 2)
    end = oracle.em(X, plain, code, 12)[-1]
    run = run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8), Control(tol=0.0, max_iter=60))
    assert run.log_likelihood == pytest.approx(oracle.log_likelihood(X, *end), rel=1e-8)
    np.testing.assert_allclose(run.parameters.covariances, end[2], atol=1e-4)


def test_a_tolerance_of_zero_never_stops_early(rng):
    X = grouped_table(rng, 40, 2, 2)
    run = full_em(X, max_iter=300)
    assert (run.n_iterations, run.converged) == (300, False)


def test_a_run_stops_once_the_gain_per_row_falls_below_the_tolerance(rng):
    X = grouped_table(rng, 40, 2, 2, distance=1.0)
    run = full_em(X, max_iter=1000, tol=1e-6)
    gains = np.diff(run.trace) / len(X)
    assert run.converged
    assert gains[-1] < 1e-6
    assert (gains[:-1] >= 1e-6).all()


def test_the_last_value_of_the_trace_is_that_of_the_parameters(rng):
    X = grouped_table(rng, 40, 2, 2)
    run = full_em(X, max_iter=5)
    p = run.parameters
    assert run.log_likelihood == pytest.approx(oracle.log_likelihood(X, p.weights, p.means, p.covariances), rel=1e-12)


def test_a_run_that_is_told_to_stop_returns_what_it_has(rng):
    X, seen = grouped_table(rng, 40, 2, 2), []

    def until_three(iteration, log_likelihood):
        seen.append((iteration, log_likelihood))
        return iteration < 3

    run = full_em(X, max_iter=50, keep_going=until_three)
    assert (run.n_iterations, run.converged) == (3, False)
    assert seen == list(enumerate(run.trace.tolist()))


def test_a_converged_run_does_not_ask_whether_to_go_on(rng):
    X, asked = grouped_table(rng, 40, 2, 2), []
    run = full_em(X, max_iter=1000, tol=1e-4, keep_going=lambda i, ll: asked.append(i) or True)
    assert run.converged
    assert len(asked) == run.n_iterations
