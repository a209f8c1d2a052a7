"""How numbers are written: which cells are numbers under a decimal sign, and the words that stand for a gap.

A thousands separator counts only where it groups by three throughout the cell ("1,234,567.8"), so that a decimal
comma is never taken for one without need; where "1,234" alone leaves both open, ``dialect`` decides for the table.
"""

import re
from dataclasses import dataclass

MINUS = "\u2212"
"""The minus sign of typography, which spreadsheets and web pages write."""

BLANKS = " \u00a0\u202f\u2009"
"""Blank, no-break blank, narrow no-break blank, thin blank: all of them group digits in some country."""

APOSTROPHES = "'\u2019"

INFINITE = "(?i:inf|infinity|\u221e)"


@dataclass(frozen=True)
class Numerals:
    """A way of writing numbers.

    Parameters
    ----------
    words : str
        Its name on screen.
    decimal : str
        The decimal sign.
    groups : tuple of str
        Signs that may group digits by three; within one cell only one of them.
    """

    words: str
    decimal: str
    groups: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """Regular expression of a number or an infinite value, for Python's ``re`` as for RE2."""
        grouped = "|".join(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+" for sign in self.groups)
        point = re.escape(self.decimal)
        finite = rf"(?:(?:[0-9]+|{grouped})(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+\-{MINUS}]?[0-9]+)?"
        return rf"^[+\-{MINUS}]?(?:{finite}|{INFINITE})$"

    @property
    def group_signs(self) -> str:
        """Regular expression of any sign that groups digits."""
        return f"[{re.escape(''.join(self.groups))}]"


POINT = Numerals("decimal point", ".", (",", *APOSTROPHES, *BLANKS))
COMMA = Numerals("decimal comma", ",", (".", *APOSTROPHES, *BLANKS))
NUMERALS = {numerals.decimal: numerals for numerals in (POINT, COMMA)}


def other(numerals: Numerals) -> Numerals:
    """The other way of writing numbers."""
    return next(way for way in NUMERALS.values() if way is not numerals)


def _spellings(*words: str) -> frozenset[str]:
    return frozenset(spelt for word in words for spelt in (word, word.lower(), word.upper(), word.capitalize()))


GAP_WORDS = _spellings("", "na", "n/a", "#n/a", "#na", "<na>", "NaN", "null", "#null!")
"""Cells that are gaps in any column; blank ones among them."""

NUMERIC_GAP_WORDS = GAP_WORDS | _spellings(
    *("-", "--", "---", ".", "..", "...", "?", "\u2013", "\u2014", "none", "nil", "missing", "n.a.", "k.a.", "-nan"),
    *("#div/0!", "#value!", "#ref!", "#num!", "#name?", "(blank)", "unknown"),
)
"""Cells that are gaps among numbers, though they may mean something among words ("none" can be a category)."""
