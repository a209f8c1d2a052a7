"""Where the table lies on a sheet: below title lines and blank rows, between blank columns."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from gmm_core.tables.header import count_header_rows, joined

SEARCHED_ROWS = 100
"""Rows among which the table's first row is looked for."""

Cell = Any
"""What calamine makes of a cell: float, int, str, bool, a date, a time; ``""`` for a blank one."""

Row = Sequence[Cell]
Area = tuple[tuple[int, int], tuple[int, int]]


def count_filled(rows: Sequence[Row]) -> list[int]:
    """Cells that hold something, for each of the rows among which the table's first is looked for."""
    return [sum(map(is_filled, row)) for row in rows[:SEARCHED_ROWS]]


def find_top(filled: Sequence[int], unmerged: Sequence[int]) -> int | None:
    """Position of the table's first row, its header where it has one; ``None`` where all is blank.

    It is the first row that fills more than half as many cells as the fullest row does: title lines fill one or two, or
    one that was merged with all the others.

    Parameters
    ----------
    filled, unmerged : sequence of int
        Cells of each row that hold something, with and without those that a merged one covers.
    """
    counts = [one if one == 1 else merged for merged, one in zip(filled, unmerged, strict=True)]
    if not any(counts):
        return None
    return next(position for position, n_cells in enumerate(counts) if 2 * n_cells > max(counts))


def fill_merged(rows: Sequence[list[Cell]], merged: Iterable[Area], start: tuple[int, int]) -> None:
    """Copy the value of each merged cell into the blank cells that it covers, in place.

    Parameters
    ----------
    rows : sequence of rows, each a list
        Those of the used range.
    merged : iterable of ((row, column), (row, column))
        First and last cell of each merged one, on the sheet, from 0.
    start : (row, column)
        Where the used range begins on the sheet.
    """
    n_columns = len(rows[0])
    budget = len(rows) * n_columns  # merged cells don't overlap, unless somebody means harm
    for (first_row, first_column), (last_row, last_column) in merged:
        height = range(max(first_row - start[0], 0), min(last_row - start[0] + 1, len(rows)))
        width = range(max(first_column - start[1], 0), min(last_column - start[1] + 1, n_columns))
        budget -= len(height) * len(width)
        if budget < 0 or not height or not width:
            continue
        value = rows[height[0]][width[0]]
        for row, column in product(height, width):
            if rows[row][column] == "":
                rows[row][column] = value


def find_header(rows: Sequence[Row], given: int | None = None) -> tuple[tuple[str, ...], int]:
    """Names of the columns of a table, blank where there are none, and how many rows they take.

    Parameters
    ----------
    rows : sequence of rows
        From the table's first.
    given : int, optional
        Rows of the header, where a person says so.
    """
    first = [list(map(as_words, row)) for row in rows[:SEARCHED_ROWS]]
    count = count_header_rows(first) if given is None else min(given, len(first))
    return joined(first[:count]) if count else ("",) * len(rows[0]), count


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds more than white space."""
    return cell != "" and not (isinstance(cell, str) and not cell.strip())


def as_words(cell: Cell) -> str:
    """A cell as the words of a text file: whole numbers without a fraction, dates as ISO 8601."""
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    return cell.strip() if isinstance(cell, str) else str(cell)
