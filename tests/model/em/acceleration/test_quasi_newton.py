"""Accelerated runs against plain ones."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.em.acceleration import ACCELERATIONS, get_acceleration
from gmm_core.model.em.acceleration.quasi_newton import Climb, Curvature, QuasiNewton
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import data_region
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import FAMILIES, get_family
from tests.model.drawing import packed_covariances, unscaled_rows

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
TOL = 1e-10
CENTRES = np.array([[0.0, 0.0], [2.5, 0.0], [1.0, 2.5]])


def overlapping_rows(rng, n_rows=300):
    """Three groups of different widths, in a triangle, (N, 2)."""
    group = np.arange(n_rows) % 3
    widths = np.array([0.7, 1.0, 1.4])[group]
    return rng.normal(size=(n_rows, 2)) * widths[:, None] + CENTRES[group]


def start_at(centres, family):
    """A start at given centres, with variances of 1."""
    n_components, n_features = centres.shape
    packed, _ = packed_covariances(family.form, np.repeat(np.eye(n_features)[None], n_components, axis=0))
    return Parameters.of(family.form, np.full(n_components, 1 / n_components), centres, packed)


def both(X, centres, family, tol=TOL, max_iter=20_000, region=None):
    """A plain and an accelerated run from the same start, with a tenth of noise where it has a region."""
    expect, maximise = Expectation(unscaled_rows(X)), Maximisation(family, 1e-8, region=region)
    start = maximise.holding(start_at(centres, family), 0.1)
    return (
        run_em(expect, start, maximise, Control(tol, max_iter, acceleration=name)) for name in (None, "quasi-newton")
    )


@every_family
def test_an_accelerated_run_reaches_the_same_optimum_in_far_fewer_passes_and_never_falls(family, rng):
    X = overlapping_rows(rng)
    plain, fast = both(X, CENTRES, family)
    assert fast.converged
    assert np.diff(fast.trace).min() >= 0
    assert fast.log_likelihood == pytest.approx(plain.log_likelihood, abs=5 * TOL * len(X))
    assert fast.n_iterations < 0.6 * plain.n_iterations


@pytest.mark.parametrize("n_odd", [0, 40])
def test_the_share_of_noise_is_extrapolated_too(n_odd, rng):
    X = np.concatenate([overlapping_rows(rng), rng.uniform(-6, 8, size=(n_odd, 2))])
    plain, fast = both(X, CENTRES, get_family("full"), region=data_region(X))
    assert np.diff(fast.trace).min() >= 0
    assert fast.log_likelihood == pytest.approx(plain.log_likelihood, abs=5 * TOL * len(X))
    assert fast.parameters.noise.weight == pytest.approx(plain.parameters.noise.weight, abs=1e-4)
    assert fast.n_iterations < 0.3 * plain.n_iterations


def test_where_em_takes_thousands_of_passes_a_tenth_is_enough(rng):
    X = rng.normal(size=(500, 1))
    X[:250] += 1.5
    plain, fast = both(X, np.array([[0.0], [1.5]]), get_family("full"))
    assert plain.n_iterations > 1_000
    assert fast.n_iterations < plain.n_iterations / 10
    assert fast.log_likelihood >= plain.log_likelihood - TOL * len(X)


@every_family
def test_the_estimate_of_what_is_still_to_gain_is_right_within_a_factor(family, rng):
    X = overlapping_rows(rng)
    _, limit = both(X, CENTRES, family, tol=1e-14)
    for tol in (1e-4, 1e-6, 1e-8):
        _, fast = both(X, CENTRES, family, tol=tol)
        left = limit.log_likelihood - fast.log_likelihood
        assert left <= tol * len(X)
        assert left / 30 <= fast.remainder <= 30 * left + 1e-10


@every_family
def test_a_proposal_that_would_lower_the_likelihood_is_not_taken(family, rng, monkeypatch):
    propose = Climb.propose

    def beyond(climb, best):
        climb._step = 8.0 * climb._step
        return propose(climb, best)

    monkeypatch.setattr(Climb, "propose", beyond)
    X = overlapping_rows(rng)
    plain, fast = both(X, CENTRES, family)
    gains = np.diff(fast.trace)
    assert (gains == 0).sum() > 3  # rejected: the best state is kept
    assert gains.min() >= 0
    assert fast.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-3)


def test_a_group_without_any_spread_leaves_em_plain(rng):
    X = np.repeat(rng.normal(size=(2, 2)), 20, axis=0)  # two distinct rows
    plain, fast = both(X, X[[0, -1]], get_family("full"), max_iter=50)
    np.testing.assert_array_equal(fast.trace, plain.trace)


def test_a_run_has_the_same_bits_whatever_the_number_of_threads(rng, small_blocks, monkeypatch):
    monkeypatch.setattr("gmm_core.model.em.expectation.WORTH_THREADS", 0.0)
    X, family = overlapping_rows(rng, 200), get_family("full")
    runs = [
        run_em(
            Expectation(unscaled_rows(X), n_threads),
            start_at(CENTRES, family),
            Maximisation(family, 1e-8),
            Control(TOL, 500, acceleration="quasi-newton"),
        )
        for n_threads in (1, 3)
    ]
    assert runs[0].trace.tobytes() == runs[1].trace.tobytes()
    assert runs[0].parameters.covariances.tobytes() == runs[1].parameters.covariances.tobytes()


def test_the_newton_step_on_a_quadratic_leads_to_its_top(rng):
    a = rng.normal(size=(4, 4))
    hessian = a @ a.T / 4 + 0.1 * np.eye(4)
    curvature, at, top = Curvature(), rng.normal(size=4), rng.normal(size=4)
    for direction in np.linalg.eigh(hessian)[1].T:  # moves along conjugate directions
        curvature.add(direction, hessian @ direction)
    np.testing.assert_allclose(at + curvature.newton_step(hessian @ (top - at)), top, rtol=1e-9)


def test_before_the_first_move_the_newton_step_is_the_em_step(rng):
    gradient = rng.normal(size=3)
    np.testing.assert_array_equal(Curvature().newton_step(gradient), gradient)


def test_a_move_along_which_the_gradient_rises_forgets_what_was_learned(rng):
    curvature, move = Curvature(), rng.normal(size=3)
    curvature.add(move, 2 * move)
    assert len(curvature) == 1
    curvature.add(move, -move)
    assert len(curvature) == 0


def test_each_run_has_an_accelerator_of_its_own():
    assert all(make() is not make() for make in ACCELERATIONS.values())
    assert isinstance(get_acceleration("quasi-newton")(), QuasiNewton)


def test_an_unknown_acceleration_is_named_with_those_that_exist():
    with pytest.raises(SettingsError, match="no acceleration 'fast'") as caught:
        get_acceleration("fast")
    assert "quasi-newton" in str(caught.value)
