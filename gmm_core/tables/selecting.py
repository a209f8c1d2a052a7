"""Rows that a person chose on a chart: those between limits, and those of some groups."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

Limit = tuple[Floats, float, float]
"""A column (N,), and the lowest and the highest value that are chosen."""


def selected_rows(memberships: Floats, groups: Collection[int], limits: Sequence[Limit]) -> Rows:
    """Places of the rows within all limits that are likeliest in one of the groups, or in any where none is named.

    Memberships are (N, K). A row without a value in a limited column is not among them.
    """
    chosen = np.ones(len(memberships), dtype=bool)
    for values, low, high in limits:
        chosen &= (values >= low) & (values <= high)
    places = np.flatnonzero(chosen)
    return places[np.isin(memberships[places].argmax(axis=1), list(groups))] if groups else places


def group_counts(memberships: Floats, places: Rows) -> list[int]:
    """Of the rows at these places, how many are likeliest in each group: (K,)."""
    counts: list[int] = np.bincount(memberships[places].argmax(axis=1), minlength=memberships.shape[1]).tolist()
    return counts
