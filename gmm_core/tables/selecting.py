"""Rows that a person chose on a chart: those between limits, and those of some groups."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

Limit = tuple[Floats, float, float]
"""A column (N,), and the lowest and the highest value that are chosen."""


def selected_rows(labels: Rows, groups: Collection[int], limits: Sequence[Limit]) -> Rows:
    """Places of the rows within all limits whose label (N,) is one of the groups, or any where none is named.

    A row without a value in a limited column is not among them.
    """
    chosen = np.ones(len(labels), dtype=bool)
    for values, low, high in limits:
        chosen &= (values >= low) & (values <= high)
    places = np.flatnonzero(chosen)
    return places[np.isin(labels[places], list(groups))] if groups else places


def group_counts(labels: Rows, places: Rows, n_groups: int) -> list[int]:
    """Of the rows at these places, how many have each label, (K,)."""
    counts: list[int] = np.bincount(labels[places], minlength=n_groups).tolist()
    return counts


def in_order(places: Rows, order: Rows) -> Rows:
    """These places (M,) of all rows as they come in an ``order`` (N,) of them."""
    chosen = np.zeros(len(order), dtype=bool)
    chosen[places] = True
    return order[chosen[order]]
