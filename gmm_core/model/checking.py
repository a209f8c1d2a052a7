"""Checks at the edge: what a table of numbers must be before anything is computed."""

from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError, TooFewRowsError
from gmm_core.model.conversion import as_floats, column_names
from gmm_core.model.em.forms import Array

LARGEST = 1e100
"""Largest absolute value of a cell: squares of values beyond it may overflow."""

POSITION = "position"
"""Name of a frame's index that says where its rows stand in the table they were taken from."""

RESHAPE = "Reshape your data: X.reshape(-1, 1) (of a Series, .to_frame()) is one column, X.reshape(1, -1) one row."
"""What to do about numbers that are no table."""

DISTINCT_SAMPLE = 1_000
"""Rows among which K distinct ones are looked for before all rows are."""


def as_table(x: Any, n_features: int | None = None, gaps: bool = False) -> tuple[Array, tuple[str, ...]]:
    """``x`` as an (N, D) array of finite floats, or NaN where ``gaps`` are allowed, with names for its columns.

    Raises
    ------
    DataError
        Where ``x`` is not two-dimensional, empty, not numeric, of another width than ``n_features``, or holds gaps
        that are not allowed, infinite values, or values beyond ``LARGEST``.
    """
    table, columns = as_rows(x, n_features)
    check_cells(table, columns, gaps)
    return table, columns


def as_rows(x: Any, n_features: int | None = None) -> tuple[Array, tuple[str, ...]]:
    """As ``as_table``, but whatever values the rows hold: see ``check_cells``."""
    names = column_names(x)
    table = as_floats(x)
    if table.ndim != 2:
        raise DataError(f"Expected a table with rows and columns, got {table.ndim} dimension(s).", RESHAPE)
    columns = tuple(f"column {i + 1}" for i in range(table.shape[1])) if names is None else tuple(map(str, names))
    if 0 in table.shape:
        raise DataError(_emptiness(table.shape), "It needs rows and columns.")
    if n_features is not None and table.shape[1] != n_features:
        raise DataError(
            f"X has {table.shape[1]} features, but GaussianMixture is expecting {n_features} features as input.",
            "Give the columns of the fit, in the same order.",
        )
    return table, columns


def check_cells(table: Array, columns: tuple[str, ...], gaps: bool = False, weights: Array | None = None) -> None:
    """Raise ``DataError`` for gaps that are not allowed, and infinite or too large values, in rows with a weight."""
    if table.min() >= -LARGEST and table.max() <= LARGEST:  # both are nan, and this false, where there is a gap
        return
    bad = np.abs(table) > LARGEST if gaps else ~(np.abs(table) <= LARGEST)
    if weights is not None:
        bad &= (weights > 0)[:, None]
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


def row_positions(x: Any, n_rows: int) -> NDArray[np.intp]:
    """Where the rows of ``x`` stand in the table they come from: a frame's index called ``POSITION``, else 0, 1, ..."""
    index = getattr(x, "index", None)
    return np.asarray(index, dtype=np.intp) if getattr(index, "name", None) == POSITION else np.arange(n_rows)


def feature_names(x: Any) -> NDArray[np.object_] | None:
    """The columns' names (D,) where ``x`` is a frame whose names are all text, as scikit-learn keeps them."""
    names = column_names(x)
    if not names or not all(isinstance(name, str) for name in names):
        return None
    return np.array(names, dtype=object)


def check_names(x: Any, fitted: NDArray[np.object_] | None) -> None:
    """Raise ``DataError`` where ``x`` is a frame with other columns than those fitted, or in another order."""
    given = feature_names(x)
    if given is None or fitted is None or np.array_equal(given, fitted):
        return
    raise DataError(
        f"The feature names should match those of the fit: {_differences(given.tolist(), fitted.tolist())}.",
        f"Give the columns {', '.join(fitted)}, in this order.",
        columns=[name for name in given if name not in fitted] or given.tolist(),
    )


def check_reach(table: Array, columns: tuple[str, ...], centre: Array, spread: Array) -> None:
    """Raise ``DataError`` for rows farther than ``LARGEST`` spreads (D,) from a centre (D,)."""
    farthest = np.fmax(np.fmax.reduce(table) - centre, centre - np.fmin.reduce(table)) / spread
    beyond = np.flatnonzero(farthest > LARGEST)
    if len(beyond):
        column = beyond[0]
        row = int(np.nanargmax(np.abs(table[:, column] - centre[column])))
        raise DataError(
            f"Row {row + 1}, {columns[column]}: the value {table[row, column]:g} lies too far from all groups.",
            "Give the rows in the units of the fit.",
            rows=[row],
            columns=[columns[column]],
            value=table[row, column],
        )


def check_whole(name: str, value: Any, least: int, most: float = np.inf) -> None:
    """Raise ``SettingsError`` where a setting is no whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, Integral) or not least <= int(value) <= most:
        end = "up" if most == np.inf else f"to {most}"
        raise SettingsError(f"{name} is {value!r}.", f"It must be a whole number from {least} {end}.", value=value)


def check_switch(name: str, value: Any) -> None:
    """Raise ``SettingsError`` where a setting is neither true or false nor a whole number from 0 up."""
    if not isinstance(value, bool | np.bool_):
        check_whole(name, value, 0)


def check_number(name: str, value: Any, most: float = LARGEST) -> None:
    """Raise ``SettingsError`` where a setting is no number from 0 to ``most``."""
    try:
        number = float(value) if isinstance(value, int | float | np.integer | np.floating) else np.nan
    except OverflowError:
        number = np.inf
    if not 0 <= number <= most:
        raise SettingsError(f"{name} is {value!r}.", f"It must be a number from 0 to {most:g}.", value=value)


def check_spread(table: Array, columns: tuple[str, ...], positions: NDArray[np.intp]) -> None:
    """Raise ``DataError`` for a single row, and for a column without values, or whose values are all the same.

    The rows have ``positions`` (N,) in the table they come from.
    """
    if len(table) == 1:
        row = int(positions[0])
        problem = f"Row {row + 1} is the only one that counts (n_samples = 1), and a single row has no spread."
        raise DataError(problem, "Give more rows.", rows=[row])
    values = np.ascontiguousarray(table.T)
    low, high = (each.reduce(values, axis=1, initial=np.nan) for each in (np.fmin, np.fmax))  # of the values alone
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


def _differences(given: list[str], fitted: list[str]) -> str:
    """What tells two lists of names apart, in words."""
    unseen = [name for name in given if name not in fitted]
    missing = [name for name in fitted if name not in given]
    parts = [f"{word} {', '.join(names)}" for word, names in (("unseen", unseen), ("missing", missing)) if names]
    return "; ".join(parts) or "they come in another order or more than once"


def _emptiness(shape: tuple[int, ...]) -> str:
    missing = "0 sample(s)" if shape[0] == 0 else "0 feature(s)"
    return f"The table has {missing} (shape=({shape[0]}, {shape[1]})) while a minimum of 1 is required."


def _fault(value: float) -> str:
    if np.isnan(value):
        return "is missing (NaN)"
    return "is infinite" if np.isinf(value) else f"is too large ({value:g})"


def _remedy(value: float) -> str:
    if np.isnan(value):
        return 'Drop those rows, fill the gaps first, or keep them: missing_values="em" fits rows with gaps.'
    return "Drop those rows or mend the values first."
