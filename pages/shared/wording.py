"""Numbers and names as people read them: sensible digits, and user text that can never act as Markdown."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from gmm_core.model import words

capital, counted, listed = words.capital, words.counted, words.listed

MOST_DECIMALS = 6
TOO_LONG = 1e12
"""Size from which a number is written with a power of ten."""

ROUNDING = 1e-12
"""How far, as a share, a value may be off by the rounding of what led to it."""

MOST_NAMED = 5
"""Columns that a sentence names."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$:~^&@/=])")
_ACTIVE = re.compile(r"www|://|@|[-<=](?=[->=])", re.IGNORECASE)
"""After these goes a mark without width: escaped or not, addresses would become links and "->" an arrow."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def escaped(text: object) -> str:
    """User text for a Markdown element: shown letter for letter, on one line."""
    return _MARKDOWN.sub(r"\\\1", _ACTIVE.sub("\\g<0>\u2060", " ".join(str(text).split())))


def number(value: float, spread: float | None = None) -> str:
    """A value with three significant digits of its column's spread, thousands separated.

    A whole part that is small beside the spread keeps two digits of its own.
    """
    scale = abs(value) if spread is None else abs(spread)
    if not math.isfinite(value):
        return "–"
    value += 0.0  # so that none is "-0"
    if scale == 0 or not math.isfinite(scale):
        return f"{value:,.3g}"
    digits = 2 - math.floor(math.log10(scale))
    if digits < 0 and value:
        digits = max(digits, min(0, 1 - math.floor(math.log10(abs(value)))))  # a small value has two of its own
    if digits > MOST_DECIMALS or abs(value) >= TOO_LONG:
        wanted = digits + 1 + (math.floor(math.log10(abs(value))) if value else 0)
        return f"{value:.{min(max(wanted, 3), 15)}g}"
    halves_up = value * (1 + ROUNDING)  # however the last bits of 2.025 fell, it is 2.03 on every page
    return f"{round(halves_up, digits) + 0.0:,.{max(digits, 0)}f}"  # 0 is added so that none is "-0.00"


def size(value: float, decimals: int) -> str:
    """What is never below zero, with so many decimals: "0.012", "< 0.001" where it would read as none."""
    step = 10.0**-decimals
    return f"< {number(step, 100 * step)}" if 0 < value < step / 2 else number(value, 100 * step)


def share(value: float) -> str:
    """A share in per cent, by the rule of the charts."""
    from gmm_core.charts.style import percent

    return percent(value)


def probability(p: float) -> str:
    """A p-value with its sign: "= 0.012", "< 0.001"."""
    return "< 0.001" if p < 0.001 else f"= {p:.2g}"


def p_value(p: float) -> str:
    """A p-value for a table: "0.012", "< 0.0001"."""
    return "< 0.0001" if p < 0.0001 else f"{p:.2g}"


def small_share(value: float) -> str:
    """A share in per cent that tells one row of a million from ten: "0.0001 %"; else as `share`."""
    return f"{100 * value:.2g}\u00a0%" if 0 < value < 0.01 else share(value)


def count_word(n: int) -> str:
    """Small numbers as words: "two"."""
    return _SMALL[n] if n < len(_SMALL) else str(n)


def several(n: int, noun: str) -> str:
    """ "one group", "two groups"."""
    return f"{count_word(n)} {noun}" if n == 1 else f"{count_word(n)} {noun}s"


def some(columns: Sequence[str]) -> str:
    """The columns in a line, the first few of many."""
    if len(columns) > MOST_NAMED:
        return f"{', '.join(columns[: MOST_NAMED - 1])} and {len(columns) - MOST_NAMED + 1} more columns"
    return ", ".join(columns)


def seconds(value: float) -> str:
    """A predicted time in words."""
    return f"about {max(1, round(value))} s" if value < 90 else f"about {round(value / 60)} min"
