"""The views that tell groups apart best, against Scrucca's equation written out, and Fisher's directions."""

import dataclasses

import numpy as np
import pytest

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.families import FAMILIES
from gmm_core.model.projections import telling_projection
from tests.model.test_mixture import random_mixture


@pytest.fixture
def mixture(rng):
    """Three groups of free shape in four columns."""
    return random_mixture(rng, FAMILIES["full"], n_components=3, n_features=4)


def moments(mixture):
    """Mean covariance, covariance of the means, and their sum."""
    centre = sum(w * m for w, m in zip(mixture.weights, mixture.means, strict=True))
    within = sum(w * s for w, s in zip(mixture.weights, mixture.covariances, strict=True))
    parts = zip(mixture.weights, mixture.means, strict=True)
    between = sum(w * np.outer(m - centre, m - centre) for w, m in parts)
    return within, between, within + between


def cosines(first, second, metric):
    """Size of the correlation of each direction with its counterpart."""
    sizes = [np.sqrt(np.einsum("dm,de,em->m", each, metric, each)) for each in (first, second)]
    return np.abs(np.einsum("dm,de,em->m", first, metric, second)) / (sizes[0] * sizes[1])


def test_the_directions_solve_the_equation_of_the_paper(mixture):
    within, between, total = moments(mixture)
    kernel = between @ np.linalg.inv(total) @ between
    for w, s in zip(mixture.weights, mixture.covariances, strict=True):
        kernel = kernel + w * (s - within) @ np.linalg.inv(total) @ (s - within)
    found = telling_projection(mixture)
    np.testing.assert_allclose(kernel @ found.directions, total @ found.directions * found.values, atol=1e-10)
    np.testing.assert_allclose(found.directions.T @ total @ found.directions, np.eye(4), atol=1e-10)
    assert (np.diff(found.values) <= 0).all()


def test_with_one_covariance_for_all_they_are_fishers_directions(rng):
    mixture = random_mixture(rng, FAMILIES["tied"], n_components=3, n_features=4)
    within, between, total = moments(mixture)
    values, vectors = np.linalg.eig(np.linalg.solve(within, between))
    fisher = vectors[:, np.argsort(-values.real)[:2]].real
    found = telling_projection(mixture)
    assert found.directions.shape == (4, 2)
    np.testing.assert_allclose(cosines(found.directions, fisher, total), 1.0, atol=1e-8)


def test_the_views_are_the_same_in_any_units_and_mixed_columns(rng, mixture):
    turn, shift = rng.normal(size=(4, 4)), rng.normal(size=4)
    x = mixture.sample(50, rng)[0]
    covariances = turn.T @ mixture.covariances @ turn
    other = dataclasses.replace(mixture, means=mixture.means @ turn + shift, covariances=covariances)
    first, second = telling_projection(mixture), telling_projection(other)
    np.testing.assert_allclose(first.values, second.values)
    np.testing.assert_allclose(np.abs(first.scores(x)), np.abs(second.scores(x @ turn + shift)), atol=1e-7)


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_a_columns_unit_changes_no_view(rng, mixture, unit):
    scale = np.array([unit, 1.0, 1.0 / unit, 1.0])
    x = mixture.sample(20, rng)[0]
    first, second = telling_projection(mixture), telling_projection(mixture.rescaled(np.zeros(4), scale))
    np.testing.assert_allclose(first.scores(x), second.scores(x * scale), atol=1e-7)
    np.testing.assert_allclose(first.loadings, second.loadings, atol=1e-7)


def test_one_group_has_no_view(rng):
    single = random_mixture(rng, FAMILIES["full"], n_components=1, n_features=3)
    assert telling_projection(single).directions.shape == (3, 0)


def test_loadings_are_the_correlations_of_drawn_rows_with_the_scores(rng, mixture):
    found = telling_projection(mixture)
    x = mixture.sample(200_000, rng)[0]
    drawn = np.corrcoef(x.T, found.scores(x).T)[:4, 4:]
    np.testing.assert_allclose(drawn, found.loadings, atol=0.02)
    assert (found.loadings.max(axis=0) == np.abs(found.loadings).max(axis=0)).all()


def test_all_directions_together_lose_nothing_of_the_memberships(rng, mixture):
    found = telling_projection(mixture)
    x = mixture.sample(30, rng)[0]
    assert found.directions.shape == (4, 4)
    np.testing.assert_allclose(found.seen(mixture).memberships(found.scores(x)), mixture.memberships(x), atol=1e-9)


def test_noise_plays_no_part_in_the_views_and_is_seen_in_them(rng, mixture):
    region = Region(np.zeros(4), 30.0 * np.eye(4))
    noisy = dataclasses.replace(mixture, weights=0.8 * mixture.weights, noise=Noise(0.2, region))
    found = telling_projection(noisy)
    np.testing.assert_allclose(found.directions, telling_projection(mixture).directions, atol=1e-10)
    box = found.seen(noisy).noise.region
    corners = found.scores(30.0 * np.array(np.meshgrid(*[[-0.5, 0.5]] * 4)).reshape(4, -1).T)
    np.testing.assert_allclose(box.centre + np.diag(box.edges) / 2, corners.max(axis=0))
    np.testing.assert_allclose(box.centre - np.diag(box.edges) / 2, corners.min(axis=0))


def test_a_projection_onto_columns_is_their_marginal(rng, mixture):
    chosen, x = [2, 0], rng.normal(size=(9, 2))
    seen = mixture.projected(np.zeros(4), np.eye(4)[:, chosen])
    np.testing.assert_allclose(seen.log_density(x), mixture.marginal(chosen).log_density(x))
