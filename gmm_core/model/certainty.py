"""How certain memberships are: lead of the largest, entropy; and which rows that leaves undecided."""

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array


def margins(memberships: Array) -> Array:
    """Largest membership less the second largest, (N,), of memberships (N, K); 1 where there is one group only."""
    if memberships.shape[1] == 1:
        return np.ones(len(memberships))
    top = np.partition(memberships, -2, axis=1)[:, -2:]
    return np.asarray(top[:, 1] - top[:, 0])


def entropies(memberships: Array) -> Array:
    """Entropy of memberships (N, K) as a part of its most, (N,): 0 where one is all, 1 where all are even.

    Source: Bishop (2006), equation 1.98, divided by log K.
    """
    held = np.maximum(memberships, np.finfo(float).tiny)  # 0 log 0 is 0
    most = max(np.log(memberships.shape[1]), np.log(2.0))  # one group has no entropy
    return np.clip((memberships * -np.log(held)).sum(axis=1) / most, 0.0, 1.0)


def decided(memberships: Array, threshold: float) -> NDArray[np.intp]:
    """Position of the largest membership of each row (N, K), (N,); -1 where it is below the threshold."""
    labels = memberships.argmax(axis=1)
    return np.where(memberships.max(axis=1) < threshold, -1, labels)


def least_certain(certainty: Array, threshold: float, most: int | None = None) -> NDArray[np.intp]:
    """Positions of the rows with a certainty (N,) below the threshold, the least certain first; at most ``most``."""
    below = np.flatnonzero(certainty < threshold)
    if most is not None and len(below) > most:
        below = below[certainty[below] <= np.partition(certainty[below], most - 1)[most - 1]]
    return below[np.argsort(certainty[below], kind="stable")][:most]
