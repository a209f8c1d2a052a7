"""The names above a table: no row of them, one, or two, where the upper one spans columns or the lower holds units."""

import re
from collections.abc import Sequence
from itertools import pairwise

from gmm_core.tables.dialect import has_header, is_number
from gmm_core.tables.numerals import NUMERIC_GAP_WORDS

Names = Sequence[str]

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_UNIT = re.compile(r"[(\[].*[)\]]|%")


def count_header_rows(rows: Sequence[Names]) -> int:
    """Rows of names at the top of a table: 0, 1 or 2.

    The second row holds names too where all columns of numbers below it have a word there, or a year in a header whose
    first row leaves cells blank or repeats them, as it does above several columns.

    Parameters
    ----------
    rows : sequence of rows of trimmed words
        The first of the table, header included.
    """
    if not rows or not has_header(rows):
        return 0
    return 2 if len(rows) > 2 and _is_second(rows[0], rows[1], rows[2:]) else 1


def joined(rows: Sequence[Names]) -> tuple[str, ...]:
    """One name a column from the rows of a header."""
    if len(rows) < 2:
        return tuple(rows[0]) if rows else ()
    upper = _spread(rows[0]) if _spans(rows[0]) else rows[0]
    pairs = zip(upper, rows[1], strict=False)
    return tuple(above if above == below else f"{above} {below}".strip() for above, below in pairs)


def _is_second(first: Names, second: Names, body: Sequence[Names]) -> bool:
    numeric = [cells[0] for cells in zip(range(len(first)), *body, strict=False) if _are_numbers(cells[1:])]
    above = [second[column] for column in numeric if column < len(second)]
    words = [cell for cell in above if cell not in NUMERIC_GAP_WORDS and not is_number(cell)]
    if _spans(first):
        return bool(above) and all(cell in words or _YEAR.fullmatch(cell) for cell in above)
    if 2 * len(words) < max(len(above), 1) or any(map(is_number, above)):
        return False
    return len(words) > 1 or _UNIT.fullmatch(words[0]) is not None


def _are_numbers(cells: Names) -> bool:
    present = [cell for cell in cells if cell not in NUMERIC_GAP_WORDS]
    return bool(present) and all(map(is_number, present)) and not all(map(_YEAR.fullmatch, present))


def _spans(row: Names) -> bool:
    """Whether a name stands above several columns: blank cells follow it, or itself, as in merged cells."""
    return any(before and after in ("", before) for before, after in pairwise(row))


def _spread(row: Names) -> Names:
    """Each name repeated above the blank cells that follow it."""
    names, last = [], ""
    for cell in row:
        last = cell or last
        names.append(last)
    return names
