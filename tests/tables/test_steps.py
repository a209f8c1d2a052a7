"""Steps of EM as frames."""

import numpy as np
import pytest

from gmm_core.examples import make_plane_sample, make_simulator_sample
from gmm_core.model.settings import FitSettings
from gmm_core.model.steps import Stepper, start_at
from gmm_core.tables import steps

PLANE = make_plane_sample(60, n_odd=5)[["across", "up"]].to_numpy()


@pytest.fixture(scope="module")
def walk():
    settings = FitSettings(n_components=2, noise=True)
    return Stepper.over(PLANE, settings).walk(start_at([[-2.0, -1.0], [2.0, 1.0]], [2.0, 2.0]), 6)


def test_states_hold_the_factor_of_each_covariance(walk):
    frame = steps.states_frame([step.mixture for step in walk.steps])
    assert frame["component"].tolist() == ["A", "B"] * len(walk.steps)
    last = frame.iloc[-1]
    factor = np.array([[last["sx"], 0.0], [last["slant"], last["sy"]]])
    assert np.allclose(factor @ factor.T, walk.steps[-1].mixture.covariances[1])
    line = Stepper.over(PLANE[:, :1], FitSettings()).walk(start_at([[0.0], [1.0]], [1.0]), 1)
    assert "y" not in steps.states_frame([step.mixture for step in line.steps])


def test_courses_have_an_entry_a_step_and_name_the_noise(walk):
    rows = np.array([0, 10, walk.steps[-1].memberships[:, 2].argmax()])
    frame = steps.courses_frame(walk, PLANE, rows)
    assert frame["row"].tolist() == (rows + 1).tolist()
    assert frame["likeliest"].map(len).tolist() == [len(walk.steps)] * 3
    assert frame["likeliest"].iloc[2][-1] == "noise"
    assert frame["certainty"].iloc[0][-1] == pytest.approx(walk.steps[-1].memberships[0].max(), abs=1e-3)


def test_the_rows_drawn_are_bounded_and_hold_the_one_asked_for():
    chosen = steps.some_rows(1_000, 50, 333)
    assert len(chosen) <= 51
    assert {0, 333, 999} <= set(chosen.tolist())
    assert steps.some_rows(3, 50, 7).tolist() == [0, 1, 2]


def test_the_climb_is_that_of_the_steps(walk):
    frame = steps.climb_frame(walk)
    assert frame["log_likelihood"].tolist() == [step.log_likelihood for step in walk.steps]
    assert (frame["lower_bound"] <= frame["log_likelihood"] + 1e-9).all()


@pytest.mark.parametrize("position", [0, len(PLANE) - 1])
def test_a_rows_sums_lead_to_its_responsibilities(walk, position):
    step = walk.steps[-1]
    frame = steps.sums_frame(step, PLANE[position])
    assert frame["component"].tolist() == ["A", "B", "noise"]
    assert np.allclose(frame["weight"] * frame["density"], frame["product"])
    assert np.allclose(frame["product"] / frame["product"].sum(), frame["responsibility"])
    assert np.allclose(frame["responsibility"], step.memberships[position])


def test_a_dead_component_has_no_part_in_a_row():
    x = make_simulator_sample(20)[["value"]].to_numpy()
    last = Stepper.over(x, FitSettings()).walk(start_at([[1e6], [2.0]], [1.0]), 2).steps[-1]
    frame = steps.sums_frame(last, x[0])
    assert frame["product"].iloc[0] == 0.0
    assert frame["responsibility"].tolist() == [0.0, 1.0]


def test_moves_stand_before_and_after(walk):
    frame = steps.moves_frame(walk.steps[0], walk.steps[1].mixture, ["across", "up"])
    assert frame["parameter"].tolist()[:5] == ["share", "mean across", "sd across", "mean up", "sd up"]
    assert frame["before"].iloc[1] == -2.0
    assert frame["after"].iloc[1] == pytest.approx(walk.steps[1].mixture.means[0, 0])
