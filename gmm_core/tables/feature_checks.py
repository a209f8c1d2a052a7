"""Checks of the columns chosen for clustering; row numbers in messages are those of data rows, from 1."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError, TableError
from gmm_core.model.checking import LARGEST
from gmm_core.model.sample import check_weights
from gmm_core.tables.column_facts import ANSWER, DATE, NUMBER, TEXT, numbers_of, storage_of

Floats = NDArray[np.float64]

LEAVE_OUT = "Leave that column out."

_HOLDS = {DATE: "dates", ANSWER: "yes or no", TEXT: "text"}


def check_chosen(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raise where no column is chosen, one is chosen twice, or one isn't in the table just once."""
    if not columns:
        raise SettingsError("No column is chosen.", "Choose at least one numeric column.")
    if twice := [name for name, count in Counter(columns).items() if count > 1]:
        raise SettingsError(f"Column “{twice[0]}” is chosen twice.", "Choose it once.", value=twice[0])
    if missing := [name for name in columns if name not in table.columns]:
        raise TableError(f"The table has no column {_quoted(missing)}.", "Choose among its columns.", columns=missing)
    if many := [name for name in columns if (table.columns == name).sum() > 1]:
        raise TableError(f"The table has several columns called “{many[0]}”.", "Rename them.", columns=many)


def numeric_column(table: pd.DataFrame, name: str) -> Floats:
    """Values of a column, (N,), with NaN in the gaps; ``DataError`` where it isn't numeric."""
    series = table[name]
    storage = storage_of(series)
    if storage != NUMBER:
        raise DataError(f"Column “{name}” holds {_HOLDS[storage]}, not numbers.", LEAVE_OUT, columns=[name])
    return numbers_of(series)


def row_weights(table: pd.DataFrame, name: str | None) -> Floats | None:
    """How often each row counts, (N,), by a column of the table; None where each counts once.

    Raises ``TableError`` where there is no such column, and ``DataError``, which names the row, for what is no weight.
    """
    if name is None:
        return None
    check_chosen(table, [name])
    try:
        return check_weights(numeric_column(table, name), len(table))
    except DataError as error:
        raise DataError(f"Column “{name}” gives the weights. {error.problem}", error.remedy, columns=[name]) from None


def check_finite(values: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` for the first column with infinite values, naming their first row."""
    infinite = np.isinf(values)
    for name, column, value in zip(columns, infinite.T, values.T, strict=True):
        rows = [int(row) for row in np.flatnonzero(column)]
        if rows:
            raise DataError(
                f"Column “{name}” holds {len(rows):,} infinite value(s), the first in row {rows[0] + 1:,}.",
                "Correct or remove those rows, or leave the column out.",
                rows=rows[:20],
                columns=[name],
                value=float(value[rows[0]]),
            )


def check_size(values: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` for the first column with values beyond ``LARGEST``."""
    too_large = [name for name, column in zip(columns, values.T, strict=True) if (np.abs(column) > LARGEST).any()]
    if too_large:
        raise DataError(
            f"Column “{too_large[0]}” holds values beyond {LARGEST:.0e}, which are too large to compute with.",
            "Choose a larger unit or correct those values, or leave the column out.",
            columns=too_large,
        )


def check_filled(values: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` for columns without any value."""
    empty = [name for name, column in zip(columns, values.T, strict=True) if np.isnan(column).all()]
    if empty:
        raise DataError(f"Column “{empty[0]}” holds no values.", LEAVE_OUT, columns=empty)


def check_rows_left(settled: Floats, values: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` where no row is left once those with gaps are left out."""
    if not len(settled):
        worst = columns[int(np.isnan(values).sum(axis=0).argmax())]
        remedy = f"Leave out “{worst}”, the column with the most gaps."
        raise DataError("No row has a value in every chosen column.", remedy, columns=[worst])


def check_spread(settled: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` for columns with the same value in all rows that are left."""
    lows, highs = np.nanmin(settled, axis=0), np.nanmax(settled, axis=0)
    constant = [name for name, low, high in zip(columns, lows, highs, strict=True) if low == high]
    if constant:
        raise DataError(
            f"Column “{constant[0]}” has the same value in all {len(settled):,} rows used, "
            "so it cannot separate groups.",
            LEAVE_OUT,
            columns=constant,
        )


def _quoted(names: Sequence[str]) -> str:
    return " and no column ".join(f"“{name}”" for name in names)
