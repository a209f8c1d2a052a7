"""Volume, shape and orientation: back to the covariances, and as each family has them."""

import dataclasses

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.ellipsoids import ellipsoids, in_own_spreads
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from tests.model.test_mixture import random_mixture


@pytest.fixture
def mixture(rng):
    return random_mixture(rng, FAMILIES["full"], n_components=3, n_features=4)


def test_lengths_and_directions_give_the_covariances_back(mixture):
    for found, covariance in zip(ellipsoids(mixture), mixture.covariances, strict=True):
        assert (np.diff(found.lengths) <= 0).all()
        assert_allclose(found.directions * found.lengths**2 @ found.directions.T, covariance)
        assert found.width ** (2 * 4) == pytest.approx(np.linalg.det(covariance))
        assert found.parts.sum() == pytest.approx(found.n_long)
        at = np.abs(found.directions).argmax(axis=0)
        assert (found.directions[at, range(4)] > 0).all()


def test_the_long_axes_end_at_the_largest_drop():
    lengths = ([4.0], [3.0, 3.0], [9.0, 2.0, 1.9], [9.0, 8.0, 2.0])
    for squares, wanted in zip(lengths, (1, 1, 1, 2), strict=True):
        d = len(squares)
        one = Mixture(np.ones(1), np.zeros((1, d)), np.diag(np.square(squares))[None], "full")
        assert ellipsoids(one)[0].n_long == wanted


def test_units_change_neither_lengths_nor_directions_of_columns_by_their_own_spreads(mixture):
    other = mixture.rescaled(np.arange(4.0), np.array([1e-9, 1.0, 1e9, 2.0]))
    for one, same in zip(ellipsoids(in_own_spreads(mixture)), ellipsoids(in_own_spreads(other)), strict=True):
        assert_allclose(one.lengths, same.lengths)
        assert_allclose(one.directions, same.directions, atol=1e-7)


def test_components_are_told_in_columns(mixture, rng):
    basis = np.linalg.qr(rng.normal(size=(6, 4)))[0]
    within, seen = ellipsoids(mixture), ellipsoids(mixture, basis)
    for one, same in zip(within, seen, strict=True):
        assert_allclose(one.lengths, same.lengths)
        assert_allclose(np.abs(basis.T @ same.directions), np.abs(one.directions), atol=1e-12)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(5)
    first = rng.multivariate_normal([0, 0, 0], [[1, 0.6, 0], [0.6, 2, 0.3], [0, 0.3, 0.5]], 80)
    second = rng.multivariate_normal([6, 6, 6], [[3, -1, 0], [-1, 1, 0], [0, 0, 1]], 60)
    return np.vstack([first, second])


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_each_family_has_the_volumes_shapes_and_axes_that_its_code_says(name, rows):
    family = get_family(name)
    mixture = fit_mixture(rows, FitSettings(n_components=2, covariance_type=name, n_init=1)).mixture
    one, two = ellipsoids(in_own_spreads(mixture) if family.any_units else mixture)
    if family.volume == "equal":
        assert one.width == pytest.approx(two.width, rel=1e-6)
    if family.shape == "equal":
        assert one.stretch == pytest.approx(two.stretch, rel=1e-6)
    if family.shape == "spherical":
        assert one.stretch == two.stretch == pytest.approx(1.0)
    if family.orientation == "axis-aligned":
        assert_allclose(np.sort(np.abs(np.concatenate([one.directions, two.directions])), axis=0)[-2:], 1.0)
    if family.orientation == "equal":
        assert_allclose(np.abs(one.directions.T @ two.directions).max(axis=0), 1.0, atol=1e-6)


def test_the_mean_and_spread_of_all_rows_leave_noise_aside(mixture, rng):
    x = mixture.sample(200_000, rng)[0]
    mean, spread = mixture.overall_moments
    assert_allclose(mean, x.mean(axis=0), atol=0.05)
    assert_allclose(spread, x.std(axis=0), rtol=0.02)
    noisy = dataclasses.replace(mixture, weights=mixture.weights * 0.9)
    assert_allclose(noisy.overall_moments, mixture.overall_moments)
