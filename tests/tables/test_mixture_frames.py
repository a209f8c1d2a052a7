"""A mixture as curves, outlines and centres."""

import numpy as np
import pytest

from gmm_core.model.geometry import mahalanobis_radius
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.mixture_frames import (
    MIXTURE,
    centres_frame,
    curves_frame,
    ellipses_frame,
    share_inside,
)


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


def test_the_curve_of_noise_is_level_and_part_of_the_mixture(noisy):
    frame = curves_frame(noisy.marginal([0]), -10, 20)
    wide = frame.pivot(index="x", columns="component", values="density")
    assert list(wide) == ["A", "B", "C", "mixture", "noise"]
    np.testing.assert_allclose(wide["noise"], 0.1 / 30)
    np.testing.assert_allclose(wide[["A", "B", "C", "noise"]].sum(axis=1), wide["mixture"])


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


def test_noise_has_no_ellipse(noisy):
    assert share_inside(noisy, np.array([[0.0, 0.0], [-9.0, 19.0]]), 0.95).shape == (3,)
