"""What lies behind the rows: densities that hold what they say, and regions that agree with the memberships."""

import numpy as np
import pytest

from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.grounds import STEPS, density_frame, grid_over, regions_frame

PLAIN = (UNCHANGED, UNCHANGED)


def looked_up(frame, points, column):
    """What the run says in which each point lies; None where there is none."""
    found = []
    for x, y in points:
        run = frame[(frame["x0"] <= x) & (x < frame["x1"]) & (frame["y0"] <= y) & (y < frame["y1"])]
        assert len(run) <= 1
        found.append(run[column].iloc[0] if len(run) else None)
    return found


@pytest.fixture
def grid():
    return grid_over(np.array([-6.0, -12.0]), np.array([20.0, 12.0]), PLAIN)


def test_the_regions_hold_their_shares_of_drawn_rows(plane, grid, rng):
    x = plane.sample(1_500, rng)[0]
    told = looked_up(density_frame(plane, grid, PLAIN), x, "told")
    for share, levels in ((0.5, 1), (0.8, 2), (0.95, 3)):
        inside = ["in the densest 50\u00a0%", "in the densest 80\u00a0%", "in the densest 95\u00a0%"][:levels]
        assert np.mean([each in inside for each in told]) == pytest.approx(share, abs=0.035)


def test_the_regions_are_those_of_the_likeliest_group(plane, grid, rng):
    x = plane.sample(200, rng)[0]
    frame = regions_frame(plane.memberships(grid.working), grid, ("A", "B", "C"))
    memberships = plane.memberships(x)
    clear = np.abs(np.diff(np.sort(memberships, axis=1)[:, -2:], axis=1)[:, 0]) > 0.5  # not within a cell of a border
    expected = np.array(["A", "B", "C"])[memberships.argmax(axis=1)]
    assert looked_up(frame, x[clear], "component") == expected[clear].tolist()
    sure = memberships.max(axis=1) > 0.9999
    assert set(looked_up(frame, x[sure], "told")) == {"at least 95\u00a0% sure"}


def test_runs_cover_the_picture_once(plane, grid):
    frame = regions_frame(plane.memberships(grid.working), grid, ("A", "B", "C"))
    area = ((frame["x1"] - frame["x0"]) * (frame["y1"] - frame["y0"])).sum()
    assert area == pytest.approx(26 * 24)
    assert len(frame) < STEPS * STEPS / 10


def test_transformed_columns_are_seen_in_their_own_units_and_not_where_they_take_no_value():
    one = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None], "full")
    transforms = (Log(), UNCHANGED)
    frame = density_frame(one, grid_over(np.array([-1.0, -4.0]), np.array([9.0, 4.0]), transforms), transforms)
    assert frame["x0"].min() >= 0
    densest = frame[frame["told"] == "in the densest 50\u00a0%"]
    # The mode of a standard lognormal is exp(-1), its median 1.
    assert densest["x0"].min() < np.exp(-1) < densest["x1"].max()
    at_mode = frame[(frame["y0"] <= 0) & (frame["y1"] > 0)].set_index("x0")["told"]
    assert at_mode[at_mode.index < np.exp(-1)].iloc[-1] == "in the densest 50\u00a0%"
