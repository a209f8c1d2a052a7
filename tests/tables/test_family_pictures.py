"""The picture of each family, made by its own M step."""

import numpy as np
import pytest

from gmm_core.model.families import FAMILIES
from gmm_core.tables.family_pictures import CENTRES, DEGREES, LENGTHS, PROBABILITY, family_frame

every_family = pytest.mark.parametrize("name", FAMILIES)


def covariances(frame):
    """Covariances read back from the outlines, (3, 2, 2)."""
    radius = -2 * np.log(1 - PROBABILITY)
    found = []
    for k, letter in enumerate("ABC"):
        d = frame.loc[frame["component"] == letter, ["x", "y"]].to_numpy()[:-1] - CENTRES[k]
        found.append(2 * d.T @ d / len(d) / radius)
    return np.array(found)


@every_family
def test_three_closed_outlines_about_their_centres(name):
    frame = family_frame(name)
    for k, letter in enumerate("ABC"):
        outline = frame[frame["component"] == letter].sort_values("order")[["x", "y"]].to_numpy()
        np.testing.assert_allclose(outline[0], outline[-1], atol=1e-12)
        np.testing.assert_allclose(outline[:-1].mean(axis=0), CENTRES[k], atol=1e-9)


def test_free_shapes_are_the_groups_own():
    turn = np.deg2rad(DEGREES)
    for k, found in enumerate(covariances(family_frame("full"))):
        axes = np.array([[np.cos(turn[k]), -np.sin(turn[k])], [np.sin(turn[k]), np.cos(turn[k])]])
        np.testing.assert_allclose(found, axes @ np.diag(LENGTHS[k] ** 2) @ axes.T, atol=1e-9)


@every_family
def test_a_family_shows_what_its_code_says(name):
    """Volume, shape and orientation: E means equal in all three groups, I a circle or along the axes."""
    volume, shape, orientation = FAMILIES[name].code
    found = covariances(family_frame(name))
    determinants = np.linalg.det(found)
    values, vectors = np.linalg.eigh(found)
    elongations = values[:, 1] / values[:, 0]
    assert (np.ptp(determinants) < 1e-6) == (volume == "E")
    assert (np.ptp(elongations) < 1e-6) == (shape in "EI")
    if shape == "I":
        np.testing.assert_allclose(elongations, 1.0, rtol=1e-6)
    else:
        alignments = np.abs(vectors[0].T @ vectors[1:])
        parallel = bool((np.minimum(alignments, 1 - alignments) < 1e-4).all())
        assert parallel == (orientation in "EI")
        assert (np.abs(found[:, 0, 1]).max() < 1e-9) == (orientation == "I")
