"""Columns of a workbook's cells to columns of a table."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from gmm_core.tables.conversion import EXACT, Converted, convert
from gmm_core.tables.numerals import POINT
from gmm_core.tables.sheet_layout import Cell, as_words

Cells = Sequence[Cell]


def convert_cells(cells: Cells, column: str) -> Converted:
    """A column of cells as numbers, dates, yes/no or text.

    Cells of one kind, blanks aside, keep it; blanks alone make a column of gaps. A mixture is read as the words of a
    text file would be, so that numbers stored as text and words among numbers meet the same rules.

    Parameters
    ----------
    cells : sequence, (N,)
        ``""`` where blank.
    column : str
        Its name, for the report.

    Returns
    -------
    series : pandas.Series, (N,)
    unread : Unread or None
        Cells that were no numbers and became gaps.
    """
    kinds = frozenset(map(type, filter(_holds_something, cells)))
    make = next((make for known, make in KINDS if kinds <= known), None)
    if make is not None:
        return make(cells), None
    words = pa.chunked_array([pa.array(list(map(as_words, cells)), type=pa.string())])
    return convert(words, column, POINT)


def _holds_something(cell: Cell) -> bool:
    return bool(cell != "")


def _numbers(cells: Cells) -> "pd.Series[Any]":
    values = np.array([np.nan if cell == "" else cell for cell in cells], dtype=float)
    whole = bool(np.isfinite(values).all() and (np.abs(values) < EXACT).all() and (values == np.rint(values)).all())
    return pd.Series(values.astype(np.int64) if whole else values)


def _dates(cells: Cells) -> "pd.Series[Any]":
    days = [None if cell == "" else np.datetime64(cell, "us") for cell in cells]
    return pd.Series(np.array(days, dtype="datetime64[us]"))


def _answers(cells: Cells) -> "pd.Series[Any]":
    if "" in cells:
        return pd.Series([None if cell == "" else cell for cell in cells], dtype="boolean")
    return pd.Series(np.array(cells, dtype=bool))


KINDS: tuple[tuple[frozenset[type], Callable[[Cells], "pd.Series[Any]"]], ...] = (
    (frozenset({float, int}), _numbers),
    (frozenset({dt.date, dt.datetime}), _dates),
    (frozenset({bool}), _answers),
)
"""Kinds of cells that a column may consist of, and what it becomes."""
