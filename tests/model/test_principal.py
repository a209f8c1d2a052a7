"""Principal components, and mixtures of them carried back to the columns."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.mixture import Mixture
from gmm_core.model.principal import principal_axes


@pytest.fixture
def x(rng) -> np.ndarray:
    return rng.normal(size=(60, 4)) @ np.array([[3, 1, 0, 0], [0, 1, 0.5, 0], [0, 0, 0.3, 0.1], [0, 0, 0, 0.05]]) + 7


@pytest.fixture
def plane() -> Mixture:
    covariances = np.array([[[1.0, 0.3], [0.3, 0.5]], [[2.0, 0.0], [0.0, 0.2]]])
    return Mixture(np.array([0.3, 0.7]), np.array([[-2.0, 0.0], [2.0, 0.5]]), covariances, "full")


def test_scores_have_the_variances_of_the_covariance_matrix_and_do_not_correlate(x):
    axes = principal_axes(x)
    wanted = np.sort(np.linalg.eigvalsh(np.cov(x.T, bias=True)))[::-1]
    np.testing.assert_allclose(axes.variances, wanted)
    np.testing.assert_allclose(np.cov(axes.scores(x).T, bias=True), np.diag(wanted), atol=1e-10)
    assert (axes.directions.max(axis=0) == np.abs(axes.directions).max(axis=0)).all()


@pytest.mark.parametrize(("wanted", "kept"), [(2, 2), (9, 4), (0.5, 1), (0.99, 3), (1.0, 4)])
def test_as_many_are_kept_as_are_wanted_or_hold_the_share(x, wanted, kept):
    axes = principal_axes(x, wanted)
    assert axes.loadings.shape == (4, axes.n_kept)
    if isinstance(wanted, float) and wanted < 1:
        assert axes.shares[: axes.n_kept].sum() >= wanted > axes.shares[: axes.n_kept - 1].sum()
    else:
        assert axes.n_kept == kept


@pytest.mark.parametrize("shape", [(5, 8), (8, 5), (60, 5)])
def test_long_and_wide_tables_have_the_directions_of_their_covariance_matrix(rng, shape):
    x = rng.normal(size=shape)
    axes = principal_axes(x)
    assert axes.directions.shape == (shape[1], min(shape[0] - 1, shape[1]))
    rebuilt = axes.directions * axes.variances @ axes.directions.T
    np.testing.assert_allclose(rebuilt, np.cov(x.T, bias=True), atol=1e-12)


def test_memberships_and_likelihood_are_the_same_in_components_and_in_columns(x, plane):
    axes = principal_axes(x, 2)
    of_columns = axes.mixture_of_columns(plane)
    scores = axes.scores(x)
    np.testing.assert_allclose(of_columns.memberships(x), plane.memberships(scores), atol=1e-10)
    np.testing.assert_allclose(of_columns.log_density(x), plane.log_density(scores) + axes.log_density_left_out(x))


def test_where_columns_follow_from_others_the_mixture_of_columns_still_has_densities(x, plane):
    doubled = np.column_stack([x, x[:, 0] + x[:, 1]])
    axes = principal_axes(doubled, 2)
    assert axes.directions.shape == (5, 4)
    of_columns = axes.mixture_of_columns(plane)
    np.testing.assert_allclose(of_columns.memberships(doubled), plane.memberships(axes.scores(doubled)), atol=1e-4)


def test_noise_takes_the_same_rows_where_nothing_that_varies_is_left_out(x, plane):
    flat = x[:, :2] @ np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -1.0]])
    axes = principal_axes(flat, 2)
    noisy = replace(plane, weights=plane.weights * 0.9, noise=Noise(0.1, Region(np.zeros(2), 20 * np.eye(2))))
    scores = axes.scores(flat)
    found = axes.mixture_of_columns(noisy).memberships(flat)
    np.testing.assert_allclose(found, noisy.memberships(scores), atol=1e-4)


@pytest.mark.parametrize("wanted", [2, 4])
def test_noise_keeps_its_share_and_its_mean_log_density(x, plane, wanted):
    axes = principal_axes(x, wanted)
    q = axes.n_kept
    noise = Noise(0.1, Region(np.zeros(q), 20 * np.eye(q)))
    means, covariances = np.zeros((1, q)), np.eye(q)[None]
    noisy = replace(plane, weights=np.array([0.9]), means=means, covariances=covariances, noise=noise)
    found = axes.mixture_of_columns(noisy).noise
    assert found.weight == 0.1
    left_out = axes.log_density_left_out(x)
    assert found.log_density == pytest.approx(noise.log_density + left_out.mean())
