"""Where the rows of a text are: what stands above them, their header, and the first byte after it."""

import io
import re
from dataclasses import dataclass

from gmm_core.errors import TableError
from gmm_core.tables.dialect import SAMPLE_ROWS, find_top, lacks_corner, names_columns, rows_end_blank
from gmm_core.tables.header import count_header_rows, joined
from gmm_core.tables.limits import check_columns
from gmm_core.tables.mending import numbered_rows
from gmm_core.tables.options import ReadOptions

SAMPLE_BYTES = 1 << 18
SAMPLE_LINES = 20
"""The layout is found on this much of a text: so many bytes, or so many lines where those are longer."""

LONGEST_SAMPLE = 1 << 23


@dataclass(frozen=True)
class TextLayout:
    """Where the rows of a text are.

    Parameters
    ----------
    delimiter : str
        ``NO_DELIMITER`` for a single column.
    header : tuple of str
        One cell a column; blank where the text gives no name.
    header_rows : int
        Rows of names.
    start : int
        First byte after the header.
    lines_above : int
        Lines of the file above that byte.
    top : int
        Lines above the table.
    skipped : tuple of str
        Titles and comments in them.
    """

    delimiter: str
    header: tuple[str, ...]
    header_rows: int
    start: int
    lines_above: int
    top: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A row of the sample that isn't blank, and the lines that lie above and up to its end."""

    cells: list[str]
    above: int
    end: int


def find_layout(text: bytes, delimiter: str, options: ReadOptions) -> TextLayout:
    """Layout of a text in UTF-8.

    Parameters
    ----------
    text : bytes
    delimiter : str
    options : ReadOptions
        What is not to be found out.

    Raises
    ------
    TableError
        Where all cells are blank, or there are more columns than the limit.
    """
    sample = sample_of(text)
    lines = _first_lines(sample, delimiter)
    top = find_top([line.cells for line in lines]) if options.skip_lines is None else 0
    rows = _from_top(lines, top)
    count = _header_rows(rows) if options.header_rows is None else min(options.header_rows, len(rows))
    header = _completed(joined(rows[:count]), rows) if count else ("",) * len(rows[0])
    check_columns(len(header))
    n_lines = lines[top + count - 1].end if count else lines[top].above
    skipped = tuple(" ".join(filter(None, line.cells)) for line in lines[:top])
    return TextLayout(delimiter, header, count, _n_bytes(sample, n_lines), n_lines, lines[top].above, skipped)


def without_lines(text: bytes, n_lines: int) -> tuple[bytes, tuple[str, ...]]:
    """The text without its first lines, and those."""
    lines = io.StringIO(sample_of(text), newline="")
    skipped = [line for line, _ in zip(lines, range(n_lines), strict=False)]
    return text[sum(len(line.encode()) for line in skipped) :], tuple(line.strip() for line in skipped if line.strip())


def without_sep_line(text: bytes) -> tuple[bytes, str | None]:
    """The text without the line ``sep=;`` by which a spreadsheet names its delimiter, and that delimiter."""
    found = re.match(rb'\s*"?sep=([^\r\n"])"?[ \t;,|]*(?:\r\n|\r|\n)', text[:64], re.IGNORECASE)
    if found is None or not found[1].isascii():
        return text, None
    return text[found.end() :], found[1].decode()


def sample_of(text: bytes) -> str:
    """The first lines of a text, whole ones where there are any."""
    size = max(SAMPLE_BYTES, _end_of_line(text, SAMPLE_LINES))
    head = text[:size]
    whole = head.rfind(b"\n") + 1 if len(text) > size else 0
    return head[: whole or size].decode("utf-8", errors="replace")


def _end_of_line(text: bytes, number: int) -> int:
    end = 0
    for _ in range(number):
        end = text.find(b"\n", end, LONGEST_SAMPLE) + 1
        if not end:
            return min(len(text), LONGEST_SAMPLE)
    return end


def _first_lines(sample: str, delimiter: str) -> list[_Line]:
    lines: list[_Line] = []
    try:
        for row, first, end in numbered_rows(sample, delimiter, lines_above=0):
            if any(cell.strip() for cell in row):
                lines.append(_Line([cell.strip() for cell in row], first - 1, end))
            if len(lines) == SAMPLE_ROWS:
                break
    except TableError:  # of a later row: parsing will come to it
        if not lines:
            raise
    if not lines:
        raise TableError("The file holds no table: all its cells are blank.", "Choose a file that holds a table.")
    return lines


def _from_top(lines: list[_Line], top: int) -> list[list[str]]:
    """The rows from the table's first one, which may be a comment that names the columns."""
    rows = [line.cells for line in lines[top:]]
    return [[rows[0][0].lstrip("# "), *rows[0][1:]], *rows[1:]] if names_columns(rows) else rows


def _header_rows(rows: list[list[str]]) -> int:
    """Rows of names, judged on the rows that are as wide as the first; a second one is so in any case."""
    even = [row for row in rows if len(row) == len(rows[0])]
    return count_header_rows(even if rows[1:2] == even[1:2] else [rows[0]])


def _completed(header: tuple[str, ...], rows: list[list[str]]) -> tuple[str, ...]:
    """The header, with a blank name for cells that the rows have beyond it: row names, or nothing after a delimiter."""
    if lacks_corner(rows):
        return ("", *header)
    # Rows that end in a delimiter would be mended one by one, if they were not allowed for here.
    return (*header, "") if rows_end_blank(rows) else header


def _n_bytes(sample: str, n_lines: int) -> int:
    lines = io.StringIO(sample, newline="")
    return sum(len(next(lines).encode()) for _ in range(n_lines))
