"""Every registered way of starting."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.em.seeding import SEEDINGS, get_seeding, nearest, one_hot, quantiles
from tests.model.drawing import grouped_table

every_seeding = pytest.mark.parametrize("seeding", SEEDINGS.values(), ids=SEEDINGS)


@pytest.mark.parametrize("shape", [(1, 1, 1), (5, 1, 5), (30, 1, 2), (30, 3, 4)], ids=str)
@every_seeding
def test_memberships_of_every_row_sum_to_one(seeding, shape, rng):
    n_rows, n_features, n_components = shape
    resp = seeding(rng.normal(size=(n_rows, n_features)), n_components, rng)
    assert resp.shape == (n_components, n_rows)
    assert resp.min() >= 0
    np.testing.assert_allclose(resp.sum(axis=0), 1.0, rtol=1e-14)


@every_seeding
def test_the_same_generator_gives_the_same_start(seeding, rng):
    z = rng.normal(size=(40, 2))
    first, second = (seeding(z, 3, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@every_seeding
def test_no_group_starts_empty_on_distinct_rows(seeding, rng):
    for _ in range(20):
        assert seeding(rng.normal(size=(12, 2)), 5, rng).sum(axis=1).min() > 0


@every_seeding
def test_fewer_distinct_rows_than_groups_is_no_crash(seeding, rng):
    resp = seeding(np.array([[0.0, 0.0]] * 6 + [[1.0, 1.0]] * 2), 4, rng)
    np.testing.assert_allclose(resp.sum(axis=0), 1.0)


@pytest.mark.parametrize("name", ["k-means++", "kmeans"])
def test_far_groups_are_found_at_once(name, rng):
    z = np.concatenate([rng.normal(size=(20, 2)) + centre for centre in ([0, 0], [40, 0], [0, 40])])
    labels = SEEDINGS[name](z, 3, rng).argmax(axis=0)
    assert all(len(set(labels[at : at + 20].tolist())) == 1 for at in (0, 20, 40))
    assert len(set(labels.tolist())) == 3


@pytest.mark.parametrize("seed", range(5))
def test_k_means_plus_plus_draws_far_rows_first(seed):
    z = np.append(np.linspace(0.0, 1.0, 300), 500.0)[:, None]
    labels = SEEDINGS["k-means++"](z, 2, np.random.default_rng(seed)).argmax(axis=0)
    assert (labels[:-1] != labels[-1]).all()


def test_k_means_never_ends_with_more_scatter_than_its_start(rng):
    def inertia(z, resp):
        centres = (resp @ z) / resp.sum(axis=1)[:, None]
        return sum(((z[r > 0] - c) ** 2).sum() for r, c in zip(resp, centres, strict=True))

    for seed in range(10):
        z = grouped_table(rng, 60, 2, 3)
        start, end = (SEEDINGS[name](z, 3, np.random.default_rng(seed)) for name in ("k-means++", "kmeans"))
        assert inertia(z, end) <= inertia(z, start) * (1 + 1e-12)


def test_quantiles_in_one_dimension_are_groups_of_equal_size_in_order(rng):
    z = rng.permutation(np.arange(12.0))[:, None]
    labels = quantiles(z, 4, rng).argmax(axis=0)
    by_value = labels[np.argsort(z[:, 0])].tolist()
    assert sorted(by_value, reverse=by_value[0] > 0) == by_value
    assert np.bincount(labels).tolist() == [3, 3, 3, 3]


def test_nearest_gives_each_row_to_its_closest_centre(rng):
    z, centres = rng.normal(size=(30, 2)), rng.normal(size=(4, 2))
    expected = [min(range(4), key=lambda k, x=x: float(((x - centres[k]) ** 2).sum())) for x in z]
    np.testing.assert_array_equal(nearest(z, centres), one_hot(np.array(expected), 4))


@pytest.mark.parametrize("name", ["k-means", "", None])
def test_an_unknown_way_of_starting_is_refused_with_those_there_are(name):
    with pytest.raises(SettingsError, match=r"There is no start .* Choose one of k-means\+\+, kmeans"):
        get_seeding(name)
