"""Workbooks to tables: which sheet, and how it was read.

A formula gives the value that was saved with it. A merged cell fills all the cells that it covers. A value far away
from the table costs next to nothing: see ``workbook_extent`` and ``isolated``.
"""

from collections.abc import Callable, Sequence

from gmm_core.errors import TableError
from gmm_core.model.words import counted
from gmm_core.tables.books import open_book
from gmm_core.tables.foot import n_sums, sure_totals
from gmm_core.tables.limits import check_sheets
from gmm_core.tables.notes import ReadingNotes, ReadTable
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.sheet import Sheet, read_sheet


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
    book = open_book(data, name)
    check_sheets(len(book.titles))
    wanted = book.visible or book.titles if sheet is None else [_known(sheet, book.titles)]
    found = _best(lambda title: read_sheet(book.cells(title), options), wanted)
    blank = (f"{counted(found.n_blank, 'blank row')} left out.",) if found.n_blank else ()
    notes = ReadingNotes(
        "workbook",
        *found.frame.shape,
        header_rows=found.header_rows,
        top=found.top,
        skipped=found.skipped,
        foot=found.foot,
        foot_left_out=options.skip_foot > 0,
        ends_in_sums=not found.foot and n_sums(found.frame) > 0,
        n_totals=0 if options.skip_foot else sure_totals(found.frame, found.foot),
        sheet=found.title,
        sheets=book.titles,
        unread=found.table.unread,
        understood=found.table.understood,
        gap_words=found.table.gap_words,
        remarks=(*book.remarks, *blank),
    )
    return ReadTable(found.frame, name, notes)


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
