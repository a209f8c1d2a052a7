"""The matrix of pairs: places within cells, of the rows and of the one mixture."""

import numpy as np
import pytest

from gmm_core.model.mixture import Mixture
from gmm_core.tables.pairs import MOST_CHOSEN, MOST_POINTS, ROOM, pair_frames


@pytest.fixture
def mixture(rng):
    """Two groups in three columns of very different units."""
    means = np.array([[0.0, 1e6, 0.0], [5.0, 3e6, 0.0]])
    return Mixture(np.array([0.6, 0.4]), means, np.diag([1.0, 1e11, 1e-6])[None].repeat(2, axis=0), "full")


def frames_of(mixture, x, columns=(2, 0, 1)):
    return pair_frames(mixture, x, mixture.memberships(x), columns, ("A", "B"))


def test_each_pair_once_with_the_same_rows_within_its_cell(mixture, rng):
    x = mixture.sample(3_000, rng)[0]
    points = frames_of(mixture, x).points
    assert list(points.groupby(["across", "up"]).size().items()) == [
        ((0, 1), MOST_POINTS),
        ((0, 2), MOST_POINTS),
        ((1, 2), MOST_POINTS),
    ]
    assert points[["x", "y"]].min().min() > 0
    assert points[["x", "y"]].max().max() < 1


def test_a_rows_place_is_its_value_along_the_columns_range(mixture, rng):
    x = mixture.sample(50, rng)[0]
    points = frames_of(mixture, x, (0, 1)).points
    low, high = x.min(axis=0)[:2], x.max(axis=0)[:2]
    expected = (x[:, :2] - low + ROOM * (high - low)) / ((1 + 2 * ROOM) * (high - low))
    np.testing.assert_allclose(points[["x", "y"]], expected)


def test_the_outlines_lie_at_the_radius_of_95_per_cent_and_end_at_the_cell(mixture, rng):
    x = mixture.sample(300, rng)[0]
    outlines = frames_of(mixture, x, (0, 1)).ellipses
    seen = outlines.dropna()
    low, high = x.min(axis=0)[:2], x.max(axis=0)[:2]
    span = high - low
    back = seen[["x", "y"]].to_numpy() * (1 + 2 * ROOM) * span + low - ROOM * span
    means = mixture.means[(seen["component"] == "B").astype(int), :2]
    radii = (((back - means) / np.sqrt([1.0, 1e11])) ** 2).sum(axis=1)
    np.testing.assert_allclose(radii, 5.991, atol=2e-3)  # chi-square with two degrees of freedom
    assert seen[["x", "y"]].min().min() >= 0
    assert seen[["x", "y"]].max().max() <= 1


def test_each_column_has_its_curve_with_its_highest_at_one(mixture, rng):
    curves = frames_of(mixture, mixture.sample(200, rng)[0]).curves
    assert curves.groupby("at")["density"].max().tolist() == [1.0, 1.0, 1.0]
    assert set(curves["component"]) == {"A", "B", "mixture"}


def test_rows_with_gaps_are_left_out_and_none_at_all_is_no_error(mixture, rng):
    x = mixture.sample(20, rng)[0]
    x[3, 0] = np.nan
    assert len(frames_of(mixture, x, (0, 1)).points) == 19
    assert len(frames_of(mixture, x, (1, 2)).points) == 20
    x[:, 0] = np.nan
    assert frames_of(mixture, x, (0, 1)).points.empty


def test_the_frames_stay_small_at_many_rows_groups_and_columns(rng):
    means = 4 * rng.normal(size=(12, 5))
    many = Mixture(np.full(12, 1 / 12), means, np.eye(5)[None].repeat(12, axis=0), "full")
    x = many.sample(20_000, rng)[0]
    frames = pair_frames(many, x, many.memberships(x), range(5), list("ABCDEFGHIJKL"))
    assert sum(len(each) for each in (frames.points, frames.ellipses, frames.curves)) < 16_000


def test_chosen_rows_are_drawn_on_top_whether_or_not_they_are_in_the_sample(mixture, rng):
    x = mixture.sample(3_000, rng)[0]
    x[7, 0] = np.nan
    picked = np.array([5, 7, 1_000, 2_999])
    points = pair_frames(mixture, x, mixture.memberships(x), (2, 0), ("A", "B"), picked).points
    assert points["chosen"].tolist() == [False] * (len(points) - 3) + [True] * 3
    whole = np.delete(x, 7, axis=0)
    low, high = whole.min(axis=0)[[2, 0]], whole.max(axis=0)[[2, 0]]
    expected = (x[picked][[0, 2, 3]][:, [2, 0]] - low + ROOM * (high - low)) / ((1 + 2 * ROOM) * (high - low))
    np.testing.assert_allclose(points[["x", "y"]].tail(3), expected)
    few = pair_frames(mixture, x, mixture.memberships(x), (2, 0), ("A", "B"), np.arange(3_000)).points
    assert 0 < len(few) <= MOST_CHOSEN
    assert few["chosen"].all()
