"""How far the groups of a mixture overlap, in all columns or in two of them.

Source: the Bhattacharyya bound on the error of two classes, Fukunaga (1990), Introduction to Statistical Pattern
Recognition, equations 3.151 and 3.152, summed over the pairs of groups: at most this share of rows is put into the
wrong group. It never falls as columns are left out.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

Pair = tuple[int, int]

MOST_COLUMNS = 16
"""Columns that are paired with each other; of all pairs of hundreds of columns there would be too many."""


def overlap(mixture: Mixture) -> float:
    """The bound for all columns together: 0 for groups far apart, more the more they overlap, 0 for one group."""
    return float(_overlaps(_shares(mixture), mixture.means[None], mixture.covariances[None])[0])


def column_overlaps(mixture: Mixture) -> Array:
    """The bound in each column by itself, (D,)."""
    return _overlaps(_shares(mixture), mixture.means.T[..., None], _variances(mixture)[..., None])


def pair_overlaps(mixture: Mixture, most: int = MOST_COLUMNS) -> dict[Pair, float]:
    """The bound in each two columns i < j, those in which groups stand apart most first.

    Of more than ``most`` columns only those are paired in which groups stand apart most by themselves.
    """
    telling = np.argsort(column_overlaps(mixture), kind="stable")
    pairs = list(combinations(sorted(telling[:most].tolist()), 2))
    if not pairs:
        return {}
    at = np.array(pairs)  # (P, 2)
    means = mixture.means[:, at].swapaxes(0, 1)  # (P, K, 2)
    covariances = mixture.covariances[:, at[:, :, None], at[:, None, :]].swapaxes(0, 1)  # (P, K, 2, 2)
    bounds = _overlaps(_shares(mixture), means, covariances)
    return {pairs[each]: float(bounds[each]) for each in np.argsort(bounds, kind="stable")}


def _shares(mixture: Mixture) -> Array:
    return np.asarray(mixture.weights / mixture.weights.sum())


def _variances(mixture: Mixture) -> Array:
    """Of each column in each group, as matrices of one row, (D, K, 1)."""
    return np.asarray(mixture.standard_deviations.T[..., None] ** 2)


def _overlaps(shares: Array, means: Array, covariances: Array) -> NDArray[np.float64]:
    """Bounds (P,) of P mixtures: means are (P, K, D), covariances (P, K, D, D)."""
    total = np.zeros(len(means))
    logdets = np.linalg.slogdet(covariances)[1]  # (P, K)
    for k, m in combinations(range(len(shares)), 2):
        middle = (covariances[:, k] + covariances[:, m]) / 2.0
        apart = means[:, k] - means[:, m]
        reach = (apart * np.linalg.solve(middle, apart[..., None])[..., 0]).sum(axis=1) / 8.0
        spread = (np.linalg.slogdet(middle)[1] - (logdets[:, k] + logdets[:, m]) / 2.0) / 2.0
        total += np.sqrt(shares[k] * shares[m]) * np.exp(-reach - spread)
    return total
