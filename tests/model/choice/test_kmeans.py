"""Our k-means: scikit-learn's inertia, units, weights, many rows, bad input."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from gmm_core.errors import DataError, SettingsError, TooFewRowsError
from gmm_core.model.choice import kmeans
from gmm_core.model.choice.agreement import adjusted_rand
from gmm_core.model.choice.kmeans import k_means
from tests.model.drawing import grouped_table
from tests.model.reference_data import faithful, galaxies, iris

TABLES = [(faithful(), 2), (faithful(), 3), (iris(), 3), (iris(), 5), (galaxies(), 4)]
every_table = pytest.mark.parametrize(("table", "k"), TABLES, ids=lambda v: str(getattr(v, "shape", v)))


def inertia(X, centres, weights=1.0):
    return float((((X[:, None] - centres) ** 2).sum(axis=2).min(axis=1) * weights).sum())


@every_table
def test_its_best_start_is_no_worse_than_scikit_learns_of_ten(table, k):
    z = (table - table.mean(axis=0)) / table.std(axis=0)
    with threadpool_limits(1):
        theirs = KMeans(k, n_init=10, random_state=0).fit(z).inertia_
    assert k_means(z, k).inertia <= theirs * (1 + 1e-9)


@pytest.mark.parametrize(
    ("table", "k", "inertia"),
    [(faithful(), 2, 8901.769), (iris(), 3, 78.85144), (iris(), 2, 152.348)],
    ids=["faithful", "iris 3", "iris 2"],
)
def test_it_finds_the_sums_of_squares_that_r_prints(table, k, inertia):
    # kmeans(faithful, 2) and kmeans(iris[, 1:4], k, nstart = 25), tot.withinss
    assert k_means(table, k).inertia == pytest.approx(inertia, rel=1e-6)


@every_table
def test_labels_are_the_nearest_centres_and_centres_the_means_of_their_rows(table, k):
    found = k_means(table, k)
    np.testing.assert_array_equal(found.labels, ((table[:, None] - found.centres) ** 2).sum(axis=2).argmin(axis=1))
    np.testing.assert_allclose(found.centres, [table[found.labels == i].mean(axis=0) for i in range(k)])
    assert found.inertia == pytest.approx(inertia(table, found.centres), rel=1e-12)
    assert (np.diff(found.centres[:, 0]) >= 0).all()


@pytest.mark.parametrize("factor", [1e-90, 1e-9, 1e9, 1e90])
def test_one_unit_for_all_columns_changes_no_label(factor):
    first, second = k_means(iris(), 3), k_means(iris() * factor, 3)
    np.testing.assert_array_equal(first.labels, second.labels)
    assert second.inertia / factor / factor == pytest.approx(first.inertia, rel=1e-9)


def test_far_from_zero_it_keeps_its_digits():
    far = iris() + 1e6
    assert k_means(far, 3).inertia == pytest.approx(k_means(iris(), 3).inertia, rel=1e-8)


def test_whole_weights_are_repeated_rows(rng):
    X = grouped_table(rng, 60, 2, 3)
    weights = rng.integers(0, 4, 60)
    weighted, repeated = k_means(X, 3, sample_weight=weights), k_means(np.repeat(X, weights, axis=0), 3)
    np.testing.assert_allclose(weighted.centres, repeated.centres)
    assert weighted.inertia == pytest.approx(repeated.inertia)
    np.testing.assert_array_equal(np.repeat(weighted.labels, weights), repeated.labels)
    assert len(weighted.labels) == 60


@pytest.mark.parametrize("weighted", [False, True])
def test_many_rows_are_started_on_some_of_them_and_end_as_well(weighted, rng, monkeypatch):
    X = grouped_table(rng, 5_000, 3, 4)
    weights = rng.uniform(0.5, 2.0, 5_000) if weighted else None
    whole = k_means(X, 4, sample_weight=weights)
    monkeypatch.setattr(kmeans, "SCOUT_ROWS", 500)
    scouted = k_means(X, 4, sample_weight=weights)
    assert scouted.inertia == pytest.approx(whole.inertia, rel=1e-9)
    assert adjusted_rand(scouted.labels, whole.labels) == 1.0


def test_the_seed_decides_everything(rng):
    X = rng.normal(size=(300, 3))
    first, second, other = (k_means(X, 7, n_init=1, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.centres, second.centres)
    assert other.inertia != first.inertia


@pytest.mark.parametrize("k", [1, 4])
def test_as_many_clusters_as_rows_leave_nothing_over(k):
    X = np.arange(4.0)[:k, None]
    found = k_means(X, k)
    assert found.inertia == 0.0
    np.testing.assert_array_equal(found.labels, range(k))


@pytest.mark.parametrize(
    ("X", "k", "changes", "error", "sentence"),
    [
        ([[1.0], [1.0], [2.0]], 3, {}, TooFewRowsError, "in 2 distinct row"),
        ([[1.0], [np.nan]], 1, {}, DataError, "missing"),
        ([[1.0], [2.0]], 0, {}, SettingsError, "n_clusters is 0"),
        ([[1.0], [2.0]], 1, {"n_init": 0}, SettingsError, "n_init is 0"),
        ([[1.0], [2.0]], 1, {"sample_weight": [1.0]}, DataError, "row weights have shape"),
        ([[1.0], [2.0]], 2, {"sample_weight": [1.0, 0.0]}, TooFewRowsError, "in 1 distinct row"),
    ],
)
def test_what_cannot_be_clustered_is_said_in_a_sentence(X, k, changes, error, sentence):
    with pytest.raises(error, match=sentence):
        k_means(X, k, **changes)


def test_it_can_be_stopped_after_any_pass_with_what_there_is():
    X, seen = iris(), []
    watched = k_means(X, 3, n_init=4, watch=lambda n_done: bool(seen.append(n_done)) or True)
    assert watched.inertia == k_means(X, 3, n_init=4).inertia
    assert (seen, set(seen)) == (sorted(seen), {0, 1, 2, 3})
    stopped = k_means(X, 3, n_init=4, watch=lambda n_done: False)
    assert stopped.n_iterations == 1
    assert len(stopped.labels) == len(X)
