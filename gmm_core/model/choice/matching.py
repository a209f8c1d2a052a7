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

    tiniest = np.finfo(float).tiny
    sizes = [np.sqrt(np.maximum((resp**2).sum(axis=0), tiniest)) for resp in (own, other)]
    return np.asarray(linear_sum_assignment(own.T @ other / np.multiply.outer(*sizes), maximize=True)[1])


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
