"""Checks of the columns chosen for clustering; row numbers in messages are those of data rows, from 1."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError, TableError
from gmm_core.model.checking import LARGEST
from gmm_core.model.sample import check_weights
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.simple import Unchanged
from gmm_core.tables.column_facts import ANSWER, DATE, NUMBER, TEXT, numbers_of, storage_of
from gmm_core.tables.column_kinds import ANSWERS, YES

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Outside = NDArray[np.bool_]

LEAVE_OUT = "Leave that column out."

_HOLDS = {NUMBER: "numbers", DATE: "dates", ANSWER: "yes or no", TEXT: "text"}


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
    return numbers_of(_stored_as(NUMBER, table, name))


def date_column(table: pd.DataFrame, name: str) -> "pd.Series[Any]":
    """Dates of a column, (N,), as its own clock shows them; ``DataError`` where it holds no dates."""
    return _stored_as(DATE, table, name).dt.tz_localize(None)


def answer_column(table: pd.DataFrame, name: str) -> Floats:
    """Yes as 1 and no as 0, (N,), with NaN in the gaps; ``DataError`` where a column says anything else."""
    words = table[name].astype("str").str.strip().str.lower().str.removesuffix(".0")
    strange = words[~words.isin(ANSWERS) & words.notna()]
    if len(strange):
        raise DataError(f"Column “{name}” holds {strange.iloc[0]!r}, neither yes nor no.", LEAVE_OUT, columns=[name])
    return np.where(words.isna(), np.nan, words.isin(YES).to_numpy(dtype=float))


def _stored_as(storage: str, table: pd.DataFrame, name: str) -> "pd.Series[Any]":
    found = storage_of(table[name])
    if found != storage:
        problem = f"Column “{name}” holds {_HOLDS[found]}, not {_HOLDS[storage]}."
        raise DataError(problem, LEAVE_OUT, columns=[name])
    return table[name]


def check_transformable(x: Floats, outside: Outside, transform: type[Transform], name: str, rows: Rows) -> None:
    """Raise ``DataError`` for values (N,) that a transform doesn't take, naming column and row, and what would."""
    refused = np.flatnonzero(outside)
    if not len(refused):
        return
    others = [each for each in TRANSFORMS.values() if each not in (Unchanged, transform)]
    takers = [each.words for each in others if not each.refused(x).any()]
    value = float(x[refused[0]])
    raise DataError(
        f"Column “{name}” cannot go through “{transform.words}”, which needs values {transform.needs}: "
        f"{len(refused):,} value(s) are not, the first, {value:g}, in row {rows[refused[0]] + 1:,}.",
        f"Take {' or '.join(takers)}, or leave those rows out with a filter.",
        rows=rows[refused[:20]].tolist(),
        columns=[name],
        value=value,
    )


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


def check_finite(values: Floats, columns: Sequence[str], positions: Rows) -> None:
    """Raise ``DataError`` for the first column with infinite values, naming their first row by its position."""
    infinite = np.isinf(values)
    for name, column, value in zip(columns, infinite.T, values.T, strict=True):
        rows = positions[np.flatnonzero(column)].tolist()
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


def check_complete(settled: Floats, columns: Sequence[str]) -> None:
    """Raise ``DataError`` where gaps are left open: a row with one has no principal components."""
    if np.isnan(settled).any():
        worst = columns[int(np.isnan(settled).sum(axis=0).argmax())]
        remedy = "Leave out the rows with gaps or fill them."
        raise DataError(f"Principal components need every value, and “{worst}” has gaps.", remedy, columns=[worst])


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
