"""Excel workbooks to tables, through calamine: values only; no formula, link or macro is ever run.

A formula gives the value that was saved with it. A merged cell fills all the cells that it covers. A value far away
from the table costs next to nothing: see ``workbook_extent``.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from gmm_core.errors import TableError
from gmm_core.tables.cells import convert_cells
from gmm_core.tables.conversion import Unread
from gmm_core.tables.limits import check_columns, check_rows
from gmm_core.tables.naming import column_names
from gmm_core.tables.notes import ReadingNotes, ReadTable, counted
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.sheet_layout import Cell, fill_merged, find_top, header_of, is_filled
from gmm_core.tables.workbook_archive import damaged, safe_archive

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Sheet:
    """The table of one sheet, and how it was read."""

    title: str
    frame: pd.DataFrame
    has_header: bool
    unread: tuple[Unread, ...]
    n_blank: int

    @property
    def has_numbers(self) -> bool:
        """Whether any column can be clustered at all."""
        return len(self.frame.select_dtypes("number").columns) > 0


def read_workbook(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    """Read one sheet of an Excel workbook.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file.
    sheet : str, optional
        By default the first visible sheet whose table holds numbers, or else the first with a table.
    options : ReadOptions

    Raises
    ------
    TableError
        Where the workbook is damaged or beyond the limits, has no such sheet, or holds no table.
    """
    safe, remarks = safe_archive(data, name)
    workbook = _calmly(lambda: _opened(safe), name)
    titles = _titles(workbook, hidden=True)
    wanted = _titles(workbook, hidden=False) or titles if sheet is None else [_known(sheet, titles)]
    found = _best(lambda title: _calmly(lambda: _read_sheet(workbook, title, options), name), wanted)
    blank = (f"{counted(found.n_blank, 'blank row')} left out.",) if found.n_blank else ()
    notes = ReadingNotes(
        "workbook",
        *found.frame.shape,
        has_header=found.has_header,
        sheet=found.title,
        sheets=tuple(titles),
        unread=found.unread,
        remarks=remarks + blank,
    )
    return ReadTable(found.frame, name, notes)


def _calmly(read: Callable[[], Result], name: str) -> Result:
    """What ``read`` gives, with calamine's errors in our words."""
    from python_calamine import CalamineError

    try:
        return read()
    except CalamineError as error:
        raise damaged(name) from error
    except BaseException as error:  # a panic in calamine's Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error


def _opened(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _titles(workbook: "CalamineWorkbook", hidden: bool) -> list[str]:
    """Names of the worksheets, in order; charts and macros are left out."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in sheets if hidden or sheet.visible == SheetVisibleEnum.Visible]


def _known(sheet: str, titles: Sequence[str]) -> str:
    if sheet in titles:
        return sheet
    raise TableError(
        f"The workbook has no sheet called “{sheet}”.", f"Choose one of: {', '.join(titles)}.", value=sheet
    )


def _best(read: Callable[[str], Sheet], titles: Sequence[str]) -> Sheet:
    """The first sheet with numbers, or else the first with a table; the first sheet's error where there is none."""
    tables: list[Sheet] = []
    errors: list[TableError] = []
    for title in titles:
        try:
            tables.append(read(title))
        except TableError as error:
            errors.append(error)
            continue
        if tables[-1].has_numbers:
            return tables[-1]
    if tables:
        return tables[0]
    raise errors[0] if errors else TableError("The workbook has no sheets with cells.", "Load another one.")


def _read_sheet(workbook: "CalamineWorkbook", title: str, options: ReadOptions) -> Sheet:
    rows, top = _table_rows(workbook, title)
    header = header_of(rows[top], options.has_header)
    body = rows[top + (header is not None) :]
    filled = [row for row in body if any(map(is_filled, row))]
    if not filled:
        raise TableError(f"Sheet “{title}” has a header but no rows below it.", "Add rows, or choose another sheet.")
    check_rows(len(filled))
    columns = _named_columns(header or ("",) * len(rows[top]), filled)
    found = {name: convert_cells(cells, name) for name, cells in columns.items()}
    frame = pd.DataFrame({name: series for name, (series, _) in found.items()}, copy=False)
    unread = tuple(unread for _, unread in found.values() if unread is not None)
    return Sheet(title, frame, header is not None, unread, len(body) - len(filled))


def _table_rows(workbook: "CalamineWorkbook", title: str) -> tuple[list[list[Cell]], int]:
    """The rows of a sheet's used range, merged cells filled, and the position of the table's first one."""
    sheet = workbook.get_sheet_by_name(title)
    rows = sheet.to_python()
    top = find_top(rows)
    if top is None:
        raise TableError(f"Sheet “{title}” is empty.", "Choose a sheet that holds a table.")
    fill_merged(rows, sheet.merged_cell_ranges or (), sheet.start or (0, 0))
    return rows, top


def _named_columns(header: Sequence[str], rows: list[list[Cell]]) -> dict[str, tuple[Cell, ...]]:
    """The columns by name, without those that have neither a name nor a cell that holds something."""
    named = zip(column_names(header), header, zip(*rows, strict=True), strict=True)
    columns = {name: cells for name, cell, cells in named if cell or any(map(is_filled, cells))}
    check_columns(len(columns))
    return columns
