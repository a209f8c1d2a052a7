"""How numbers are written: which cells are numbers under a decimal sign, and the words that stand for a gap.

A thousands separator counts only where it groups by three throughout the cell ("1,234,567.8"), so that a decimal
comma is never taken for one without need; where "1,234" alone leaves both open, ``decimal_sign`` decides for the
table. A currency sign or a percent sign beside the number, a minus sign behind it and the parentheses
of book-keepers are understood.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

MINUS = "\u2212"
"""The minus sign of typography, which spreadsheets and web pages write."""

BLANKS = " \u00a0\u202f\u2009"
"""Blank, no-break blank, narrow no-break blank, thin blank: all of them group digits in some country."""

APOSTROPHES = "'\u2019"

INFINITE = "(?i:inf|infinity|\u221e)"


SIGN = rf"[+\-{MINUS}]"

CURRENCY = (
    "(?:[A-Z]{0,2}[$\u00a2\u00a3\u00a5\u20a1-\u20c0\u0e3f]"
    "|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL|MXN|ZAR|KRW|SGD|HKD"
    "|[kK]r\\.?|SFr\\.?|Fr\\.|z\u0142|K\u010d|Ft|\u0440\u0443\u0431\\.?|\u5143|\u5186)"
)
"""A currency, by its sign, its code of three letters or the word on the spot."""

UNIT = rf"(?:{CURRENCY}|%)"

_BLANK = f"[{BLANKS}]*"
LEAD = rf"(?:{SIGN}?{_BLANK}(?:{CURRENCY}{_BLANK})?|{CURRENCY}{_BLANK}{SIGN})"
TAIL = rf"(?:{_BLANK}{UNIT})?(?:{_BLANK}[\-{MINUS}])?"
"""What may stand before and behind the digits of a number."""


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

    @cached_property
    def pattern(self) -> str:
        """Regular expression of a number or an infinite value, for Python's ``re`` as for RE2."""
        grouped = "".join(rf"|[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+" for sign in self.groups)
        point = re.escape(self.decimal)
        finite = rf"(?:(?:[0-9]+{grouped})(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE]{SIGN}?[0-9]+)?"
        booked = rf"(?:{CURRENCY}{_BLANK})?\({_BLANK}(?:{CURRENCY}{_BLANK})?{finite}(?:{_BLANK}{UNIT})?{_BLANK}\)"
        return rf"^(?:{LEAD}{finite}{TAIL}|{booked}(?:{_BLANK}{UNIT})?|{SIGN}?{INFINITE})$"

    @property
    def group_signs(self) -> str:
        """Regular expression of any sign that groups digits, where there are some."""
        return f"[{re.escape(''.join(self.groups))}]"


POINT = Numerals("decimal point", ".", (",", *APOSTROPHES, *BLANKS))
COMMA = Numerals("decimal comma", ",", (".", *APOSTROPHES, *BLANKS))
NUMERALS = {numerals.decimal: numerals for numerals in (POINT, COMMA)}

GROUPINGS = {",": (",",), ".": (".",), "'": tuple(APOSTROPHES), " ": tuple(BLANKS), "": ()}
"""Signs that a person may name as grouping digits, and the ones meant by each."""


def other(numerals: Numerals) -> Numerals:
    """The other way of writing numbers."""
    return next(way for way in NUMERALS.values() if way.decimal != numerals.decimal)


def given_numerals(decimal: str | None, thousands: str | None) -> Numerals | None:
    """The way of writing numbers that a person names by its signs; ``None`` where that leaves it open."""
    if decimal is None and thousands in NUMERALS:
        decimal = other(NUMERALS[thousands]).decimal
    if decimal is None:
        return None
    numerals = NUMERALS[decimal]
    return numerals if thousands is None else replace(numerals, groups=GROUPINGS[thousands])


def _spellings(*words: str) -> frozenset[str]:
    return frozenset(spelt for word in words for spelt in (word, word.lower(), word.upper(), word.capitalize()))


GAP_WORDS = _spellings("", "na", "n/a", "#n/a", "#na", "<na>", "NaN", "null", "#null!")
"""Cells that are gaps in any column; blank ones among them."""

NUMERIC_GAP_WORDS = GAP_WORDS | _spellings(
    *("-", "--", "---", ".", "..", "...", "?", "\u2013", "\u2014", "none", "nil", "missing", "n.a.", "k.a.", "-nan"),
    *("#div/0!", "#value!", "#ref!", "#num!", "#name?", "(blank)", "unknown"),
)
"""Cells that are gaps among numbers, though they may mean something among words ("none" can be a category)."""
