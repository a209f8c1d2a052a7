"""The rows that a fit uses, and how often each counts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.model.conversion import as_floats
from gmm_core.model.em.forms import Array

HEAVIEST = 1e100
"""Largest row weight: sums of larger ones may overflow."""

LIGHTEST = 1e-100
"""Smallest row weight that is not zero: sums of smaller ones may vanish."""


@dataclass(frozen=True, eq=False)
class Sample:
    """The rows with a value and a weight: the others are left out, since they say nothing about groups.

    Attributes
    ----------
    table : (M, D) array
    weights : (M,) array or None
        How often each row counts, where not once.
    kept : (N,) array of bool
        Which rows of the whole table these are.
    n_rows : int
        Rows with a weight, those of gaps only among them.
    total_weight : float
        Sum of their weights.
    """

    table: Array
    weights: Array | None
    kept: NDArray[np.bool_]
    n_rows: int
    total_weight: float

    @property
    def counts(self) -> Array:
        """How often each row counts, (M,)."""
        return np.ones(len(self.table)) if self.weights is None else self.weights

    @classmethod
    def of(cls, table: Array, weights: Array | None) -> "Sample":
        """From a table (N, D) and checked row weights (N,)."""
        kept = np.asarray(~np.isnan(table).all(axis=1))
        if weights is None:
            return cls(table if kept.all() else table[kept], None, kept, len(table), len(table))
        kept &= weights > 0
        return cls(table[kept], weights[kept], kept, int(np.count_nonzero(weights)), float(weights.sum()))


def check_weights(weights: Any, n_rows: int) -> Array | None:
    """Row weights as (N,) floats, of 0 or more; None where every row counts once.

    Raises
    ------
    DataError
        For weights of another shape, that are no numbers, negative, not finite or out of range, or all zero.
    """
    if weights is None:
        return None
    found = _as_floats(weights)
    if found.shape != (n_rows,):
        remedy = f"Give one weight for each of the {n_rows} rows."
        raise DataError(f"The row weights have shape {found.shape}.", remedy, value=found.shape)
    bad = np.flatnonzero(~((found == 0) | ((found >= LIGHTEST) & (found <= HEAVIEST))))
    if len(bad):
        problem = f"Row {bad[0] + 1} has the weight {found[bad[0]]:g}; {len(bad)} such weight(s) in all."
        remedy = f"Give weights of 0, which leaves a row out, or from {LIGHTEST:g} to {HEAVIEST:g}."
        raise DataError(problem, remedy, rows=bad[:20].tolist(), value=found[bad[0]])
    if not found.any():
        raise DataError("All row weights are zero, so no row is left.", "Give some rows a weight above 0.")
    return None if (found == 1).all() else found


def _as_floats(weights: Any) -> Array:
    try:
        return as_floats(weights)
    except DataError:
        raise DataError("The row weights are not numbers.", "Give one number for each row.") from None
