"""Lloyd's algorithm: scikit-learn's answers, empty clusters, ties."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from gmm_core.model.em.lloyd import in_blocks, lloyd
from tests.model.reference_data import faithful, galaxies, iris

TABLES = [(faithful(), 2), (faithful(), 3), (iris(), 3), (iris(), 5), (galaxies(), 4)]
every_table = pytest.mark.parametrize(("table", "k"), TABLES, ids=lambda v: str(getattr(v, "shape", v)))


def inertia(X, centres, weights=1.0):
    return float((((X[:, None] - centres) ** 2).sum(axis=2).min(axis=1) * weights).sum())


@every_table
@pytest.mark.parametrize("weighted", [False, True])
def test_from_the_same_centres_it_ends_where_scikit_learn_does(table, k, weighted, rng):
    weights = rng.integers(1, 5, len(table)).astype(float) if weighted else None
    z = (table - table.mean(axis=0)) / table.std(axis=0)
    for _ in range(3):
        start = z[rng.choice(len(z), k, replace=False)]
        with threadpool_limits(1):
            theirs = KMeans(k, init=start, n_init=1, tol=0).fit(z, sample_weight=weights)
        ours = lloyd(in_blocks(z, weights), start)
        assert inertia(z, ours.centres, 1.0 if weights is None else weights) == pytest.approx(theirs.inertia_, rel=1e-9)
        np.testing.assert_allclose(ours.centres, theirs.cluster_centers_, atol=1e-9)


def test_a_cluster_without_rows_starts_again_from_the_farthest_row():
    z = np.array([[0.0], [0.1], [1.0], [1.1], [9.0]])
    ended = lloyd(in_blocks(z), np.array([[0.5], [0.5], [50.0]]))
    np.testing.assert_allclose(np.sort(ended.centres[:, 0]), [0.05, 1.05, 9.0])


def test_a_row_without_weight_is_no_place_to_start_again():
    z = np.array([[0.0], [0.1], [1.0], [99.0]])
    ended = lloyd(in_blocks(z, np.array([1.0, 1.0, 1.0, 0.0])), np.array([[0.5], [500.0]]))
    np.testing.assert_allclose(np.sort(ended.centres[:, 0]), [0.05, 1.0])


def test_equally_near_centres_share_no_row():
    z = np.array([[-1.0], [0.0], [1.0]])
    ended = lloyd(in_blocks(z), np.array([[-1.0], [1.0]]), most_passes=1)
    np.testing.assert_allclose(ended.centres[:, 0], [-0.5, 1.0])
