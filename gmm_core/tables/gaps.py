"""What is done with rows that have gaps: a registry of small objects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kept = NDArray[np.bool_]


@dataclass(frozen=True)
class GapRule:
    """A rule for rows with gaps.

    Parameters
    ----------
    name : str
        Its key, as in a recipe.
    words : str
        What it does, on screen.
    settle : callable
        From values (N, D), with NaN in the gaps, to the rows kept (N,) and the values of these rows, without gaps.
        Columns that are gaps throughout are none of its business: there are none.
    """

    name: str
    words: str
    settle: Callable[[Floats], tuple[Kept, Floats]]


def _drop(values: Floats) -> tuple[Kept, Floats]:
    kept = np.asarray(~np.isnan(values).any(axis=1))
    return kept, values if kept.all() else values[kept]


def _median(values: Floats) -> tuple[Kept, Floats]:
    filled = np.where(np.isnan(values), np.nanmedian(values, axis=0), values)
    return np.ones(len(values), dtype=bool), filled


GAP_RULES = {
    rule.name: rule
    for rule in (
        GapRule("drop", "leave out", _drop),
        GapRule("median", "fill with the median", _median),
    )
}
