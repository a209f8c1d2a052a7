"""Which component of one mixture is which of another, and how much of a cluster comes again."""

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array


def matching_order(own: Array, other: Array) -> NDArray[np.intp]:
    """The order of the components of ``other`` in which they overlap most with ``own``: memberships (N, K) of rows.

    The overlap of two components is the sum of the products of their memberships, by the geometric mean of what each
    has with itself, so that small groups count as much as large ones. Source of the assignment: Kuhn (1955).
    """
    from scipy.optimize import linear_sum_assignment

    return np.asarray(linear_sum_assignment(_overlaps(own, other), maximize=True)[1])


def similarities(
    labels: NDArray[np.intp], others: NDArray[np.intp], n_clusters: int, counts: Array | None = None
) -> Array:
    """Jaccard's similarity of each cluster to the most similar of another clustering, (n_clusters,).

    The rows that two clusters share, as a part of the rows in either. Labels (N,) run from 0 to ``n_clusters`` - 1,
    others (-1 for noise) are in no cluster; rows may have ``counts`` (N,). A cluster without rows has 0.

    Source: Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52, section 2.
    """
    size = n_clusters + 1  # -1 counts from the end: the last is no cluster
    cells = labels % size * size + others % size
    shared = np.bincount(cells, counts, size * size).reshape(size, size)
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0) - shared
    return np.asarray((shared / np.where(either > 0, either, 1.0))[:-1, :-1].max(axis=1))


def counterparts(own: Array, other: Array, least: float = 0.5) -> NDArray[np.intp]:
    """For each cluster of ``other`` the one of ``own`` that it goes with, (C,); -1 for none.

    Parameters
    ----------
    own, other : (N, B) and (N, C) arrays
        Memberships of the same rows.
    least : float
        The overlap of two clusters, 0 to 1, below which they are not the same: the sum of the products of their
        memberships by the geometric mean of what each has with itself.
    """
    return _assigned(_overlaps(own, other), least)


def nearest_counterparts(own: Array, other: Array, spread: Array, farthest: float = 0.75) -> NDArray[np.intp]:
    """The same for clusters of other rows, by their centres (B, D) and (C, D).

    ``farthest`` is how far apart, in root mean square over the columns in their ``spread`` (D,), two centres of one
    cluster may lie.
    """
    away = (own[:, None] - other) / np.where(spread > 0, spread, 1.0)  # (B, 1, D) - (C, D)
    return _assigned(-np.sqrt((away**2).mean(axis=2)), -farthest)


def _overlaps(own: Array, other: Array) -> Array:
    """Of each cluster with each, (B, C): 1 for the same one."""
    tiniest = np.finfo(float).tiny
    sizes = [np.sqrt(np.maximum((resp**2).sum(axis=0), tiniest)) for resp in (own, other)]
    return np.asarray(own.T @ other / np.multiply.outer(*sizes))


def _assigned(likeness: Array, least: float) -> NDArray[np.intp]:
    """For each column the row that it is paired with in the best assignment, where they are alike enough."""
    from scipy.optimize import linear_sum_assignment

    found = np.full(likeness.shape[1], -1, dtype=np.intp)
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    alike = likeness[rows, columns] >= least
    found[columns[alike]] = rows[alike]
    return found
