"""The sign between the columns of a delimited text, found on its first rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gmm_core.tables.numerals import COMMA, NUMERIC_GAP_WORDS, POINT

SAMPLE_ROWS = 200

NO_DELIMITER = "\x1f"
"""Stands for the delimiter of a single column; it does not occur in text."""

DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}
"""Delimiters, each in words, the least ambiguous first: a comma is often a decimal sign or part of a text."""

BLANKS = {"  ": rb"[ \t]{2,}", " ": rb"[ \t]+"}
"""Runs of blanks between columns: of two and more where words within a cell are one blank apart, or any."""

ALIKE = 0.9
"""Share of the rows that must have the commonest number of cells for a delimiter to be credible."""

Rows = list[list[str]]

_FRACTION = re.compile("[0-9][.,][0-9]")
_EITHER = re.compile(f"{POINT.pattern}|{COMMA.pattern}")


def split(sample: str, delimiter: str, n_rows: int = SAMPLE_ROWS) -> Rows:
    """The first rows of a text as trimmed cells; blank lines are left out."""
    rows: Rows = []
    if delimiter in BLANKS:
        sample, delimiter = without_blanks(sample.encode(), delimiter).decode(), NO_DELIMITER
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
            if len(rows) == n_rows:
                break
    except csv.Error:  # a cell beyond csv's limit: what stands before it must do
        pass
    return rows


def find_delimiter(sample: str) -> str:
    """The delimiter that splits header and rows alike, and of several such the one that leaves the cleanest cells.

    That the header has as many cells as the rows is what tells a delimiter from a comma inside a text or a number.
    Lines above the header and at the foot are left aside where they stand in the way. Where no delimiter does that, and
    none splits the header, lines that are numbers as they stand make one column; then evenness alone decides, then
    runs of blanks, then the header, and at last what splits most rows.
    """
    if nothing_else := [delimiter for delimiter in DELIMITERS if not sample.replace(delimiter, "").strip()]:
        return nothing_else[0]
    splits = {delimiter: rows for delimiter in DELIMITERS if (rows := split(sample, delimiter))}
    splits_header = [delimiter for delimiter, rows in splits.items() if _splits_names(rows)]
    if not splits_header and _is_one_column(sample):
        return NO_DELIMITER
    if credible := _credible(splits) or _credible({delimiter: _core(rows) for delimiter, rows in splits.items()}):
        return max(credible, key=lambda delimiter: _merit(splits[delimiter]))
    if even := [delimiter for delimiter, rows in splits.items() if _is_even(rows)]:
        return max(even, key=lambda delimiter: _merit(splits[delimiter]))
    if blanks := [delimiter for delimiter in BLANKS if _is_table(split(sample, delimiter))]:
        return min(blanks, key=lambda delimiter: find_top(split(sample, delimiter)))
    splits_rows = [delimiter for delimiter, rows in splits.items() if usual_width(rows) > 1]
    return max(splits_header or splits_rows, key=lambda delimiter: len(splits[delimiter][0]), default=NO_DELIMITER)


def without_blanks(text: bytes, delimiter: str) -> bytes:
    """A text in UTF-8 whose columns runs of blanks set apart, with ``NO_DELIMITER`` in their places."""
    runs, sign = BLANKS[delimiter], NO_DELIMITER.encode()
    lines = re.sub(rb"^[ \t]+|(?<![ \t])[ \t]++(?=\r?$)|(?<=^#)[ \t]+", b"", text, flags=re.MULTILINE)
    if b'"' not in lines:
        return re.sub(runs, sign, lines)
    return re.sub(rb'"[^"\r\n]*"|' + runs, lambda found: found[0] if found[0][:1] == b'"' else sign, lines)


def find_top(rows: Rows) -> int:
    """Position of the table's first row: the first as wide as the rest that isn't a title or a comment."""
    width = usual_width(rows)
    if width == 1:
        return _top_of_numbers(rows)
    wide = (position for position, row in enumerate(rows) if _may_be_first(rows, position, row, width))
    return next(wide, 0)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row holds names.

    It doesn't where its cells are numbers and gaps only; nor where numbers stand among words and one of them has a
    fraction, or a word turns up again below it, as the label of a group does.
    """
    cells = rows[0] if rows else ()
    numbers = [cell for cell in cells if is_number(cell)]
    if not numbers:
        return True
    if all(is_number(cell) or cell in NUMERIC_GAP_WORDS for cell in cells) or any(map(_FRACTION.search, numbers)):
        return False
    below = [frozenset(column) for column in zip(*(row for row in rows[1:] if len(row) == len(cells)), strict=True)]
    return not any(word in column for word, column in zip(cells, below, strict=False) if not is_number(word) and word)


