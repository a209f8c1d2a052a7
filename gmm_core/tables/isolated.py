"""Workbooks read in a process of their own, with bounds on its memory and time.

calamine holds the rectangle that a sheet's cells span, and ends the process where there is no memory for it. For .xlsx
``workbook_extent`` looks at the cells first. The other formats (.xls, .xlsb, .ods) are rarer and each has its own way
of putting a cell far away, so they are read where nothing else can be harmed. This file is also that process: it is
run by its path, and imports only the standard library and calamine.
"""

import io
import pickle
import subprocess
import sys
from typing import Any, NamedTuple

SECONDS = 60
MEMORY = 3 * 1024**3
"""Most address space, in bytes, where the system lets that be bounded."""

LOCKED, BROKEN, TOO_LARGE = "locked", "broken", "too large"
"""Why there is nothing to be had."""


class Cells(NamedTuple):
    """A sheet: its name, whether it is seen, its rows, its merged cells, and where the used range begins."""

    title: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[Any, ...]
    start: tuple[int, int]


def read_apart(data: bytes, most_cells: int) -> tuple[Cells, ...] | str:
    """The worksheets of a workbook, or why there are none: ``LOCKED``, ``BROKEN`` or ``TOO_LARGE``."""
    command = [sys.executable, "-P", __file__, str(most_cells)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return TOO_LARGE
    if done.returncode:
        return TOO_LARGE if b"memory" in done.stderr or done.returncode == -9 else BROKEN
    found = pickle.loads(done.stdout)  # of our own child
    return found if isinstance(found, str) else tuple(Cells(*sheet) for sheet in found)


def _sheets(data: bytes, most_cells: int) -> list[tuple[Any, ...]] | str:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sheets = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            most_cells -= sheet.height * sheet.width
            if most_cells < 0:
                return TOO_LARGE
            seen = about.visible == SheetVisibleEnum.Visible
            merged = tuple(sheet.merged_cell_ranges or ())
            sheets.append((about.name, seen, sheet.to_python(), merged, sheet.start or (0, 0)))
    except PasswordError:
        return LOCKED
    except CalamineError:
        return BROKEN
    return sheets


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # not on this system; the time is bounded all the same
        pass


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.buffer.write(pickle.dumps(_sheets(sys.stdin.buffer.read(), int(sys.argv[1]))))
