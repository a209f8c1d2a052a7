"""How far the cells of a sheet reach, read from its XML before the workbook is opened.

calamine holds the whole rectangle that a sheet's cells span in memory, and ends the process where that memory isn't to
be had: one value in the last cell of a sheet asks for half a terabyte (seen with python-calamine 0.9). So the cells'
addresses are looked at first, about a second for two million cells, and cells that lie apart from the table are taken
out where the rectangle would be too large. Cells without a value cost calamine nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 23
LONGEST_TAG = 1 << 16

APART_ROWS = 1_000
APART_COLUMNS = 100
"""So many empty rows or columns set cells apart from the table."""

Opener = Callable[[], IO[bytes]]
"""Opens a sheet's XML anew at each call."""

_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r\s*=\s*[\"']([0-9]+)[\"']")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s>/]")
_CELL_OR_ROW_TAG = re.compile(rb"<(?:\w+:)?(c|row)[\s>/]")
_ATTRIBUTES = rb"\s(?:[^<>\"'/]++|\"[^\"]*+\"|'[^']*+')*+"
_CELL = re.compile(rb"<((?:\w+:)?c)(" + _ATTRIBUTES + rb")(?:(/>)|>.*?</\1\s*>)", re.DOTALL)


@dataclass(frozen=True)
class Extent:
    """The rectangle that cells span, by first and last row and column, from 1; all 0 where there are no cells."""

    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0

    @property
    def n_cells(self) -> int:
        """Cells in it, blank ones counted."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.bottom else 0

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def joined(self, rows: Iterable[int], columns: Iterable[int]) -> "Extent":
        """The rectangle around this one and the cells at these rows and columns."""
        down = [row for row in (*rows, self.top, self.bottom) if row]
        across = [column for column in (*columns, self.left, self.right) if column]
        return Extent(min(down), min(across), max(down), max(across)) if down and across else self


@dataclass(frozen=True)
class Trimmed:
    """A sheet's XML without the cells that lie apart from its table, and the addresses of those that held something."""

    xml: bytes
    removed: tuple[str, ...]


def measure(open_sheet: Opener) -> Extent:
    """Rectangle that the cells of a sheet span, never too small: cells without an address are allowed for."""
    extent, n_unaddressed = Extent(), 0
    for piece in pieces(open_sheet):
        addresses = _ADDRESS.findall(piece)
        letters, digits = {letters for letters, _ in addresses}, {digits for _, digits in addresses}
        extent = extent.joined(map(int, digits), map(column_number, letters))
        n_unaddressed += len(_CELL_TAG.findall(piece)) - len(addresses)
    return _allowing_for_unaddressed(extent, open_sheet) if n_unaddressed else extent


def trim(xml: bytes) -> Trimmed:
    """Take out the cells that ``APART_ROWS`` empty rows or ``APART_COLUMNS`` empty columns set apart from the rest."""
    places = [_place(found[2]) for found in _CELL.finditer(xml) if not found[3]]
    table = _bulk(np.array([place for place in places if place], dtype=np.int64).reshape(-1, 2))
    removed: list[str] = []

    def kept(found: re.Match[bytes]) -> bytes:
        place = _place(found[2])
        if place is None or table.holds(*place):
            return found[0]
        if not found[3]:
            removed.append(b"".join(_address(found[2])).decode())
        return b""

    return Trimmed(_CELL.sub(kept, xml), tuple(removed))


def column_number(letters: bytes) -> int:
    """Position of a column from its letters: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def pieces(open_sheet: Opener) -> Iterator[bytes]:
    """The XML from ``sheetData`` on, cut between tags; nothing where there is no ``sheetData``."""
    rest, begun = b"", False
    with open_sheet() as file:
        while chunk := file.read(CHUNK):
            piece = rest + chunk
            begun = begun or b"sheetData" in piece
            cut = max(piece.rfind(b"<"), len(piece) - LONGEST_TAG)
            if begun:
                yield piece[:cut]
            rest = piece[cut:]
    if begun:
        yield rest


def _allowing_for_unaddressed(extent: Extent, open_sheet: Opener) -> Extent:
    """Cells without an address follow the one before, in rows that follow the one before or have a number."""
    n_rows = longest = length = last_row = 0
    for piece in pieces(open_sheet):
        last_row = max(last_row, *map(int, _ROW_NUMBER.findall(piece)), 0)
        for tag in _CELL_OR_ROW_TAG.findall(piece):
            n_rows, length = (n_rows + 1, 0) if tag == b"row" else (n_rows, length + 1)
            longest = max(longest, length)
    return Extent(1, 1, max(extent.bottom, last_row) + n_rows, extent.right + longest)


def _address(attributes: bytes) -> tuple[bytes, bytes]:
    found = _ADDRESS.search(attributes)
    return (found[1], found[2]) if found else (b"", b"")


def _place(attributes: bytes) -> tuple[int, int] | None:
    letters, digits = _address(attributes)
    return (int(digits), column_number(letters)) if letters else None


def _bulk(places: NDArray[np.int64]) -> Extent:
    """Rectangle around the run of rows and the run of columns that hold most of the cells."""
    if not len(places):
        return Extent()
    top, bottom = _longest_run(places[:, 0], APART_ROWS)
    left, right = _longest_run(places[:, 1], APART_COLUMNS)
    return Extent(top, left, bottom, right)


def _longest_run(positions: NDArray[np.int64], apart: int) -> tuple[int, int]:
    """First and last position of the run with the most cells, where ``apart`` empty positions end a run."""
    ordered = np.sort(positions)
    runs = np.split(ordered, np.flatnonzero(np.diff(ordered) > apart) + 1)
    longest = max(runs, key=len)
    return int(longest[0]), int(longest[-1])
