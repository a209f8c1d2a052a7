"""How far two groupings of the same rows agree."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def adjusted_rand(a: NDArray[Any], b: NDArray[Any]) -> float:
    """Adjusted Rand index of two labellings (N,): 1 where they agree, about 0 where only chance does.

    Source: Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218.
    """
    rows, columns = np.unique(a, return_inverse=True)[1], np.unique(b, return_inverse=True)[1]
    counts = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counts, (rows, columns), 1.0)
    both, first, second = (float((n * (n - 1)).sum()) for n in (counts, counts.sum(axis=1), counts.sum(axis=0)))
    pairs = len(a) * (len(a) - 1.0)
    by_chance = first * second / pairs if pairs else 0.0
    most = (first + second) / 2
    return (both - by_chance) / (most - by_chance) if most > by_chance else 1.0
