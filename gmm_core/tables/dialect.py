"""How a delimited text is laid out: delimiter, decimal sign, header. Found on the first rows, each by one rule."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gmm_core.tables.numerals import COMMA, NUMERALS, NUMERIC_GAP_WORDS, POINT, Numerals

SAMPLE_ROWS = 200

NO_DELIMITER = "\x1f"
"""Stands for the delimiter of a single column; it does not occur in text."""

DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}
"""Delimiters, each in words, the least ambiguous first: a comma is often a decimal sign or part of a text."""

ALIKE = 0.9
"""Share of the rows that must have the commonest number of cells for a delimiter to be credible."""

Rows = list[list[str]]

_EITHER = re.compile(f"{POINT.pattern}|{COMMA.pattern}")


@dataclass(frozen=True)
class Dialect:
    """How a text is laid out.

    Parameters
    ----------
    delimiter : str
        ``NO_DELIMITER`` for a single column.
    numerals : Numerals
        How its numbers are written.
    has_header : bool
        Whether the first row holds names.
    shows_decimals : bool
        Whether a decimal sign was seen at all.
    """

    delimiter: str
    numerals: Numerals
    has_header: bool
    shows_decimals: bool

    @property
    def shown_decimal(self) -> str:
        """The decimal sign, or ``""`` where none was seen."""
        return self.numerals.decimal if self.shows_decimals else ""


def find_dialect(
    sample: str, delimiter: str | None = None, decimal: str | None = None, header: bool | None = None
) -> Dialect:
    """The dialect of a text from its first rows; what is given isn't looked for."""
    chosen = delimiter or find_delimiter(sample)
    rows = split(sample, chosen)
    found, shown = find_numerals(rows[1:] or rows, chosen)
    numerals = NUMERALS[decimal] if decimal else found
    return Dialect(chosen, numerals, has_header(rows) if header is None else header, shown or decimal is not None)


def split(sample: str, delimiter: str, n_rows: int = SAMPLE_ROWS) -> Rows:
    """The first rows of a text as trimmed cells; blank lines are left out."""
    rows: Rows = []
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
    Where no delimiter does that, and none splits the header, lines that are numbers as they stand make one column;
    then evenness alone decides, then the header, and at last what splits most rows.
    """
    if nothing_else := [delimiter for delimiter in DELIMITERS if not sample.replace(delimiter, "").strip()]:
        return nothing_else[0]
    splits = {delimiter: rows for delimiter in DELIMITERS if (rows := split(sample, delimiter))}
    even = [delimiter for delimiter, rows in splits.items() if _is_even(rows)]
    with_header = [delimiter for delimiter in even if _header_fits(splits[delimiter])]
    splits_header = [delimiter for delimiter, rows in splits.items() if len(rows[0]) > 1]
    if not splits_header and _is_one_column(sample):
        return NO_DELIMITER
    if with_header or even:
        return max(with_header or even, key=lambda delimiter: _merit(splits[delimiter]))
    splits_rows = [delimiter for delimiter, rows in splits.items() if _usual_width(rows) > 1]
    return max(splits_header or splits_rows, key=lambda delimiter: len(splits[delimiter][0]), default=NO_DELIMITER)


def find_numerals(rows: Rows, delimiter: str) -> tuple[Numerals, bool]:
    """How the numbers of a table are written, and whether any decimal sign was seen.

    Cells such as ``"1,5"`` or ``"1.234,5"`` settle it. Cells such as ``"1,234"`` leave it open; then they are decimals
    where semicolons stand between the columns, as in countries with a decimal comma, and grouped thousands elsewhere.
    """
    cells = [cell for row in rows for cell in row if cell]
    commas, points = _count(cells, ",", "."), _count(cells, ".", ",")
    if commas != points:
        return (COMMA if commas > points else POINT), True
    if delimiter == ";" and not points and any(map(_open_to_both(",").match, cells)):
        return COMMA, True
    return POINT, any("." in cell and _EITHER.match(cell) for cell in cells)


def has_header(rows: Rows) -> bool:
    """Whether the first row holds names: it does unless its cells are numbers and gaps only."""
    cells = rows[0] if rows else []
    return not (any(map(is_number, cells)) and all(is_number(cell) or cell in NUMERIC_GAP_WORDS for cell in cells))


def is_number(cell: str) -> bool:
    """Whether a cell is a number in either way of writing them."""
    return _EITHER.match(cell) is not None


def _count(cells: Iterable[str], sign: str, group: str) -> int:
    """Cells that make sense only with ``sign`` as the decimal sign and ``group`` between thousands."""
    evidence, open_to_both = _evidence(re.escape(sign), re.escape(group)), _open_to_both(sign)
    return sum(evidence.match(cell) is not None and not open_to_both.match(cell) for cell in cells)


def _evidence(sign: str, group: str) -> re.Pattern[str]:
    fraction = rf"[0-9]*{sign}[0-9]+(?:[eE][+-]?[0-9]+)?"
    grouped_fraction = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+{sign}[0-9]+"
    grouped_twice = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}}){{2,}}"
    return re.compile(rf"^[+-]?(?:{fraction}|{grouped_fraction}|{grouped_twice})$")


def _open_to_both(sign: str) -> re.Pattern[str]:
    """Cells such as ``"1,234"``: a fraction, or thousands."""
    return re.compile(rf"^[+-]?[1-9][0-9]{{0,2}}{re.escape(sign)}[0-9]{{3}}$")


def _usual_width(rows: Rows) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0]


def _is_even(rows: Rows) -> bool:
    usual = _usual_width(rows)
    return usual > 1 and sum(len(row) == usual for row in rows) >= ALIKE * len(rows)


def _header_fits(rows: Rows) -> bool:
    return len(rows[0]) == _usual_width(rows) or rows_end_blank(rows)


def rows_end_blank(rows: Rows) -> bool:
    """Whether the rows end in a delimiter that the header does not end in."""
    usual = [row for row in rows[1:] if len(row) == len(rows[0]) + 1]
    return 2 * len(usual) > len(rows) - 1 and not any(row[-1] for row in usual)


def _is_one_column(sample: str) -> bool:
    lines = [row[0] for row in split(sample, NO_DELIMITER)[1:]]
    return bool(lines) and sum(map(is_number, lines)) >= ALIKE * len(lines)


def _merit(rows: Rows) -> tuple[float, int]:
    """Share of the cells that are numbers, or words without another delimiter in them; then the number of columns."""
    cells = [cell for row in rows for cell in row]
    clean = sum(is_number(cell) or not any(delimiter in cell for delimiter in DELIMITERS) for cell in cells)
    return clean / len(cells), _usual_width(rows)


def in_words(delimiter: str) -> str:
    """A delimiter as a person calls it."""
    return DELIMITERS.get(delimiter, "blanks" if delimiter == " " else f"“{delimiter}”")
