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


def as_table(x: Any, n_features: int | None = None, gaps: bool = False) -> tuple[Array, tuple[str, ...]]:
    """``x`` as an (N, D) array of finite floats, or NaN where ``gaps`` are allowed, with names for its columns.

    Raises
    ------
    DataError
        Where ``x`` is not two-dimensional, empty, not numeric, of another width than ``n_features``, or holds gaps
        that are not allowed, infinite values, or values beyond ``LARGEST``.
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
    _check_finite(table, columns, gaps)
    return table, columns


def row_positions(x: Any, n_rows: int) -> NDArray[np.intp]:
    """Where the rows of ``x`` stand in the table they come from: a frame's index called ``POSITION``, else 0, 1, ..."""
    index = getattr(x, "index", None)
    return np.asarray(index, dtype=np.intp) if getattr(index, "name", None) == POSITION else np.arange(n_rows)


def check_spread(table: Array, columns: tuple[str, ...]) -> None:
    """Raise ``DataError`` for the first column without values, or whose values are all the same."""
    low, high = (each.reduce(table, axis=0, initial=np.nan) for each in (np.fmin, np.fmax))  # of the values alone
    for name, least, most in zip(columns, low, high, strict=True):
        if not least < most:
            what = "has no value in any row" if np.isnan(least) else "has the same value in every row"
            problem = f"{name} {what}, so it cannot separate groups."
            raise DataError(problem, "Leave that column out.", columns=[name], value=least)


def check_distinct(table: Array, n_components: int) -> None:
    """Raise ``TooFewRowsError`` where there are fewer distinct rows than components."""
    if count_distinct(table[:DISTINCT_SAMPLE]) >= n_components:
        return
    n_distinct = count_distinct(table)
    if n_distinct < n_components:
        raise TooFewRowsError(
            f"{n_components} groups cannot be told apart in {n_distinct} distinct row(s).",
            f"Ask for {n_distinct} group(s) or fewer.",
            value=n_components,
        )


def count_distinct(table: Array) -> int:
    """Number of distinct rows of (N, D); gaps in the same columns are the same."""
    return len(np.unique(np.where(np.isnan(table), np.inf, table), axis=0))


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


def _check_finite(table: Array, columns: tuple[str, ...], gaps: bool) -> None:
    if table.min() >= -LARGEST and table.max() <= LARGEST:  # both are nan, and this false, where there is a gap
        return
    bad = np.abs(table) > LARGEST if gaps else ~(np.abs(table) <= LARGEST)
    if not bad.any():
        return
    row, column = (int(i) for i in np.argwhere(bad)[0])
    value = table[row, column]
    raise DataError(
        f"Row {row + 1}, {columns[column]}: the value {_fault(value)}; {int(bad.sum())} such cell(s) in all.",
        _remedy(value),
        rows=np.unique(np.nonzero(bad)[0])[:20].tolist(),
        columns=[columns[i] for i in np.flatnonzero(bad.any(axis=0))],
        value=value,
    )


def _fault(value: float) -> str:
    if np.isnan(value):
        return "is missing (NaN)"
    return "is infinite" if np.isinf(value) else f"is too large ({value:g})"


def _remedy(value: float) -> str:
    if np.isnan(value):
        return 'Drop those rows, fill the gaps first, or keep them: missing_values="em" fits rows with gaps.'
    return "Drop those rows or mend the values first."
