"""A workbook's zip archive, checked and made safe to hand to calamine."""

import io
import zipfile
import zlib
from functools import partial

from gmm_core.errors import TableError
from gmm_core.tables.limits import MAX_SHEET_CELLS, MAX_UNPACKED_BYTES, megabytes
from gmm_core.tables.notes import counted
from gmm_core.tables.workbook_extent import Trimmed, measure, trim

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What is raised for archives that are damaged, locked or packed in an unknown way, and for rows beyond all numbers."""

N_EXAMPLES = 3


def safe_archive(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with no sheet that spans more than ``limits.MAX_SHEET_CELLS`` cells, and remarks on what was cut.

    Raises
    ------
    TableError
        Where the archive is damaged, unpacks to more than the limit, or a sheet is beyond its own even without the
        cells that lie apart from its table.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_unpacked(archive, name)
            trimmed = _trimmed_sheets(archive)
            return (_rewritten(archive, trimmed), _remarks(trimmed)) if trimmed else (data, ())
    except TableError:  # a ValueError as well
        raise
    except BROKEN as error:
        raise damaged(name) from error


def damaged(name: str) -> TableError:
    """The error for a workbook that can't be read to its end."""
    return TableError(f"{name} is a damaged workbook.", "Open it in a spreadsheet program, save it anew and load that.")


def _check_unpacked(archive: zipfile.ZipFile, name: str) -> None:
    size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED_BYTES:
        raise TableError(
            f"{name} unpacks to {megabytes(size)}; at most {megabytes(MAX_UNPACKED_BYTES)} are read.",
            "Save the one sheet that you need as CSV.",
            value=size,
        )


def _trimmed_sheets(archive: zipfile.ZipFile) -> dict[str, Trimmed]:
    """The parts whose cells span too much, trimmed, by name."""
    trimmed = {}
    for member in archive.infolist():
        if measure(partial(archive.open, member)).n_cells > MAX_SHEET_CELLS:
            trimmed[member.filename] = trim(archive.read(member))
            _check_span(trimmed[member.filename])
    return trimmed


def _check_span(sheet: Trimmed) -> None:
    n_cells = measure(partial(io.BytesIO, sheet.xml)).n_cells
    if n_cells > MAX_SHEET_CELLS:
        raise TableError(
            f"A sheet of the workbook spans {n_cells:,} cells; at most {MAX_SHEET_CELLS:,} are read.",
            "Save the table on it as CSV, or remove what lies far from it.",
            value=n_cells,
        )


def _rewritten(archive: zipfile.ZipFile, trimmed: dict[str, Trimmed]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, trimmed[name].xml if name in trimmed else archive.read(name))
    return out.getvalue()


def _remarks(trimmed: dict[str, Trimmed]) -> tuple[str, ...]:
    removed = [address for sheet in trimmed.values() for address in sheet.removed]
    if not removed:
        return ()
    examples = ", ".join(removed[:N_EXAMPLES]) + (", ..." if len(removed) > N_EXAMPLES else "")
    return (f"{counted(len(removed), 'cell')} far from the table left out ({examples}).",)
