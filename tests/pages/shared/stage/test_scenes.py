"""The scenes: what is told of each really happens on its rows."""

import numpy as np
import pytest

from pages.shared.stage.ground import end_of, ground_of, walk_of
from pages.shared.stage.scenes import FREE, SCENES, told

every_scene = pytest.mark.parametrize("name", SCENES)


@every_scene
def test_the_log_likelihood_never_falls_in_any_scene(name):
    levels = [step.objective for step in walk_of(SCENES[name].stage).steps]
    assert (np.diff(levels) >= -1e-8).all()


@every_scene
def test_a_scene_tells_something_of_its_own(name):
    assert (told(name, SCENES[name].stage) == told(FREE, SCENES[FREE].stage)) is (name == FREE)


def test_equal_starts_are_a_saddle_and_others_are_not():
    stage = SCENES["equal"].stage
    assert "a saddle" in told("equal", stage)
    assert end_of(stage).kind == "saddle"
    assert "The components parted" in told("equal", stage.having(means=((1.9,), (2.1,)), most_steps=60))


def test_the_worse_optimum_is_worse_and_a_good_start_is_said_to_be_good():
    stage = SCENES["worse"].stage
    assert "18.9 nats lower" in told("worse", stage)
    assert "good enough" in told("worse", stage.having(means=((1.0,), (3.0,))))


def test_labels_swap_with_the_starts():
    ends = [end_of(SCENES["labels"].stage.having(means=means)) for means in (((4.0,), (0.0,)), ((0.0,), (4.0,)))]
    assert ends[0].log_likelihood == pytest.approx(ends[1].log_likelihood, abs=1e-3)
    assert np.allclose(ends[0].mixture.means, ends[1].mixture.means[::-1], atol=0.01)


def test_floor_and_prior_hold_up_what_collapses():
    stage = SCENES["collapse"].stage
    free, floored, steadied = (end_of(stage.having(**change)) for change in ({}, {"floor": 1e-2}, {"prior": True}))
    narrow, held, steady = (end.mixture.standard_deviations.min() for end in (free, floored, steadied))
    assert free.kind == "collapsed"
    assert narrow < 1e-5
    spread = ground_of(stage).spreads[0]
    assert held == pytest.approx(0.1 * spread, rel=0.01)
    assert steady > held
    assert "no component collapses" in told("collapse", stage.having(means=((0.0,), (4.0,)), spreads=(1.5,)))


def test_noise_takes_the_odd_rows_and_leaves_the_groups_their_size():
    stage = SCENES["odd"].stage
    without, with_noise = (end_of(stage.having(noise=noise)).mixture for noise in (False, True))
    assert without.standard_deviations.max() > 5
    assert with_noise.standard_deviations.max() < 1.2
    assert with_noise.noise.weight == pytest.approx(14 / 214, abs=0.02)


def test_the_smaller_the_common_spread_the_surer_the_rows():
    stage = SCENES["k-means"].stage
    sure = [walk_of(stage.having(spreads=(s,))).steps[-1].memberships.max(axis=1).mean() for s in (1.5, 0.6, 0.1)]
    assert sure == sorted(sure)
    assert sure[-1] > 0.999


def test_a_scene_turned_into_another_play_only_says_what_to_do():
    stage = SCENES["many"].stage
    assert told("labels", stage) == told(FREE, stage)
    assert told("long", SCENES[FREE].stage) == told(FREE, SCENES[FREE].stage)
    assert told("k-means", SCENES["k-means"].stage.having(n=1)) == told(FREE, SCENES[FREE].stage)
