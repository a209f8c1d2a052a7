"""Checks at the edge: what a table of numbers must be before anything is computed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, TooFewRowsError
from gmm_core.model.em.forms import Array

LARGEST = 1e100
"""Largest absolute value of a cell: squares of values beyond it may overflow."""

POSITION = "position"
"""Name of a frame's index that says where its rows stand in the table they were taken from."""

DISTINCT_SAMPLE = 10_000
"""Rows among which K distinct ones are looked for before all rows are."""


def as_table(x: Any, n_features: int | None = None) -> tuple[Array, tuple[str, ...]]:
    """``x`` as an (N, D) array of finite floats, with names for its columns.

    Raises
    ------
    DataError
        Where ``x`` is not two-dimensional, empty, not numeric, of another width than ``n_features``, or holds gaps,
        infinite values, or values beyond ``LARGEST``.
    """
    names = getattr(x, "columns", None)
    table = _as_floats(x)
    if table.ndim != 2:
        remedy = "For a single column use X.reshape(-1, 1)." if table.ndim == 1 else ""
        raise DataError(f"Expected a table with rows and columns, got {table.ndim} dimension(s).", remedy)
    columns = tuple(f"column {i + 1}" for i in range(table.shape[1])) if names is None else tuple(map(str, names))
    if 0 in table.shape:
        raise DataError(f"The table has {table.shape[0]} rows and {table.shape[1]} columns.", "It needs at least one.")
    if n_features is not None and table.shape[1] != n_features:
        raise DataError(
            f"The table has {table.shape[1]} columns, but the model was fitted to {n_features}.",
            "Give the same columns in the same order.",
        )
    _check_finite(table, columns)
    return table, columns


def row_positions(x: Any, n_rows: int) -> NDArray[np.intp]:
    """Where the rows of ``x`` stand in the table they come from: a frame's index called ``POSITION``, else 0, 1, ..."""
    index = getattr(x, "index", None)
    return np.asarray(index, dtype=np.intp) if getattr(index, "name", None) == POSITION else np.arange(n_rows)


def check_spread(table: Array, columns: tuple[str, ...]) -> None:
    """Raise ``DataError`` for the first column whose values are all the same."""
    constant = np.flatnonzero(table.max(axis=0) == table.min(axis=0))
    if len(constant):
        name = columns[constant[0]]
        raise DataError(
            f"{name} has the same value in every row, so it cannot separate groups.",
            "Leave that column out.",
            columns=[name],
            value=table[0, constant[0]],
        )


def check_distinct(table: Array, n_components: int) -> None:
    """Raise ``TooFewRowsError`` where there are fewer distinct rows than components."""
    if len(np.unique(table[:DISTINCT_SAMPLE], axis=0)) >= n_components:
        return
    n_distinct = len(np.unique(table, axis=0))
    if n_distinct < n_components:
        raise TooFewRowsError(
            f"{n_components} groups cannot be told apart in {n_distinct} distinct row(s).",
            f"Ask for {n_distinct} group(s) or fewer.",
            value=n_components,
        )


def _as_floats(x: Any) -> Array:
    try:
        table = np.asarray(x)
        if np.iscomplexobj(table):
            raise DataError("Complex numbers cannot be fitted.", "Give real numbers.")
        return np.asarray(table, dtype=float, order="C")
    except (TypeError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"The table holds something that is not a number ({error}).", "Give numeric columns.") from None


def _check_finite(table: Array, columns: tuple[str, ...]) -> None:
    if table.min() >= -LARGEST and table.max() <= LARGEST:  # both are nan, and this false, where there is a gap
        return
    bad = ~(np.abs(table) <= LARGEST)
    row, column = (int(i) for i in np.argwhere(bad)[0])
    value = table[row, column]
    raise DataError(
        f"Row {row + 1}, {columns[column]}: the value {_fault(value)}; {int(bad.sum())} such cell(s) in all.",
        "Drop those rows or fill the gaps first.",
        rows=np.unique(np.nonzero(bad)[0])[:20].tolist(),
        columns=[columns[i] for i in np.flatnonzero(bad.any(axis=0))],
        value=value,
    )


def _fault(value: float) -> str:
    if np.isnan(value):
        return "is missing (NaN)"
    return "is infinite" if np.isinf(value) else f"is too large ({value:g})"
