"""Size, shape and direction of groups in words."""

import numpy as np
import pytest

from gmm_core.model.ellipsoids import ellipsoids
from gmm_core.model.mixture import Mixture
from gmm_core.tables.shape_words import described, shape, shapes_frame

COLUMNS = ("x", "y", "z", "u")


def of(*covariances):
    stacked = np.array(covariances, dtype=float)
    k, d, _ = stacked.shape
    return ellipsoids(Mixture(np.full(k, 1 / k), np.zeros((k, d)), stacked, "full"))


def turned(lengths, degrees):
    angle = np.radians(degrees)
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return axes * np.square(lengths) @ axes.T


@pytest.mark.parametrize(
    ("covariance", "words"),
    [
        (turned([5, 1], 0), "stretched 5 to 1 along x"),
        (turned([5, 1], 45), "stretched 5 to 1 along x with y, tilted"),
        (turned([5, 2], 120), "stretched 2.5 to 1 along y against x, tilted"),
        (turned([12.3, 1], 90), "stretched 12 to 1 along y"),
        (turned([1.1, 1], 30), "round"),
        ([[4.0]], ""),
        (np.diag([9.0, 8.5, 0.25]), "stretched 6 to 1, thin across z"),
        (np.diag([16.0, 1.0, 0.9]), "stretched 4.2 to 1 along x"),
        (np.diag([16.0, 1.0, 15.0, 0.9]), "stretched 4.2 to 1, widest over x and z"),
    ],
)
def test_shapes_and_directions(covariance, words):
    assert shape(of(covariance)[0], COLUMNS) == words


def test_an_axis_along_many_columns_names_the_strongest_and_counts_the_rest():
    direction = np.array([3.0, 2.0, -2.5, 2.2]) / np.linalg.norm([3.0, 2.0, -2.5, 2.2])
    told = shape(of(np.eye(4) + 24 * np.outer(direction, direction))[0], COLUMNS)
    assert told == "stretched 5 to 1 along x with u and against z and 1 more, tilted"


@pytest.mark.parametrize(
    ("widths", "words"),
    [
        ((1, 2), ["the narrowest", "twice as wide as A"]),
        ((3.4, 1, 1.05), ["3.4 times as wide as B", "the narrowest", "about as wide as B"]),
        ((1, 1.1), ["as wide as the other"] * 2),
        ((1, 1, 1), ["as wide as the others"] * 3),
        ((7,), [""]),
    ],
)
def test_sizes_beside_the_others(widths, words):
    found = of(*([[width**2]] for width in widths))
    assert described(found, COLUMNS) == words


def test_the_frame_has_the_numbers_that_the_words_are_made_of():
    frame = shapes_frame(of(turned([5, 1], 45), np.eye(2)), COLUMNS)
    assert frame["group"].tolist() == ["A", "B"]
    assert frame.loc[0, ["longest", "shortest", "stretch", "volume"]].tolist() == pytest.approx([5, 1, 5, 5])
    assert frame.loc[0, "width"] == pytest.approx(np.sqrt(5))
    words = ["2.2 times as wide as B, stretched 5 to 1 along x with y, tilted", "the narrowest, round"]
    assert frame["in words"].tolist() == words


def test_volumes_of_many_columns_stay_finite():
    frame = shapes_frame(of(np.eye(300), np.eye(300) * 1e8), [f"column {j}" for j in range(300)])
    assert np.isfinite(frame["volume"]).all()
