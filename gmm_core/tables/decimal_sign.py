"""The decimal sign of a table, from all its cells where the first ones leave it open.

``"1,5"`` or ``"1.234,5"`` settle it. ``"6.743"`` does not: it may be six thousand or six and a bit. Then the table as
a whole must tell:

1. Cells anywhere that settle it ("0.5", "1.234.567").
2. A column with whole numbers such as ``"743"`` beside ``"6.743"``, and no other length of fraction: it groups digits
   by three, since decimals that are cut where they end in zeros would also be of one and two digits. A plain
   ``"6743"`` in such a column says the contrary.
3. Dates such as ``"31.12.2024"``, which are written where the comma is the decimal sign.
4. Semicolons between columns, which stand there where commas are decimal signs; otherwise the decimal point.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gmm_core.tables.numerals import COMMA, LEAD, POINT, TAIL, Numerals, other

MANY = 100
"""Columns from which it is faster to copy their cells into one piece than to go through each."""

Columns = Sequence[Any]
"""Columns of words, each a ``pyarrow.ChunkedArray``."""

_DOTTED_DATE = r"^[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}\b"
_SMALL = rf"^{LEAD}[1-9][0-9]{{1,2}}{TAIL}$"
_LARGE = rf"^{LEAD}[1-9][0-9]{{3,}}{TAIL}$"


@dataclass(frozen=True)
class DecimalSign:
    """How the numbers of a table are written, and how that was told.

    Parameters
    ----------
    numerals : Numerals
    shown : bool
        Whether a decimal sign was seen at all.
    example : str
        A cell that could be read either way, where no cell settles it.
    reason : str
        Why it was read as it was, as the end of a sentence; ``""`` where nothing was open.
    """

    numerals: Numerals
    shown: bool
    example: str = ""
    reason: str = ""

    def remark(self) -> tuple[str, ...]:
        """A sentence on what was open and how it was decided."""
        if not self.reason:
            return ()
        decimal = "a decimal sign" if self.numerals.decimal in self.example else "a sign between thousands"
        return (
            f"Numbers such as “{self.example}” can be read in two ways; the sign in them was taken as {decimal}, "
            f"because {self.reason}.",
        )


def find_decimal_sign(columns: Columns, delimiter: str) -> DecimalSign:
    """How the numbers in these columns are written.

    Parameters
    ----------
    columns : sequence of pyarrow.ChunkedArray of strings, each (N,)
    delimiter : str
        What stands between them.
    """
    chunks = [chunk for column in columns for chunk in column.chunks]
    everything = pa.chunked_array([pa.concat_arrays(chunks)] if len(columns) > MANY else chunks, type=pa.string())
    commas, points = _settled(everything, COMMA), _settled(everything, POINT)
    if commas != points:
        return DecimalSign(COMMA if commas > points else POINT, shown=True)
    for way in (COMMA, POINT):
        if example := _example(everything, way):
            return _open(columns, delimiter, way, example)
    return DecimalSign(POINT, shown=commas > 0)


def _open(columns: Columns, delimiter: str, way: Numerals, example: str) -> DecimalSign:
    """The decision where a cell is open between a fraction written in this way and thousands."""
    grouping = sum(_leaning(column, way) for column in columns)
    if grouping:
        beside = "whole numbers below a thousand stand" if grouping > 0 else "thousands without it stand"
        return DecimalSign(other(way) if grouping > 0 else way, True, example, f"{beside} beside them")
    if way is POINT and any(_count(column, _DOTTED_DATE) for column in columns):
        return DecimalSign(COMMA, True, example, "the dates are written as where the comma is the decimal sign")
    if delimiter == ";":
        return DecimalSign(
            COMMA, True, example, "semicolons stand between the columns, as where commas are decimal signs"
        )
    is_usual = way is POINT or delimiter == ","
    return DecimalSign(POINT, True, example, "" if is_usual else "nothing in the file speaks for a decimal comma")


def _leaning(column: Any, way: Numerals) -> int:
    """1 where a column looks as if it grouped digits, -1 where it looks like fractions, 0 where it tells nothing."""
    if not _example(column, way):
        return 0
    if _count(column, _LARGE):
        return -1
    return 1 if _count(column, _SMALL) else 0


def _settled(cells: Any, way: Numerals) -> int:
    """Cells that make sense only in one way of writing numbers."""
    return _count(cells, _only(way)) - _count(cells, _open_to_both(way))


def _only(way: Numerals) -> str:
    sign, group = re.escape(way.decimal), re.escape(other(way).decimal)
    fraction = rf"[0-9]*{sign}[0-9]+(?:[eE][+-]?[0-9]+)?"
    grouped_fraction = rf"[0-9]{{1,3}}(?:{way.group_signs}[0-9]{{3}})+{sign}[0-9]+"
    grouped_twice = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}}){{2,}}"
    return rf"^\(?{LEAD}(?:{fraction}|{grouped_fraction}|{grouped_twice}){TAIL}\)?$"


def _open_to_both(way: Numerals) -> str:
    """Cells such as ``"1,234"``: a fraction, or thousands."""
    return rf"^\(?{LEAD}[1-9][0-9]{{0,2}}{re.escape(way.decimal)}[0-9]{{3}}{TAIL}\)?$"


def _count(column: Any, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0


def _example(column: Any, way: Numerals) -> str:
    at = pc.index(pc.match_substring_regex(column, _open_to_both(way)), pa.scalar(True)).as_py()
    return "" if at < 0 else str(column[at].as_py()).strip()
