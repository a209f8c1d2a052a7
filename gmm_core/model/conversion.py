"""From what people hand over as a table to an array of floats, with a sentence for what holds no numbers.

A gap in any spelling (None, ``pandas.NA``, a masked cell) becomes NaN. Text and dates are refused even where NumPy
would make numbers of them: whoever has "3" in a table has not noticed that it was read as text.
"""

from datetime import date, time, timedelta
from math import inf, isnan, nan
from numbers import Complex, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, NotNumericError
from gmm_core.model.em.forms import Array

NUMERIC = "biuf"
"""NumPy's kinds of numbers: truth values count as 0 and 1."""

GAPS = {"NoneType", "NAType", "NaTType"}
"""Names of the types whose one value says that there is none: pandas itself is not imported here."""

REFUSED: tuple[tuple[type | tuple[type, ...], str, str], ...] = (
    ((str, bytes), "text", "Turn the column into numbers, or leave it out."),
    ((date, time, np.datetime64), "a date or time", "Turn the column into numbers, such as days since a date."),
    ((timedelta, np.timedelta64), "a span of time", "Turn the column into numbers, such as hours."),
    (Complex, "a complex number", "Complex data not supported: give real numbers."),
)
"""Types of cells that are refused, though ``float`` takes some of them: what they are, and what to do."""


def column_names(x: Any) -> tuple[Any, ...] | None:
    """The columns' names where ``x`` is a frame or an Arrow table; None for any other array."""
    names = getattr(x, "column_names", getattr(x, "columns", None))
    return None if names is None else tuple(names)


def is_gap(cell: object) -> bool:
    """Whether a cell says that it holds no value: None, NaN, or pandas' NA and NaT."""
    return type(cell).__name__ in GAPS or (isinstance(cell, float | np.floating) and isnan(cell))


def as_floats(x: Any) -> Array:
    """``x`` as an array of floats in C order, of any shape, with NaN for gaps; not copied where it is one already.

    Raises
    ------
    DataError
        Where ``x`` is sparse, or its rows have different lengths.
    NotNumericError
        Where a cell is no number; the first of the first such column is named.
    """
    if hasattr(x, "tocsr"):
        raise DataError("A sparse matrix cannot be fitted.", "Make it dense with X.toarray() if memory allows.")
    if hasattr(x, "iloc") and np.ndim(x) == 2:
        return _frame(x)
    raw = _raw(x)
    if raw.dtype.kind in NUMERIC:
        return _plain(raw)
    if raw.ndim == 0:
        raise DataError(f"This is a {type(x).__name__}, no table.", "Give an array, a list of rows or a frame.")
    if raw.ndim != 2:
        return _cells(raw.ravel(), "the list").reshape(raw.shape)
    names = column_names(x) or [f"column {i + 1}" for i in range(raw.shape[1])]
    return _side_by_side([_cells(raw[:, i], name) for i, name in enumerate(names)], len(raw))


def _frame(frame: Any) -> Array:
    """A pandas frame, column by column unless all are of NumPy's own numbers."""
    if all(isinstance(dtype, np.dtype) and dtype.kind in "iuf" for dtype in frame.dtypes):
        return _plain(np.asarray(frame))
    return _side_by_side([_series(frame.iloc[:, i], name) for i, name in enumerate(frame.columns)], len(frame))


def _series(series: Any, name: object) -> Array:
    if series.dtype.kind in NUMERIC:
        return np.asarray(series.to_numpy(dtype=float, na_value=nan))
    return _cells(np.asarray(series, dtype=object), name)


def _side_by_side(columns: list[Array], n_rows: int) -> Array:
    return np.stack(columns, axis=1) if columns else np.empty((n_rows, 0))


def _raw(x: Any) -> NDArray[Any]:
    """``x`` as NumPy sees it, but without making text of the numbers of a list that holds some text."""
    try:
        if isinstance(x, np.ma.MaskedArray):
            return np.ma.filled(x.astype(float if x.dtype.kind in NUMERIC else object), nan)
        raw = np.asarray(x)
        return np.asarray(x, dtype=object) if raw.dtype.kind in "US" and not isinstance(x, np.ndarray) else raw
    except (TypeError, ValueError) as error:
        raise DataError(f"This is no table of numbers ({error}).", "Give rows of the same length.") from None


def _plain(numbers: NDArray[Any]) -> Array:
    with np.errstate(over="ignore"):  # a long double beyond the doubles becomes infinite, and is reported as that
        return np.asarray(numbers, dtype=float, order="C")


def _cells(cells: NDArray[Any], name: object) -> Array:
    """Cells (N,) of any type as floats."""
    _refuse(cells, name)
    out = np.empty(len(cells))
    for row, cell in enumerate(cells):
        try:
            out[row] = nan if type(cell).__name__ in GAPS else float(cell)
        except OverflowError:
            out[row] = inf
        except (TypeError, ValueError) as error:
            raise _not_numeric(row, name, cell, f"not a number ({error})", "Give numeric columns.") from None
    return out


def _refuse(cells: NDArray[Any], name: object) -> None:
    """Raise for the first cell of a type in ``REFUSED``; each type that occurs is looked up once."""
    reasons = {kind: reason for kind in set(map(type, cells)) if (reason := _reason(kind)) is not None}
    if reasons:
        row, cell = next((row, cell) for row, cell in enumerate(cells) if type(cell) in reasons)
        raise _not_numeric(row, name, cell, *reasons[type(cell)])


def _reason(kind: type) -> tuple[str, str] | None:
    if issubclass(kind, Real) or kind.__name__ in GAPS:
        return None
    return next(((what, remedy) for refused, what, remedy in REFUSED if issubclass(kind, refused)), None)


def _not_numeric(row: int, name: object, cell: object, what: str, remedy: str) -> NotNumericError:
    problem = f"Row {row + 1}, {name}: {str(cell)[:40]!r} is {what}."
    return NotNumericError(problem, remedy, rows=[row], columns=[str(name)], value=cell)
