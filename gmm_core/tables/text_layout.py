"""Where the rows of a text are: its dialect, its header, and the first byte after them."""

import io
import re
from dataclasses import dataclass

from gmm_core.errors import TableError
from gmm_core.tables.dialect import Dialect, find_dialect, rows_end_blank, split
from gmm_core.tables.limits import check_columns
from gmm_core.tables.mending import numbered_rows
from gmm_core.tables.options import ReadOptions

SAMPLE_BYTES = 1 << 18
SAMPLE_LINES = 20
"""The dialect is found on this much of a text: so many bytes, or so many lines where those are longer."""

LONGEST_SAMPLE = 1 << 23


@dataclass(frozen=True)
class TextLayout:
    """Where the rows of a text are.

    Parameters
    ----------
    dialect : Dialect
    header : tuple of str
        One cell a column; blank where the text gives no name.
    start : int
        First byte after the header.
    lines_above : int
        Lines of the file above that byte.
    """

    dialect: Dialect
    header: tuple[str, ...]
    start: int
    lines_above: int


def find_layout(text: bytes, options: ReadOptions, delimiter: str | None = None) -> TextLayout:
    """Layout of a text in UTF-8.

    Parameters
    ----------
    text : bytes
    options : ReadOptions
        What is not to be found out.
    delimiter : str, optional
        The delimiter that the text itself names, which ``options`` overrule.

    Raises
    ------
    TableError
        Where all cells are blank, or there are more columns than the limit.
    """
    sample = _sample(text)
    dialect = find_dialect(sample, options.delimiter or delimiter, options.decimal, options.has_header)
    first, n_lines = _first_row(sample, dialect.delimiter)
    check_columns(len(first))
    if not dialect.has_header:
        return TextLayout(dialect, ("",) * len(first), 0, 0)
    # Rows that end in a delimiter would be mended one by one, if they were not allowed for here.
    unnamed = ("",) if rows_end_blank(split(sample, dialect.delimiter)) else ()
    lines = io.StringIO(sample, newline="")
    start = sum(len(next(lines).encode()) for _ in range(n_lines))
    return TextLayout(dialect, first + unnamed, start, n_lines)


def without_sep_line(text: bytes) -> tuple[bytes, str | None]:
    """The text without the line ``sep=;`` by which a spreadsheet names its delimiter, and that delimiter."""
    found = re.match(rb'\s*"?sep=([^\r\n"])"?[ \t;,|]*(?:\r\n|\r|\n)', text[:64], re.IGNORECASE)
    if found is None or not found[1].isascii():
        return text, None
    return text[found.end() :], found[1].decode()


def _sample(text: bytes) -> str:
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


def _first_row(sample: str, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Cells of the first row that isn't blank, and the number of lines up to its end."""
    rows = numbered_rows(sample, delimiter, lines_above=0)
    for row, _, last_line in rows:
        if any(cell.strip() for cell in row):
            return tuple(cell.strip() for cell in row), last_line
    raise TableError("The file holds no table: all its cells are blank.", "Choose a file that holds a table.")
