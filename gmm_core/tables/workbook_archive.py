"""A workbook's zip archive, checked and made safe to hand to calamine."""

import io
import re
import zipfile
from functools import partial

from gmm_core.errors import TableError
from gmm_core.model.words import counted
from gmm_core.tables.formats import BROKEN_ZIP
from gmm_core.tables.limits import MAX_SHEET_CELLS, MAX_UNPACKED_BYTES, megabytes
from gmm_core.tables.workbook_extent import Trimmed, measure, pieces, trim

N_EXAMPLES = 3

SHEETS = "xl/worksheets/"

_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^<>]*?hidden\s*=\s*[\"'](?:1|true)[\"']")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c(?![^<>]*\st\s*=\s*[\"']str)[^<>]*>"
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<>]*</(?:\w+:)?f>)(?:<(?:\w+:)?v(?:/>|></(?:\w+:)?v>))?</(?:\w+:)?c>"
)


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
            remarks = _remarks(trimmed) + _quirks(archive)
            return _rewritten(archive, trimmed) if trimmed else data, remarks
    except TableError:  # a ValueError as well
        raise
    except BROKEN_ZIP as error:
        raise damaged(name) from error


def check_archive(data: bytes, name: str) -> None:
    """Raise ``TableError`` for a workbook whose archive is damaged or unpacks to more than the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_unpacked(archive, name)
    except TableError:
        raise
    except BROKEN_ZIP as error:
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


def _quirks(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Sentences on hidden rows, and on formulas that nobody has computed yet."""
    hidden = formulas = 0
    for member in archive.infolist():
        if member.filename.startswith(SHEETS):
            for piece in pieces(partial(archive.open, member)):
                hidden += len(_HIDDEN.findall(piece))
                formulas += len(_UNCOMPUTED.findall(piece))
    rows = f"{counted(hidden, 'hidden row')} of the workbook {'was' if hidden == 1 else 'were'} read like the others."
    gaps = f"{counted(formulas, 'formula')} without a saved value count as gaps; save the workbook anew to have them."
    return ((rows,) if hidden else ()) + ((gaps,) if formulas else ())
