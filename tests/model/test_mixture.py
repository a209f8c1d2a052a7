"""The fitted mixture as a value, against loops over single rows."""

import dataclasses

import numpy as np
import pytest

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.families import FAMILIES
from gmm_core.model.mixture import Mixture
from tests.model import oracle
from tests.model.drawing import packed_covariances, spd

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def random_mixture(rng, family, n_components=3, n_features=3):
    """A mixture whose covariances obey the family."""
    dense = np.array([spd(rng, n_features) for _ in range(n_components)])
    _, dense = packed_covariances(family.form, dense)
    weights = rng.dirichlet(np.full(n_components, 3.0))
    return Mixture(weights, 2 * rng.normal(size=(n_components, n_features)), dense, family.name)


def plain(mixture):
    """Weights, means and covariances."""
    return mixture.weights, mixture.means, mixture.covariances


@pytest.fixture
def mixture(rng):
    """Three components of free shape in three dimensions."""
    return random_mixture(rng, FAMILIES["full"])


@pytest.fixture
def noisy(mixture):
    """The same three with a fifth of noise in a slanting box."""
    edges = np.array([[9.0, 2.0, 0.0], [0.0, 7.0, 1.0], [-1.0, 0.0, 8.0]])
    noise = Noise(0.2, Region(np.array([1.0, 0.0, -1.0]), edges))
    return dataclasses.replace(mixture, weights=0.8 * mixture.weights, noise=noise)


@every_family
def test_densities_memberships_and_labels_are_those_of_the_textbook(family, rng):
    mixture = random_mixture(rng, family)
    X = 3 * rng.normal(size=(40, 3))
    logs, resp = oracle.log_component_densities(X, *plain(mixture)), oracle.memberships(X, *plain(mixture))
    np.testing.assert_allclose(mixture.log_component_densities(X), logs, rtol=1e-12)
    np.testing.assert_allclose(mixture.log_density(X), oracle.log_densities(X, *plain(mixture)), rtol=1e-12)
    np.testing.assert_allclose(mixture.memberships(X), resp, rtol=1e-10)
    np.testing.assert_array_equal(mixture.labels(X), resp.argmax(axis=1))


def test_many_rows_are_taken_block_by_block_with_the_same_result(mixture, rng):
    X = 3 * rng.normal(size=(9000, 3))
    expected = np.concatenate([mixture.log_component_densities(X[at : at + 1]) for at in range(0, 9000, 500)])
    np.testing.assert_allclose(mixture.log_component_densities(X)[::500], expected, rtol=1e-12)


def test_rows_far_from_everything_keep_their_log_odds(mixture):
    far = np.array([[1e6, -1e6, 1e6], [1e30, 0.0, 0.0], [-1e60, 1e60, 1e60]])
    logs = oracle.log_component_densities(far, *plain(mixture))
    np.testing.assert_allclose(mixture.log_component_densities(far), logs, rtol=1e-9)
    assert np.isfinite(mixture.log_density(far)).all()
    np.testing.assert_array_equal(mixture.memberships(far)[np.arange(3), logs.argmax(axis=1)], 1.0)


def test_narrow_clusters_on_a_large_offset_keep_their_digits():
    mixture = Mixture(np.array([0.5, 0.5]), np.array([[1e6], [1e6 + 1e-3]]), np.full((2, 1, 1), 1e-8), "tied")
    X = np.array([[1e6], [1e6 + 5e-4], [1e6 + 1e-3]])
    gaps = (X - mixture.means.T) / 1e-4
    odds = -0.5 * (gaps[:, 1] ** 2 - gaps[:, 0] ** 2)
    found = mixture.log_component_densities(X)
    np.testing.assert_allclose(found[:, 1] - found[:, 0], odds, rtol=1e-7, atol=1e-7)


def test_a_component_of_weight_zero_gets_no_members_and_no_warning(rng):
    mixture = Mixture(np.array([1.0, 0.0]), np.zeros((2, 1)), np.ones((2, 1, 1)), "full")
    np.testing.assert_array_equal(mixture.memberships(np.array([[0.0], [5.0]])), [[1.0, 0.0], [1.0, 0.0]])


