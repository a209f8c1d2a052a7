"""The frames that charts take: true to the rows and the mixture, and of a bounded size."""

import numpy as np
import pytest

from gmm_core.tables.plotting import (
    CELLS,
    bar_counts,
    bins_frame,
    cells_frame,
    certainty_frame,
    points_frame,
    responsibilities_frame,
    rug_frame,
    tiles_frame,
    without_gaps,
)
from gmm_core.tables.results import group_letters


@pytest.fixture
def many(plane, rng):
    """20,000 rows of three groups, with one row far from all."""
    x, _ = plane.sample(20_000, rng)
    x[123] = (60.0, 60.0)
    return x, plane.memberships(x)


def test_bins_hold_all_finite_values_as_a_density(rng):
    x = np.concatenate([rng.normal(size=1_000), [np.nan, np.inf]])
    frame = bins_frame(x)
    assert list(frame) == ["left", "right", "density"]
    assert (frame["density"] * (frame["right"] - frame["left"])).sum() == pytest.approx(1)
    assert (frame["left"].iloc[0], frame["right"].iloc[-1]) == (np.nanmin(x), np.sort(x)[-3])


@pytest.mark.parametrize("x", [[], [2.0, 2.0], [0.0, 5e-324], [1.0, np.inf, 1.0 + 2**-52], [0.0, 0.5, 4.0, np.nan]])
def test_the_bars_of_a_cell_hold_all_finite_values(x):
    counts = bar_counts(np.array(x), 4)
    assert (len(counts), sum(counts)) == (4, np.isfinite(x).sum())


def test_no_values_make_no_bins():
    assert bins_frame(np.array([np.nan])).empty


def test_rows_with_a_gap_are_left_out_with_all_that_belongs_to_them():
    X2, rows = np.array([[1.0, np.nan], [2.0, 3.0], [np.nan, np.nan], [4.0, 5.0]]), np.array([0, 3, 4, 9])
    whole, chosen = without_gaps(X2, rows)
    assert (whole.tolist(), chosen.tolist()) == ([[2, 3], [4, 5]], [3, 9])
    assert without_gaps(X2[[1, 3]], rows[:2])[1].tolist() == [0, 3]


def test_few_points_are_all_shown(plane, rng):
    x, _ = plane.sample(50, rng)
    rows = np.arange(100, 150)
    memberships = plane.memberships(x)
    frame = points_frame(x, memberships, rows)
    np.testing.assert_array_equal(frame[["x", "y"]], x)
    assert frame["row"].tolist() == list(range(101, 151))
    assert frame["label"].iloc[0] == ""
    assert frame["component"].tolist() == ["ABC"[k] for k in plane.labels(x)]
    np.testing.assert_allclose(frame["certainty"], memberships.max(axis=1))


def test_noise_is_named_in_points_ticks_tiles_and_memberships(noisy):
    x = np.array([[0.0, 0.0], [-9.0, 19.0]])
    memberships, rows, letters = noisy.memberships(x), np.arange(2), group_letters(noisy)
    assert points_frame(x, memberships, rows, letters=letters)["component"].tolist() == ["A", "noise"]
    assert rug_frame(x[:, 0], memberships, rows, letters)["component"].tolist() == ["A", "noise"]
    assert set(tiles_frame(x, memberships, n=2, letters=letters)["component"]) == {"A", "noise"}
    assert responsibilities_frame(memberships, rows, letters)["component"].tolist() == ["A", "B", "C", "noise"] * 2


def test_many_points_are_sampled_the_same_way_each_time(many):
    x, memberships = many
    frame = points_frame(x, memberships, np.arange(len(x)), labels=[f"n{i}" for i in range(len(x))])
    assert len(frame) == 2_000
    assert frame.equals(points_frame(x, memberships, np.arange(len(x)), labels=[f"n{i}" for i in range(len(x))]))
    assert (frame["label"] == [f"n{row - 1}" for row in frame["row"]]).all()
    np.testing.assert_array_equal(frame[["x", "y"]], x[frame["row"] - 1])
    assert 124 in set(frame["row"])