def is_number(cell: str) -> bool:
    """Whether a cell is a number in either way of writing them."""
    return _EITHER.match(cell) is not None


def is_comment(row: list[str]) -> bool:
    """Whether a row is a remark for people, as programs put above their tables."""
    return row[0].startswith("#") and len(row[0]) > 1


def names_columns(rows: Rows) -> bool:
    """Whether the first row is a comment that names the columns: the one right above rows with numbers."""
    return is_comment(rows[0]) and any(any(map(is_number, row)) for row in rows[1:2])


def usual_width(rows: Rows) -> int:
    """The commonest number of cells, rows of a single one aside where there are others."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def rows_end_blank(rows: Rows) -> bool:
    """Whether the rows end in a delimiter that the header does not end in."""
    usual = [row for row in rows[1:] if len(row) == len(rows[0]) + 1]
    return 2 * len(usual) > len(rows) - 1 and not any(row[-1] for row in usual)


def lacks_corner(rows: Rows) -> bool:
    """Whether the header has no cell for the names of the rows, as tables written by R have none."""
    width = len(rows[0])
    longer = [row for row in rows[1:] if len(row) == width + 1 and row[0]]
    names = width > 1 and all(rows[0]) and not any(map(is_number, rows[0]))
    return names and len(longer) >= ALIKE * len(rows[1:]) > 0 and any(row[-1] for row in longer)


def in_words(delimiter: str) -> str:
    """A delimiter as a person calls it."""
    return DELIMITERS.get(delimiter, "blanks" if delimiter in BLANKS else f"“{delimiter}”")


def _may_be_first(rows: Rows, position: int, row: list[str], width: int) -> bool:
    if len(row) < width:
        return len(row) == width - 1 > 1 and (lacks_corner(rows[position:]) or rows_end_blank(rows[position:]))
    is_title = 2 * sum(map(bool, row)) <= width and not _spans_columns(rows, position)
    return not is_title and (not is_comment(row) or names_columns(rows[position:]))


def _spans_columns(rows: Rows, position: int) -> bool:
    """Whether a row with few cells holds names that stand above several columns each, named in the next row."""
    row, below = rows[position], rows[position + 1 : position + 2]
    apart = not any(before and after for before, after in pairwise(row))
    return apart and sum(map(bool, row)) > 1 and bool(below) and all(below[0][1:])


def _top_of_numbers(rows: Rows) -> int:
    """In a single column: the last row above the numbers, where numbers are all that follows."""
    first = next((position for position, row in enumerate(rows) if is_number(row[0])), 0)
    below = rows[first:]
    return max(first - 1, 0) if sum(is_number(row[0]) for row in below) >= ALIKE * len(below) else 0


def _core(rows: Rows) -> Rows:
    """The rows without titles above and shorter ones at the foot."""
    core, width = rows[find_top(rows) :], usual_width(rows)
    while len(core) > 2 and len(core[-1]) < width:
        core = core[:-1]
    return core


def _credible(splits: dict[str, Rows]) -> list[str]:
    return [delimiter for delimiter, rows in splits.items() if _is_even(rows) and _header_fits(rows)]


def _splits_names(rows: Rows) -> bool:
    top = rows[find_top(rows)]
    return len(rows[0]) > 1 or (len(top) > 1 and not any(map(is_number, top)))


def _is_even(rows: Rows) -> bool:
    width = usual_width(rows)
    return width > 1 and sum(len(row) == width for row in rows) >= ALIKE * len(rows)


def _header_fits(rows: Rows) -> bool:
    return len(rows[0]) == usual_width(rows) or rows_end_blank(rows) or lacks_corner(rows)


def _is_table(rows: Rows) -> bool:
    """Whether blanks that might only stand between words set columns apart, one of them of numbers."""
    core = _core(rows)
    if len(core) < 2 or not _is_even(core[1:]) or not _header_fits(core):
        return False
    return any(all(map(is_number, column)) for column in zip(*core[1:], strict=False))


def _is_one_column(sample: str) -> bool:
    rows = split(sample, NO_DELIMITER)
    lines = [row[0] for row in rows[max(_top_of_numbers(rows), 0) + 1 :]]
    return bool(lines) and sum(map(is_number, lines)) >= ALIKE * len(lines)


def _merit(rows: Rows) -> tuple[float, int]:
    """Share of the cells that are numbers, or words without another delimiter in them; then the number of columns."""
    cells = [cell for row in rows for cell in row]
    clean = sum(is_number(cell) or not any(delimiter in cell for delimiter in DELIMITERS) for cell in cells)
    return clean / len(cells), usual_width(rows)