def test_no_rows_give_no_memberships(mixture):
    assert mixture.memberships(np.empty((0, 3))).shape == (0, 3)
    assert mixture.log_density(np.empty((0, 3))).shape == (0,)


def test_samples_have_the_shares_means_and_covariances_of_their_components(mixture):
    n_rows = 40_000
    X, labels = mixture.sample(n_rows, np.random.default_rng(1))
    assert X.shape == (n_rows, 3)
    for k in range(3):
        rows, s = X[labels == k], mixture.covariances[k]
        five_sigma = 5 * np.sqrt(np.diag(s) / len(rows))
        assert abs(len(rows) / n_rows - mixture.weights[k]) < 5 * np.sqrt(0.25 / n_rows)
        assert (np.abs(rows.mean(axis=0) - mixture.means[k]) < five_sigma).all()
        spread_of_a_covariance = np.sqrt((np.outer(np.diag(s), np.diag(s)) + s**2) / len(rows))
        assert (np.abs(np.cov(rows.T) - s) < 5 * spread_of_a_covariance).all()


def test_a_sample_is_the_same_for_the_same_generator(mixture):
    first, second = (mixture.sample(10, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


def test_a_large_sample_does_not_hold_a_matrix_for_every_row():
    n_features = 40
    wide = Mixture(np.ones(1), np.zeros((1, n_features)), np.eye(n_features)[None], "full")
    import tracemalloc

    tracemalloc.start()
    wide.sample(5_000, np.random.default_rng(0))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * 5_000 * n_features * 8


@every_family
def test_a_marginal_is_the_density_with_the_other_column_integrated_out(family, rng):
    mixture = random_mixture(rng, family, n_features=2)
    grid = np.linspace(-25, 25, 4001)
    for kept, x in [(0, 0.7), (1, -1.1)]:
        points = np.empty((len(grid), 2))
        points[:, kept], points[:, 1 - kept] = x, grid
        integral = np.exp(mixture.log_density(points)).sum() * (grid[1] - grid[0])  # exact for smooth tails
        found = np.exp(mixture.marginal([kept]).log_density(np.array([[x]])))[0]
        assert found == pytest.approx(integral, rel=1e-9)


@every_family
def test_a_marginal_keeps_the_chosen_columns_in_the_order_asked_for(family, rng):
    mixture = random_mixture(rng, family, n_features=4)
    some = mixture.marginal([3, 1])
    np.testing.assert_array_equal(some.means, mixture.means[:, [3, 1]])
    np.testing.assert_array_equal(some.covariances[:, 0, 1], mixture.covariances[:, 3, 1])
    assert (some.n_features, some.family) == (2, family.of_marginals)
    assert mixture.marginal([2, 0, 1, 3]).family == family.name


def test_rescaling_moves_the_mixture_and_takes_the_jacobian_off_its_log_density(mixture, rng):
    centre, scale = np.array([5.0, -1e4, 0.3]), np.array([1e-9, 1e9, 2.0])
    z = rng.normal(size=(20, 3))
    moved = mixture.rescaled(centre, scale).log_density(centre + scale * z)
    np.testing.assert_allclose(moved, mixture.log_density(z) - np.log(scale).sum(), rtol=0, atol=1e-4)
    scale_only = mixture.rescaled(np.zeros(3), scale).log_density(scale * z)
    np.testing.assert_allclose(scale_only, mixture.log_density(z) - np.log(scale).sum(), rtol=1e-11)


def test_a_permuted_mixture_has_the_same_density(mixture, rng):
    X = rng.normal(size=(10, 3))
    permuted = mixture.permuted([2, 0, 1])
    np.testing.assert_allclose(permuted.log_density(X), mixture.log_density(X), rtol=1e-12)
    np.testing.assert_allclose(permuted.memberships(X)[:, 0], mixture.memberships(X)[:, 2], rtol=1e-12)


def test_canonical_order_is_by_the_first_column_and_ties_by_the_next():
    means = np.array([[2.0, 0.0], [1.0, 5.0], [1.0, 3.0]])
    mixture = Mixture(np.full(3, 1 / 3), means, np.repeat(np.eye(2)[None], 3, axis=0), "full")
    assert mixture.canonical_order().tolist() == [2, 1, 0]


def test_a_mixture_knows_its_size_and_spreads(mixture):
    assert (mixture.n_components, mixture.n_features, mixture.n_parameters) == (3, 3, 2 + 9 + 18)
    expected = [np.sqrt(np.diag(s)) for s in mixture.covariances]
    np.testing.assert_allclose(mixture.standard_deviations, expected)


def test_a_mixture_is_frozen(mixture):
    with pytest.raises(dataclasses.FrozenInstanceError):
        mixture.weights = np.ones(3)


# -- with noise --------------------------------------------------------------------------------------------------------


def test_noise_is_one_more_density_the_last(noisy, rng):
    X = 3 * rng.normal(size=(40, 3))
    components = oracle.log_component_densities(X, *plain(noisy))
    level = np.log(0.2 / abs(np.linalg.det(noisy.noise.region.edges)))
    logs = np.column_stack([components, np.full(40, level)])
    resp = np.array([oracle.shares(row) for row in logs])
    np.testing.assert_allclose(noisy.log_component_densities(X), components, rtol=1e-12)
    np.testing.assert_allclose(noisy.log_density(X), [oracle.log_sum_exp(row) for row in logs], rtol=1e-12)
    np.testing.assert_allclose(noisy.memberships(X), resp, rtol=1e-10)
    labels = resp.argmax(axis=1)
    np.testing.assert_array_equal(noisy.labels(X), np.where(labels == 3, -1, labels))
    assert {-1, 0} <= set(noisy.labels(X))


def test_a_row_far_from_everything_is_noise(noisy):
    far = np.array([[1e6, -1e6, 1e6], [-1e60, 1e60, 1e60]])
    assert noisy.labels(far).tolist() == [-1, -1]
    np.testing.assert_array_equal(noisy.memberships(far)[:, 3], 1.0)


def test_samples_of_noise_lie_in_its_region(noisy):
    X, labels = noisy.sample(20_000, np.random.default_rng(1))
    region, rows = noisy.noise.region, X[labels == -1]
    assert abs(len(rows) / 20_000 - 0.2) < 5 * np.sqrt(0.25 / 20_000)
    u = np.linalg.solve(region.edges, (rows - region.centre).T)
    assert np.abs(u).max() <= 0.5
    np.testing.assert_allclose(u.var(axis=1), 1 / 12, rtol=0.1)


def test_another_unit_and_another_order_keep_the_noise(noisy, rng):
    centre, scale = np.array([5.0, -1e4, 0.3]), np.array([1e-9, 1e9, 2.0])
    z = rng.normal(size=(20, 3))
    moved = noisy.rescaled(centre, scale)
    np.testing.assert_allclose(
        moved.log_density(centre + scale * z), noisy.log_density(z) - np.log(scale).sum(), atol=1e-4
    )
    np.testing.assert_allclose(moved.memberships(centre + scale * z)[:, 3], noisy.memberships(z)[:, 3], atol=1e-4)
    permuted = noisy.permuted([2, 0, 1])
    np.testing.assert_allclose(permuted.memberships(z), noisy.memberships(z)[:, [2, 0, 1, 3]], rtol=1e-12)


def test_a_marginal_has_the_noise_spread_evenly_over_the_box_around_its_shadow(noisy):
    marginal = noisy.marginal([2])
    low, high = marginal.noise.region.centre[0] + 0.5 * np.array([-1, 1]) * marginal.noise.region.volume
    shadow = noisy.noise.sample(20_000, np.random.default_rng(0))[:, 2]
    assert low <= shadow.min()
    assert shadow.max() <= high
    assert np.ptp(shadow) > 0.9 * (high - low)
    assert marginal.noise.weight == 0.2


def test_what_was_held_and_the_noise_change_the_number_of_free_parameters(noisy):
    assert noisy.n_parameters == 2 + 9 + 18 + 2
    assert dataclasses.replace(noisy, held=("weights",)).n_parameters == 9 + 18 + 2
    assert dataclasses.replace(noisy, held=("weights", "means"), noise=None).n_parameters == 18
    assert dataclasses.replace(noisy, held=("means",)).permuted([1, 0, 2]).marginal([0]).n_parameters == 2 + 3 + 2
