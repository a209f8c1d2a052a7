"""Ellipses that hold what they are said to hold."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.geometry import ellipse_outline, inside_ellipse, mahalanobis_radius

MEAN = np.array([3.0, -2.0])
COVARIANCE = np.array([[4.0, 1.5], [1.5, 0.7]])


def test_the_radius_for_95_percent_is_2_448_standard_deviations():
    assert mahalanobis_radius(0.95) == pytest.approx(2.4477, abs=5e-5)
    assert mahalanobis_radius(0.5) == pytest.approx(1.1774, abs=5e-5)


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.8, 0.95, 0.999])
def test_every_point_of_an_outline_lies_at_the_radius_that_holds_the_probability(probability):
    d = ellipse_outline(MEAN, COVARIANCE, probability) - MEAN
    squared = np.array([v @ np.linalg.inv(COVARIANCE) @ v for v in d])
    np.testing.assert_allclose(1 - np.exp(-squared / 2), probability, rtol=1e-9)


def test_an_outline_is_closed_goes_all_the_way_round_and_has_the_points_asked_for():
    outline = ellipse_outline(MEAN, COVARIANCE, 0.95, n_points=41)
    assert outline.shape == (41, 2)
    np.testing.assert_allclose(outline[0], outline[-1])
    np.testing.assert_allclose(outline[:-1].mean(axis=0), MEAN, atol=1e-12)
    half_width = 2.4477 * np.sqrt(np.diag(COVARIANCE))
    wide = ellipse_outline(MEAN, COVARIANCE, 0.95, n_points=2001)
    np.testing.assert_allclose(wide.max(axis=0) - MEAN, half_width, rtol=1e-4)


@pytest.mark.parametrize("probability", [0.5, 0.8, 0.95])
def test_the_stated_share_of_draws_lies_inside(probability):
    rng = np.random.default_rng(0)
    X = rng.multivariate_normal(MEAN, COVARIANCE, size=40_000)
    share = inside_ellipse(X, MEAN, COVARIANCE, probability).mean()
    assert share == pytest.approx(probability, abs=5 * np.sqrt(0.25 / 40_000))


def test_points_just_inside_and_just_outside_the_outline_are_told_apart():
    outline = ellipse_outline(MEAN, COVARIANCE, 0.8)
    assert inside_ellipse(MEAN + 0.999 * (outline - MEAN), MEAN, COVARIANCE, 0.8).all()
    assert not inside_ellipse(MEAN + 1.001 * (outline - MEAN), MEAN, COVARIANCE, 0.8).any()


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, 95, float("nan")])
def test_a_probability_that_no_ellipse_holds_is_refused(probability):
    with pytest.raises(SettingsError, match="between 0 and 1"):
        mahalanobis_radius(probability)
