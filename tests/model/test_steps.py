"""EM one step at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import DataError
from gmm_core.examples import load_example, make_plane_sample, make_simulator_sample
from gmm_core.model.choice.kmeans import k_means
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.priors import Prior
from gmm_core.model.families import FAMILIES
from gmm_core.model.settings import FitSettings
from gmm_core.model.steps import Stepper, column_spreads, random_starts, start_at
from tests.model import oracle

ROUNDING = 1e-8


def simulated(seed=2, n=200):
    return make_simulator_sample(n, seed)[["value"]].to_numpy()


def stepper(x, k=2, **settings):
    hold = settings.pop("hold_shapes", False)
    return Stepper.over(x, FitSettings(n_components=k, **settings), hold_shapes=hold)


def plane():
    return make_plane_sample(80, n_odd=6)[["across", "up"]].to_numpy()


def two_apart(x):
    return start_at(x[[3, 40]], column_spreads(x))


def levels(walk):
    return np.array([step.objective for step in walk.steps])


def test_the_first_steps_are_those_of_the_textbook():
    x, start = simulated(n=30), start_at([[1.0], [3.0]], [1.5])
    walk = stepper(x).walk(start, 3)
    w, m, s = start.weights, start.means, start.covariances
    for step in walk.steps:
        assert np.allclose(step.memberships, oracle.memberships(x, w, m, s))
        assert step.log_likelihood == pytest.approx(oracle.log_likelihood(x, w, m, s))
        assert np.allclose(step.counts, step.memberships.sum(axis=0))
        r = step.memberships
        w, m = step.counts / len(x), r.T @ x / step.counts[:, None]
        s = np.array([[[(r[:, k] * (x[:, 0] - m[k, 0]) ** 2).sum() / step.counts[k]]] for k in range(2)])


@pytest.mark.parametrize("family", FAMILIES)
def test_steps_are_those_of_a_plain_fit(family):
    x = plane()
    em = stepper(x, covariance_type=family)
    walk = em.walk(two_apart(x), 12)
    run = run_em(em.search.rows.expect, em._start(two_apart(x)), em.maximise, Control(tol=0.0, max_iter=12))
    jacobian = em.search.jacobian(em.search.rows.expect)
    assert np.allclose([step.log_likelihood for step in walk.steps], run.trace - jacobian, rtol=1e-12)


CASES = {
    **{family: {"covariance_type": family} for family in FAMILIES},
    "noise": {"noise": True},
    "prior": {"prior": Prior()},
    "floor": {"variance_floor": 0.1},
    "held shapes": {"hold_shapes": True},
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_falls_and_the_bound_lies_between_the_levels_before_and_after(name):
    x = plane()
    walk = stepper(x, **CASES[name]).walk(two_apart(x), 15)
    assert (np.diff(levels(walk)) >= -ROUNDING).all()
    for before, after in zip(walk.steps, walk.steps[1:], strict=False):
        assert before.objective - ROUNDING <= after.lower_bound + after.log_prior
        assert after.lower_bound <= after.log_likelihood + ROUNDING


@given(
    st.lists(st.floats(-50, 50).map(lambda v: round(v, 2)), min_size=1, max_size=12),
    st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=4),
    st.floats(0, 100),
)
def test_any_rows_and_any_start_are_walked_through_without_a_fall(values, means, spread):
    walk = stepper(np.array(values)[:, None], len(means)).walk(start_at([[m] for m in means], [spread]), 8)
    found = levels(walk)
    assert np.isfinite(found).all()
    assert (np.diff(found) >= -1e-9 * np.abs(found[1:]) - ROUNDING).all()
    for step in walk.steps:
        assert np.allclose(step.memberships.sum(axis=1), 1.0)
        assert np.isfinite(step.mixture.means).all()


def test_a_walk_stops_after_the_step_that_gains_too_little():
    walk = stepper(simulated()).walk(start_at([[1.0], [3.0]], [1.5]), 60, least_gain=1.0)
    gains = np.diff(levels(walk))
    assert walk.met
    assert gains[-1] < 1.0
    assert (gains[:-1] >= 1.0).all()
    assert not stepper(simulated()).walk(start_at([[1.0], [3.0]], [1.5]), 2).met


def test_the_simulators_starts_do_what_is_told_of_them():
    """The facts of the public simulator: N = 200, means 0 and 4, spreads 1 and 1.5, shares 0.4 and 0.6."""
    worse = swapped = met = 0
    n_sets = 36
    for seed in range(n_sets):
        em = stepper(simulated(seed))
        near, far, turned = (em.endings([start_at([[a], [b]], [1.5])])[0] for a, b in ((1, 3), (6, 8), (4, 0)))
        assert near.kind == "sound"
        assert np.allclose(near.mixture.means.ravel(), [0, 4], atol=1.2)
        worse += far.log_likelihood < near.log_likelihood - 0.05
        same = abs(turned.log_likelihood - near.log_likelihood) < 0.01
        swapped += same and np.allclose(turned.mixture.means[::-1], near.mixture.means, atol=0.05)
        met += em.walk(start_at([[1.0], [3.0]], [1.5]), 30, 1e-4).met
    assert swapped == n_sets
    assert 1 / 20 < worse / n_sets < 1 / 5
    assert 1 / 4 < met / n_sets < 1 / 2


def test_equal_starts_stand_on_a_saddle_for_ever():
    em = stepper(simulated())
    walk = em.walk(start_at([[2.0], [2.0]], [1.5]), 60)
    assert np.allclose(walk.steps[-1].memberships, 0.5)
    assert np.ptp(walk.steps[-1].mixture.means) == 0.0
    assert em.endings([start_at([[2.0], [2.0]], [1.5])])[0].kind == "saddle"


def test_narrow_equal_balls_that_keep_their_size_end_in_k_means():
    x = load_example("old-faithful").to_numpy(dtype=float)
    x = x / x.std(axis=0)
    em = stepper(x, covariance_type="EII", hold_shapes=True)
    last = em.walk(start_at(x[[0, 1]], [0.02, 0.02]), 30).steps[-1]
    centres = k_means(x, 2).centres
    assert np.allclose(last.mixture.means[last.mixture.canonical_order()], centres, atol=1e-3)
    assert np.allclose(last.mixture.covariances, 0.02**2 * np.eye(2))


def test_distinct_endings_name_each_start_once_with_the_sound_ones_first():
    x = simulated(35)
    starts = [*random_starts(x, 2, [0.5], 9, 0), start_at([[6.0], [8.0]], [1.5])]
    found = stepper(x).endings(starts)
    assert sorted(start for ending in found for start in ending.starts) == list(range(10))
    assert found[0].kind == "sound"
    assert any(9 in ending.starts and ending.log_likelihood < found[0].log_likelihood - 10 for ending in found)


def test_random_starts_lie_on_rows_and_follow_from_their_seed():
    x = plane()
    first, second = random_starts(x, 3, [1.0, 2.0], 2, seed=1)
    assert all(any((mean == row).all() for row in x) for mean in first.means)
    assert not np.array_equal(first.means, second.means)
    assert np.array_equal(random_starts(x, 3, [1.0, 2.0], 1, seed=1)[0].means, first.means)
    assert np.array_equal(first.standard_deviations, np.tile([1.0, 2.0], (3, 1)))


@pytest.mark.parametrize("settings", [{"noise": True}, {"prior": Prior()}])
def test_noise_and_prior_need_rows_that_spread(settings):
    with pytest.raises(DataError, match="column 1 has the same value in all rows"):
        stepper(np.ones((5, 1)), **settings)
