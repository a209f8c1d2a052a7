"""Clusters as they were, on a bounded number of rows, so that they can be found again in another fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.choice.matching import counterparts, nearest_counterparts
from gmm_core.model.em.forms import Array

Rows = NDArray[np.intp]

MOST_ROWS = 5_000
ENOUGH = 30
"""Rows in common from which memberships tell which clusters go together; with fewer, centres do."""


@dataclass(frozen=True, eq=False)
class Anchor:
    """C clusters of the rows of a table.

    Attributes
    ----------
    source : str
        Which table: positions of rows mean the same rows in the same table only.
    rows : (N,) array of int
        Positions in the table, rising.
    memberships : (N, C) array
        Without a noise's column.
    columns : tuple of str, (D,)
    centres : (C, D) array
    spread : (D,) array
        Standard deviation of each column over all rows.
    """

    source: str
    rows: Rows
    memberships: Array
    columns: tuple[str, ...]
    centres: Array
    spread: Array

    @classmethod
    def of(cls, source: str, rows: Rows, memberships: Array, columns: tuple[str, ...], x: Array) -> "Anchor":
        """From all rows ``x`` (N, D), NaN in gaps; centres are of all, memberships kept of at most ``MOST_ROWS``."""
        centres = np.column_stack([_means(column, memberships) for column in x.T])
        some = slice(None, None, -(-len(rows) // MOST_ROWS))
        return cls(source, rows[some], memberships[some].copy(), columns, centres, np.nanstd(x, axis=0))

    def found_in(self, other: "Anchor") -> Rows:
        """For each cluster of ``other`` the one of these that it goes with, (C,); -1 for none.

        By overlap on the rows that both have; where there are none, by centres, in the same columns.
        """
        if self.source == other.source:
            _, mine, theirs = np.intersect1d(self.rows, other.rows, assume_unique=True, return_indices=True)
            if len(mine) >= min(ENOUGH, len(self.rows)):
                return counterparts(self.memberships[mine], other.memberships[theirs])
        if self.columns != other.columns:
            return np.full(len(other.centres), -1, dtype=np.intp)
        return nearest_counterparts(self.centres, other.centres, self.spread)


def _means(x: Array, memberships: Array) -> Array:
    """Of each cluster in one column, (C,); the mean of all rows for a cluster without rows."""
    present = ~np.isnan(x)
    held = memberships[present]
    sizes = held.sum(axis=0)
    return np.where(sizes > 0, held.T @ x[present] / np.where(sizes > 0, sizes, 1.0), x[present].mean())
