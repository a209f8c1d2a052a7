"""Workbooks of every format as sheets of cells: values only; no formula, link or macro is ever run.

.xlsx and .xlsm are checked for far-away cells and then read here, sheet by sheet as they are asked for; the other
formats are read by a process of their own (see ``isolated``).
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gmm_core.errors import TableError
from gmm_core.tables import isolated
from gmm_core.tables.formats import is_locked, is_modern_workbook, is_zip, locked
from gmm_core.tables.isolated import Cells
from gmm_core.tables.limits import MAX_SHEET_CELLS
from gmm_core.tables.workbook_archive import check_archive, damaged, safe_archive

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Result = TypeVar("Result")


@dataclass(frozen=True)
class Book:
    """A workbook: the names of its worksheets in order, those that are seen, the cells of one, and remarks on it."""

    titles: tuple[str, ...]
    visible: tuple[str, ...]
    cells: Callable[[str], Cells]
    remarks: tuple[str, ...] = ()


def open_book(data: bytes, name: str) -> Book:
    """A workbook of any format.

    Raises
    ------
    TableError
        Where it is damaged, locked or beyond the limits.
    """
    return _modern(data, name) if is_modern_workbook(data) else _apart(data, name)


def _modern(data: bytes, name: str) -> Book:
    safe, remarks = safe_archive(data, name)
    workbook = _calmly(lambda: _opened(safe), name)
    return Book(
        tuple(_titles(workbook, hidden=True)),
        tuple(_titles(workbook, hidden=False)),
        lambda title: _calmly(lambda: _cells(workbook, title), name),
        remarks,
    )


def _apart(data: bytes, name: str) -> Book:
    if is_locked(data):
        raise locked(name)
    if is_zip(data):
        check_archive(data, name)
    found = isolated.read_apart(data, MAX_SHEET_CELLS)
    if isinstance(found, str):
        raise ERRORS[found](name)
    sheets = {sheet.title: sheet for sheet in found}
    return Book(tuple(sheets), tuple(title for title, sheet in sheets.items() if sheet.visible), sheets.__getitem__)


def _too_large(name: str) -> TableError:
    return TableError(
        f"The sheets of {name} span too many cells; at most {MAX_SHEET_CELLS:,} are read.",
        "Save the table as .xlsx or CSV, or remove what lies far from it.",
    )


def _unreadable(name: str) -> TableError:
    return TableError(
        f"{name} is a damaged workbook, or one whose cells lie too far apart.",  # calamine calls both undetectable
        "Open it in a spreadsheet program, remove what lies far from the table, and save it as .xlsx or CSV.",
    )


ERRORS = {isolated.LOCKED: locked, isolated.BROKEN: _unreadable, isolated.TOO_LARGE: _too_large}
"""What is said where there is nothing to be had."""


def _calmly(read: Callable[[], Result], name: str) -> Result:
    """What ``read`` gives, with calamine's errors in our words."""
    from python_calamine import CalamineError, PasswordError

    try:
        return read()
    except PasswordError as error:
        raise locked(name) from error
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


def _cells(workbook: "CalamineWorkbook", title: str) -> Cells:
    sheet = workbook.get_sheet_by_name(title)
    return Cells(title, True, sheet.to_python(), tuple(sheet.merged_cell_ranges or ()), sheet.start or (0, 0))
