"""A few rows of many for a scatter: by their groups, and the odd ones among them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

ODD_SHARE = 0.1
"""Share of the sample that goes to the outermost rows."""

LEAST_SHARE = 0.5
"""Share of an equal portion that each group gets at least, as far as it has rows."""


def most_telling(X2: Floats, memberships: Floats, size: int, seed: int = 0) -> Positions:
    """Positions of ``size`` rows, rising: the outermost of their groups, and a sample of each group.

    Groups are drawn from in proportion to their rows, small ones more, so that none vanishes. The background of a
    large scatter shows the true densities; this is what lies on top of it.

    Parameters
    ----------
    X2 : (N, 2) array
    memberships : (N, K) array
    size : int
    seed : int

    Returns
    -------
    (min(size, N),) array of int
    """
    if size >= len(X2):
        return np.arange(len(X2))
    labels = memberships.argmax(axis=1)
    odd = _outermost(_distances(X2, labels, memberships.shape[1]), round(ODD_SHARE * size))
    labels[odd] = -1
    portions = _portions(np.bincount(labels + 1, minlength=memberships.shape[1] + 1)[1:], size - len(odd))
    rng = np.random.default_rng(seed)
    drawn = [
        rng.choice(np.flatnonzero(labels == k), portion, replace=False, shuffle=False)
        for k, portion in enumerate(portions)
    ]
    return np.sort(np.concatenate([odd, *drawn]))


def _outermost(distances: Floats, n: int) -> Positions:
    return np.argpartition(distances, len(distances) - n)[len(distances) - n :] if n else np.empty(0, dtype=np.intp)


def _distances(X2: Floats, labels: Positions, k: int) -> Floats:
    """Squared Mahalanobis distance of each row from its group's mean, (N,)."""
    distances = np.zeros(len(X2))
    for label in range(k):
        mine = np.flatnonzero(labels == label)
        if len(mine) > 2:
            x, y = X2[mine, 0], X2[mine, 1]
            x, y = x - x.mean(), y - y.mean()
            (xx, xy), (_, yy) = np.linalg.pinv(np.cov([x, y]))
            distances[mine] = xx * x**2 + 2 * xy * x * y + yy * y**2
    return distances


def _portions(sizes: Positions, total: int) -> Positions:
    """How many rows to draw from groups of these sizes, ``total`` in all: no group more than it has."""
    least = np.minimum(sizes, int(LEAST_SHARE * total / max(int(np.count_nonzero(sizes)), 1)))
    room = sizes - least
    more = (total - least.sum()) * room / max(room.sum(), 1)
    portions = least + more.astype(np.intp)
    left = total - portions.sum()
    order = np.argsort(-(more - np.floor(more)), kind="stable")
    for k in order[:left]:  # the largest remainders take what rounding left
        portions[k] += 1
    return np.minimum(portions, sizes)
