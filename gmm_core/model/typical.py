"""Typical rows: those where the model sees most of a cluster."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

Rows = NDArray[np.intp]

BLOCK = 65_536


def typical_rows(mixture: Mixture, x: Array, labels: Rows, clusters: Sequence[Sequence[int]], n: int = 3) -> list[Rows]:
    """Of each cluster the rows of highest density, at most ``n``, the most typical first.

    Among the rows of a single component these are the nearest to its mean in Mahalanobis distance; a cluster of several
    is judged by the mixture of its own. Rows with gaps are passed over, since their densities do not compare.

    Parameters
    ----------
    mixture : Mixture
    x : (N, D) array
        In the mixture's units.
    labels : (N,) array of int
        The cluster that each row is assigned to; numbers that are no cluster's for noise.
    clusters : sequence of sequences of int
        The components of each cluster.
    n : int

    Returns
    -------
    list of arrays of int, one a cluster
        Positions in ``x``; none for a cluster without rows.
    """
    found: list[tuple[Rows, Array]] = [(np.empty(0, dtype=np.intp), np.empty(0)) for _ in clusters]
    for start in range(0, len(x), BLOCK):
        at = start + np.flatnonzero(~np.isnan(x[start : start + BLOCK]).any(axis=1))
        densities = mixture.log_component_densities(x[at])
        for k, members in enumerate(clusters):
            mine = np.flatnonzero(labels[at] == k)
            own = densities[mine][:, list(members)]
            found[k] = _best(found[k], (at[mine], np.logaddexp.reduce(own, axis=1)), n)
    return [rows for rows, _ in found]


def _best(known: tuple[Rows, Array], more: tuple[Rows, Array], n: int) -> tuple[Rows, Array]:
    rows, densities = (np.concatenate(pair) for pair in zip(known, more, strict=True))
    order = np.argsort(-densities, kind="stable")[:n]
    return rows[order], densities[order]
