"""The table on one sheet of a workbook, from the cells on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from gmm_core.errors import TableError
from gmm_core.tables.cells import convert_cells
from gmm_core.tables.conversion import ConvertedTable, converted
from gmm_core.tables.foot import LOOKED_AT_FOOT, find_foot
from gmm_core.tables.isolated import Cells
from gmm_core.tables.limits import check_columns, check_rows
from gmm_core.tables.naming import column_names
from gmm_core.tables.numerals import POINT
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.sheet_layout import Cell, as_words, count_filled, fill_merged, find_header, find_top, is_filled

Rows = list[list[Cell]]


@dataclass(frozen=True, eq=False)
class Sheet:
    """The table of one sheet, and how it was read; the fields are those of ``ReadingNotes``."""

    title: str
    table: ConvertedTable
    header_rows: int
    top: int
    skipped: tuple[str, ...]
    foot: tuple[str, ...]
    n_blank: int

    @property
    def frame(self) -> pd.DataFrame:
        """The table itself."""
        return self.table.frame

    @property
    def has_numbers(self) -> bool:
        """Whether any column can be clustered at all."""
        return len(self.frame.select_dtypes("number").columns) > 0


def read_sheet(cells: Cells, options: ReadOptions) -> Sheet:
    """The table on a sheet.

    Raises
    ------
    TableError
        Where there is none, or it is beyond the limits.
    """
    title, rows = cells.title, cells.rows
    top = _top(cells, options.skip_lines)
    if top is None:
        raise TableError(f"Sheet “{title}” is empty.", "Choose a sheet that holds a table.")
    header, n_header = find_header(rows[top:], options.header_rows)
    body = rows[top + n_header :]
    filled = [row for row in body if any(map(is_filled, row))]
    kept = filled[: len(filled) - options.skip_foot]
    if not kept:
        raise TableError(f"Sheet “{title}” has a header but no rows below it.", "Add rows, or choose another sheet.")
    check_rows(len(kept))
    foot = _foot(filled, options.skip_foot)
    habits = options.habits(POINT, 0 if options.skip_foot else len(foot))
    table = converted(_named_columns(header, kept), habits, convert_cells)
    return Sheet(title, table, n_header, top, _skipped(rows[:top]), foot, len(body) - len(filled))


def _top(cells: Cells, skipped: int | None) -> int | None:
    """Position of the table's first row, once its merged cells are filled."""
    unmerged = count_filled(cells.rows)
    if cells.rows:
        fill_merged(cells.rows, cells.merged, cells.start)
    top = find_top(count_filled(cells.rows), unmerged)
    return top if top is None or skipped is None else min(skipped, len(cells.rows) - 1)


def _skipped(rows: Rows) -> tuple[str, ...]:
    """The words above the table; those of merged cells once."""
    lines = (" ".join(dict.fromkeys(as_words(cell) for cell in row if is_filled(cell))) for row in rows)
    return tuple(filter(None, lines))


def _foot(rows: Rows, n_left_out: int) -> tuple[str, ...]:
    words = [list(map(as_words, row)) for row in rows[-max(LOOKED_AT_FOOT, n_left_out) :]]
    return tuple(next(filter(None, row), "") for row in words[-n_left_out:]) if n_left_out else find_foot(words)


def _named_columns(header: Sequence[str], rows: Rows) -> dict[str, tuple[Cell, ...]]:
    """The columns by name, without those that have neither a name nor a cell that holds something."""
    named = zip(column_names(header), header, zip(*rows, strict=True), strict=True)
    columns = {name: cells for name, cell, cells in named if cell or any(map(is_filled, cells))}
    check_columns(len(columns))
    return columns
