"""Columns of a workbook's cells to columns of a table."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from gmm_core.tables.conversion import EXACT, convert
from gmm_core.tables.converted import Converted
from gmm_core.tables.dates import AS_HOURS
from gmm_core.tables.habits import Habits
from gmm_core.tables.sheet_layout import Cell, as_words

Cells = Sequence[Cell]


def convert_cells(cells: Cells, column: str, habits: Habits) -> Converted:
    """A column of cells as numbers, dates, yes/no or text.

    Cells of one kind, blanks aside, keep it; blanks alone make a column of gaps. A mixture is read as the words of a
    text file would be, so that numbers stored as text and words among numbers meet the same rules.

    Parameters
    ----------
    cells : sequence, (N,)
        ``""`` where blank.
    column : str
        Its name, for the report.
    habits : Habits
        How words among the cells are read.
    """
    blanked, gap_words = _without_words(cells, habits.gap_words)
    found = _converted(blanked, column, habits)
    return replace(found, gap_words=found.gap_words + gap_words) if gap_words else found


def _without_words(cells: Cells, gap_words: frozenset[str]) -> tuple[Cells, Counter[str]]:
    """The cells with blank ones in place of these words and numbers, and how often each was there."""
    if not gap_words:
        return cells, Counter()
    words = [as_words(cell) for cell in cells]
    blanked = ["" if word in gap_words else cell for word, cell in zip(words, cells, strict=True)]
    return blanked, Counter(word for word in words if word in gap_words)


def _converted(cells: Cells, column: str, habits: Habits) -> Converted:
    kinds = frozenset(map(type, filter(_holds_something, cells)))
    make = next((make for known, make in KINDS if kinds <= known), None)
    if make is not None and column not in habits.as_text:
        return make(cells)
    return convert(_words(cells), column, habits)


def _words(cells: Cells) -> Any:
    return pa.chunked_array([pa.array(list(map(as_words, cells)), type=pa.string())])


def _holds_something(cell: Cell) -> bool:
    return bool(cell != "")


def _numbers(cells: Cells) -> Converted:
    """Numbers; of whole ones beyond those that a float carries, none is rounded."""
    if any(type(cell) is int and abs(cell) > EXACT for cell in cells):
        return convert(_words(cells), "", Habits())
    values = np.array([np.nan if cell == "" else cell for cell in cells], dtype=float)
    whole = bool(np.isfinite(values).all() and (np.abs(values) < EXACT).all() and (values == np.rint(values)).all())
    return Converted(pd.Series(values.astype(np.int64) if whole else values))


def _dates(cells: Cells) -> Converted:
    days = [None if cell == "" else np.datetime64(cell, "us") for cell in cells]
    return Converted(pd.Series(np.array(days, dtype="datetime64[us]")))


def _times(cells: Cells) -> Converted:
    """Times of the day and lengths of time, as hours."""
    return Converted(pd.Series([_hours(cell) for cell in cells], dtype=float), how=AS_HOURS)


def _hours(cell: Cell) -> float:
    if cell == "":
        return np.nan
    if isinstance(cell, dt.time):
        cell = dt.datetime.combine(dt.date.min, cell) - dt.datetime.min
    return float(cell / dt.timedelta(hours=1))


def _answers(cells: Cells) -> Converted:
    if "" in cells:
        return Converted(pd.Series([None if cell == "" else cell for cell in cells], dtype="boolean"))
    return Converted(pd.Series(np.array(cells, dtype=bool)))


KINDS: tuple[tuple[frozenset[type], Callable[[Cells], Converted]], ...] = (
    (frozenset({float, int}), _numbers),
    (frozenset({dt.date, dt.datetime}), _dates),
    (frozenset({dt.time, dt.timedelta}), _times),
    (frozenset({bool}), _answers),
)
"""Kinds of cells that a column may consist of, and what it becomes."""