def test_tiles_count_every_row_once_and_name_the_commonest_component(many):
    x, memberships = many
    frame = tiles_frame(x, memberships)
    assert frame["count"].sum() == len(x)
    assert (frame["count"] > 0).all()
    assert len(frame) <= 40 * 40
    slow = tiles_frame(x, memberships, n=7)
    labels = memberships.argmax(axis=1)
    for tile in slow.itertuples():
        inside = (x[:, 0] >= tile.x0) & (x[:, 1] >= tile.y0) & (x[:, 0] < tile.x1) & (x[:, 1] < tile.y1)
        if tile.x1 < x[:, 0].max() and tile.y1 < x[:, 1].max():
            assert tile.count == inside.sum()
            assert tile.component == "ABC"[np.bincount(labels[inside]).argmax()]


def test_of_few_rows_tiles_are_wider(rng):
    x = rng.uniform(size=(2_000, 2))
    frame = tiles_frame(x, np.ones((2_000, 1)))
    assert 150 <= len(frame) <= 14**2  # one for ten rows


def test_tiles_of_a_constant_column_are_a_line():
    x = np.column_stack([np.full(100, 3.0), np.arange(100.0)])
    frame = tiles_frame(x, np.ones((100, 1)), n=10)
    assert frame["count"].tolist() == [10] * 10
    assert ((frame["x0"] <= 3) & (frame["x1"] >= 3)).all()


def test_certainty_counts_every_row_and_shows_no_impossible_bins():
    memberships = np.array([[1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0], [1.0, 0, 0], [1 + 1e-15, 0, 0]])
    frame = certainty_frame(memberships.max(axis=1), np.array([2, 1, 0, 0]), "ABC")
    assert frame["count"].sum() == 4
    assert frame["left"].iloc[0] <= 1 / 3 < frame["right"].iloc[0]
    assert frame["right"].iloc[-1] == 1
    assert frame["count"].tolist()[-3:] == [2, 0, 0]
    assert frame[frame["count"] > 0]["component"].tolist() == ["C", "B", "A"]


def test_responsibilities_stand_in_a_row_a_membership():
    frame = responsibilities_frame(np.array([[0.25, 0.75], [1.0, 0.0]]), np.array([4, 8]))
    assert frame["row"].tolist() == [5, 5, 9, 9]
    assert frame["component"].tolist() == ["A", "B", "A", "B"]
    assert frame["responsibility"].tolist() == [0.25, 0.75, 1.0, 0.0]


def test_a_weighted_histogram_is_that_of_repeated_rows(rng):
    x, often = rng.normal(size=200), rng.integers(0, 4, 200)
    x[3] = np.nan
    bins = bins_frame(x, often.astype(float))
    repeated = np.repeat(x, often)
    edges = [*bins["left"], bins["right"].iloc[-1]]
    expected = np.histogram(repeated[~np.isnan(repeated)], edges, density=True)[0]
    np.testing.assert_allclose(bins["density"], expected)


def test_cells_count_every_row_once_in_the_bins_of_both_histograms(rng):
    x, weights = rng.normal(size=(5_000, 2)), rng.integers(0, 3, 5_000).astype(float)
    bins = [bins_frame(each) for each in x.T]
    cells = cells_frame(x, *bins, weights)
    np.testing.assert_allclose(cells[["x_share", "y_share"]].sum(), 1.0)
    assert len(cells) <= CELLS**2
    one = cells.iloc[len(cells) // 2]
    inside = ((x >= [one["x0"], one["y0"]]) & (x < [one["x1"], one["y1"]])).all(axis=1)
    np.testing.assert_allclose(one["x_share"], weights[inside].sum() / weights.sum())
    assert one["x_share"] > 0
    assert set(cells["x0"]) <= set(bins[0]["left"])


def test_cells_of_a_constant_column_and_of_one_row():
    for x in (np.column_stack([np.full(9, 3.0), np.arange(9.0)]), np.array([[1.5, 2.5]])):
        np.testing.assert_allclose(cells_frame(x, *(bins_frame(each) for each in x.T))["y_share"].sum(), 1.0)


def test_cells_are_shares_of_the_rows_that_each_histogram_counts():
    x = np.array([[1.0, 5.0], [2.0, np.nan], [3.0, np.nan], [np.nan, 7.0], [4.0, 8.0]])
    cells = cells_frame(x, *(bins_frame(each) for each in x.T))
    np.testing.assert_allclose(cells[["x_share", "y_share"]].sum(), [2 / 4, 2 / 3])
