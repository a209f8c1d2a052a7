"""The frames that charts take: true to the rows and the mixture, and of a bounded size."""

import numpy as np
import pytest

from gmm_core.model.geometry import mahalanobis_radius
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.plotting import (
    MIXTURE,
    bins_frame,
    centres_frame,
    certainty_frame,
    curves_frame,
    ellipses_frame,
    points_frame,
    responsibilities_frame,
    rug_frame,
    share_inside,
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


def test_no_values_make_no_bins():
    assert bins_frame(np.array([np.nan])).empty


def test_rows_with_a_gap_are_left_out_with_all_that_belongs_to_them():
    X2, rows = np.array([[1.0, np.nan], [2.0, 3.0], [np.nan, np.nan], [4.0, 5.0]]), np.array([0, 3, 4, 9])
    whole, chosen = without_gaps(X2, rows)
    assert (whole.tolist(), chosen.tolist()) == ([[2, 3], [4, 5]], [3, 9])
    assert without_gaps(X2[[1, 3]], rows[:2])[1].tolist() == [0, 3]


def test_curves_add_up_to_the_mixture(line):
    frame = curves_frame(line, -4, 6)
    assert sorted(frame["component"].unique()) == ["A", "B", "mixture"]
    wide = frame.pivot(index="x", columns="component", values="density")
    np.testing.assert_allclose(wide["A"] + wide["B"], wide["mixture"])
    np.testing.assert_allclose(wide["mixture"], np.exp(line.log_density(wide.index.to_numpy()[:, None])))
    assert (wide.index.min(), wide.index.max()) == (-4, 6)


def test_a_peak_between_two_points_of_the_grid_isnt_missed(line):
    frame = curves_frame(line, -4, 6.05, n=300)
    peak = frame.loc[frame["component"] == "B", "density"].max()
    assert peak == pytest.approx(0.3 / np.sqrt(2 * np.pi * 1e-6))
    assert len(frame) < 3 * 350


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
    assert set(tiles_frame(x, memberships, letters=letters)["component"]) == {"A", "noise"}
    assert responsibilities_frame(memberships, rows, letters)["component"].tolist() == ["A", "B", "C", "noise"] * 2
    assert share_inside(noisy, x, 0.95).shape == (3,)


def test_the_curve_of_noise_is_level_and_part_of_the_mixture(noisy):
    frame = curves_frame(noisy.marginal([0]), -10, 20)
    wide = frame.pivot(index="x", columns="component", values="density")
    assert list(wide) == ["A", "B", "C", "mixture", "noise"]
    np.testing.assert_allclose(wide["noise"], 0.1 / 30)
    np.testing.assert_allclose(wide[["A", "B", "C", "noise"]].sum(axis=1), wide["mixture"])


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
    assert len(frame) <= 80 * 80
    slow = tiles_frame(x, memberships, n=7)
    labels = memberships.argmax(axis=1)
    for tile in slow.itertuples():
        inside = (x[:, 0] >= tile.x0) & (x[:, 1] >= tile.y0) & (x[:, 0] < tile.x1) & (x[:, 1] < tile.y1)
        if tile.x1 < x[:, 0].max() and tile.y1 < x[:, 1].max():
            assert tile.count == inside.sum()
            assert tile.component == "ABC"[np.bincount(labels[inside]).argmax()]


def test_tiles_of_a_constant_column_are_a_line():
    x = np.column_stack([np.full(100, 3.0), np.arange(100.0)])
    frame = tiles_frame(x, np.ones((100, 1)), n=10)
    assert frame["count"].tolist() == [10] * 10
    assert ((frame["x0"] <= 3) & (frame["x1"] >= 3)).all()


def test_outlines_lie_at_the_distance_of_their_probability(plane):
    frame = ellipses_frame(plane)
    assert list(frame) == ["component", "probability", "outline", "order", "x", "y"]
    assert frame["outline"].nunique() == 9
    for (component, probability, _), outline in frame.groupby(["component", "probability", "outline"]):
        k = "ABC".index(component)
        away = outline[["x", "y"]].to_numpy() - plane.means[k]
        squared = np.einsum("ni,ij,nj->n", away, np.linalg.inv(plane.covariances[k]), away)
        np.testing.assert_allclose(squared, mahalanobis_radius(probability) ** 2)
        assert outline["order"].tolist() == list(range(len(outline)))


def test_centres_are_the_means_with_their_weights(plane):
    assert centres_frame(plane).values.tolist() == [["A", 0, 0, 0.5], ["B", 5, 5, 0.3], ["C", 10, -5, 0.2]]


def test_certainty_counts_every_row_and_shows_no_impossible_bins():
    memberships = np.array([[1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0], [1.0, 0, 0], [1 + 1e-15, 0, 0]])
    frame = certainty_frame(memberships.max(axis=1), memberships.shape[1])
    assert frame["count"].sum() == 4
    assert frame["left"].iloc[0] <= 1 / 3 < frame["right"].iloc[0]
    assert (frame["right"].iloc[-1], frame["count"].iloc[-1]) == (1, 2)


def test_responsibilities_stand_in_a_row_a_membership():
    frame = responsibilities_frame(np.array([[0.25, 0.75], [1.0, 0.0]]), np.array([4, 8]))
    assert frame["row"].tolist() == [5, 5, 9, 9]
    assert frame["component"].tolist() == ["A", "B", "A", "B"]
    assert frame["responsibility"].tolist() == [0.25, 0.75, 1.0, 0.0]


@pytest.mark.parametrize("probability", [0.5, 0.8, 0.95])
def test_about_the_promised_share_lies_inside(plane, rng, probability):
    x, _ = plane.sample(20_000, rng)
    np.testing.assert_allclose(share_inside(plane, x, probability), probability, atol=0.02)


def test_the_share_inside_is_weighted_by_membership(plane):
    x = np.array([[0.0, 0.0], [0.0, 50.0]])
    memberships = np.array([[0.25, 0.75, 0.0], [0.75, 0.25, 0.0]])
    inside = share_inside(plane, x, 0.95, memberships)
    assert inside[:2].tolist() == [0.25, 0.0]
    assert np.isnan(inside[2])


def test_curves_of_a_transformed_column_are_densities_of_the_table(line):
    mixture = line.rescaled(np.zeros(1), np.full(1, 0.4))
    curves = curves_frame(mixture, -1.0, 60.0, 4_000, transform=Log())
    assert curves["x"].min() > 0
    whole = curves[curves["component"] == MIXTURE]
    assert np.trapezoid(whole["density"], whole["x"]) == pytest.approx(1, abs=0.01)


def test_outlines_and_centres_are_carried_point_by_point(plane):
    plain, carried = ellipses_frame(plane), ellipses_frame(plane, carry=np.exp)
    np.testing.assert_allclose(carried[["x", "y"]], np.exp(plain[["x", "y"]]))
    np.testing.assert_allclose(centres_frame(plane, np.exp)[["x", "y"]], np.exp(plane.means))


def test_a_weighted_histogram_is_that_of_repeated_rows(rng):
    x, often = rng.normal(size=200), rng.integers(0, 4, 200)
    x[3] = np.nan
    bins = bins_frame(x, often.astype(float))
    repeated = np.repeat(x, often)
    edges = [*bins["left"], bins["right"].iloc[-1]]
    expected = np.histogram(repeated[~np.isnan(repeated)], edges, density=True)[0]
    np.testing.assert_allclose(bins["density"], expected)
