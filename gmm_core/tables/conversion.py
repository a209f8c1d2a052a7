"""Columns of words to columns of numbers, dates or text, in bulk: no loop over cells.

A column becomes numeric where nearly all of its cells that are not blank are numbers; the rest of its cells become
gaps, and are named. Digits that a number would lose (leading zeros, more digits than a float carries) keep a column
text.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gmm_core.tables.converted import (
    Cells,
    Converted,
    Floats,
    Unread,
    any_match,
    counted_words,
    looks_like,
    sampled,
    unread,
    without,
)
from gmm_core.tables.dates import iso_dates, times, written_dates
from gmm_core.tables.habits import Habits
from gmm_core.tables.numerals import CURRENCY, GAP_WORDS, MINUS, NUMERIC_GAP_WORDS, SIGN, UNIT, Numerals

EXACT = 2**53
"""Integers up to this size are exact as floats."""

Conversion = Callable[[Any, str, Habits], Converted]
"""Makes a column of a table from its cells, its name, and the habits of the table."""

TOO_LONG = "kept as text, as numbers of so many digits would be rounded"

FIRST = 1_000
"""Cells on which a conversion is tried before it is tried on all."""

_BESIDE_DIGITS = rf"[^0-9.,'’eE+ \x{{a0}}\x{{202f}}\x{{2009}}\-{MINUS}]|[0-9.,]\s*[\-{MINUS}]$"
"""Something that is neither digits nor signs between them: a currency, percent, parentheses, a minus at the end."""


def convert(words: Cells, column: str, habits: Habits) -> Converted:
    """A column of words as numbers, dates or text.

    Parameters
    ----------
    words : pyarrow.ChunkedArray of strings, (N,)
    column : str
        Its name, for the report.
    habits : Habits
        How the table at large writes numbers; a column that plainly does otherwise is read its own way.

    Returns
    -------
    Converted
        The series is ``int64``, ``float64`` (gaps are NaN), ``datetime64``, or ``str`` (gaps are NaN).
    """
    trimmed = pc.utf8_trim_whitespace(words)
    present = without(trimmed, GAP_WORDS | habits.gap_words)
    found = _converted(present, column, habits)
    if not found.series.hasnans:
        return found
    known = GAP_WORDS if isinstance(found.series.dtype, pd.StringDtype) else NUMERIC_GAP_WORDS
    return replace(found, gap_words=counted_words(trimmed, known | habits.gap_words))


def _converted(present: Cells, column: str, habits: Habits) -> Converted:
    if present.null_count == len(present):
        return Converted(pd.Series(np.full(len(present), np.nan)))
    attempts = () if column in habits.as_text else FORCED if column in habits.as_numbers else ATTEMPTS
    found = (attempt(present, column, habits) for attempt in attempts)
    return next((each for each in found if each is not None), None) or _text(present)


@dataclass(frozen=True, eq=False)
class ConvertedTable:
    """A table as converted; the other fields are those of ``ReadingNotes``."""

    frame: pd.DataFrame
    unread: tuple[Unread, ...]
    understood: tuple[tuple[str, str], ...]
    gap_words: tuple[tuple[str, int], ...]


def converted(columns: dict[str, Cells], habits: Habits, convert_one: Conversion | None = None) -> ConvertedTable:
    """A table from its columns by name, which are taken out of ``columns`` one by one so that they can be freed."""
    each = convert_one or convert
    found = {name: each(columns.pop(name), name, habits) for name in list(columns)}
    frame = pd.DataFrame({name: column.series for name, column in found.items()}, copy=False)
    unread = tuple(column.unread for column in found.values() if column.unread is not None)
    understood = tuple((name, column.how) for name, column in found.items() if column.how)
    gap_words = sum((column.gap_words for column in found.values()), Counter[str]())
    return ConvertedTable(frame, unread, understood, tuple(gap_words.most_common()))


def _text(present: Cells, how: str = "") -> Converted:
    return Converted(pd.Series(present.to_pandas(), dtype="str"), how=how)


def _codes(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Text, where a cell has leading zeros that a number would lose."""
    return _text(present, "kept as text, as cells begin with 0 like codes") if any_match(present, "^0[0-9]+$") else None


def _integers(present: Cells, column: str, habits: Habits) -> Converted | None:
    whole = _cast(present, pa.int64())
    if whole is None:
        return None
    if not whole.null_count:
        return Converted(pd.Series(whole.to_numpy()))
    exact = pc.max(pc.abs(whole)).as_py() <= EXACT or column in habits.as_numbers
    return Converted(pd.Series(_as_floats(whole))) if exact else _text(present, TOO_LONG)


def _plain_numbers(present: Cells, column: str, habits: Habits) -> Converted | None:
    """The usual case, fast: no separators but the decimal sign."""
    decimal = habits.ways[0].decimal
    if decimal != ".":
        if pc.any(pc.match_substring(present, ".")).as_py():
            return None
        present = pc.replace_substring(present, decimal, ".")
    numbers = _cast(present, pa.float64())
    if numbers is None:
        return None
    values = _as_floats(numbers)
    return None if _would_round(values, present, column, habits) else Converted(pd.Series(values))


def _written_numbers(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Numbers with separators, decimal commas, units, signs of typography, and a few cells that are none."""
    present = without(present, NUMERIC_GAP_WORDS)
    n_present = len(present) - present.null_count
    sample, forced = sampled(present), column in habits.as_numbers
    if not forced and not any(looks_like(sample, way.pattern) for way in habits.ways):
        return None
    way, matches, n_read = _best_way(present, habits.ways, n_present)
    if not forced and not habits.are_enough(n_read, n_present):
        return None
    numbers = pc.if_else(matches, present, None)
    plain, how = _plainly(numbers, way)
    values = _as_floats(pc.cast(plain, pa.float64()))
    if _would_round(values, plain, column, habits):
        return None
    lost = unread(present, matches, column, "number") if n_read < n_present else None
    return Converted(pd.Series(values), lost, how)


def _partly_numbers(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Text, where many of the cells are numbers: which is said, since a person may know better."""
    cells = without(present, NUMERIC_GAP_WORDS)
    n_present = len(cells) - cells.null_count
    if not n_present or not any(looks_like(sampled(cells), way.pattern) for way in habits.ways):
        return None
    n_read = _best_way(cells, habits.ways, n_present)[2]
    why = TOO_LONG if n_read == n_present else f"kept as text, though {n_read:,} of {n_present:,} cells are numbers"
    return _text(present, why)


ATTEMPTS = (_codes, _integers, _plain_numbers, iso_dates, _written_numbers, written_dates, times, _partly_numbers)
"""In the order in which they are tried; what none of them takes is text."""

FORCED = (_integers, _plain_numbers, _written_numbers)
"""Those tried on a column that a person says holds numbers; the last takes any."""


def _best_way(present: Cells, ways: tuple[Numerals, ...], n_present: int) -> tuple[Numerals, Cells, int]:
    """The way in which most cells are numbers, of equals the first; which cells they are, and how many."""
    tried = []
    for way in ways:
        matches = pc.match_substring_regex(present, way.pattern)
        tried.append((way, matches, pc.sum(matches).as_py() or 0))
        if tried[-1][2] == n_present:
            break
    return max(tried, key=lambda trial: trial[2])


def _cast(cells: Cells, to: Any) -> Cells | None:
    """The cells as another type, or ``None`` where one of them is none of it."""
    try:
        pc.cast(cells.slice(0, FIRST), to)  # a cast that fails is slow, so it had better fail on a few cells
        return pc.cast(cells, to)
    except pa.ArrowInvalid:
        return None


def _as_floats(cells: Cells) -> Floats:
    return np.asarray(pc.cast(cells, pa.float64(), safe=False).to_numpy(), dtype=float)


def _plainly(cells: Cells, way: Numerals) -> tuple[Cells, str]:
    """The same numbers as a computer writes them, and what was left out beside the digits."""
    how = ""
    if any_match(cells, _BESIDE_DIGITS):
        how = _units(cells)
        cells = _without_units(cells)
    plain = pc.replace_substring_regex(cells, way.group_signs, "") if way.groups else cells
    plain = pc.replace_substring(plain, way.decimal, ".")
    plain = pc.replace_substring(plain, MINUS, "-")
    return pc.replace_substring(plain, "\u221e", "inf"), how


def _without_units(cells: Cells) -> Cells:
    negative = pc.match_substring_regex(cells, rf"^[^0-9.,]*[\-{MINUS}(]|[\-{MINUS}]$")
    bare = pc.replace_substring_regex(cells, rf"^(?:{SIGN}|[\s(]|\x{{a0}}|\x{{202f}}|\x{{2009}}|{CURRENCY})*", "")
    bare = pc.replace_substring_regex(bare, rf"(?:[\-{MINUS}\s)]|\x{{a0}}|\x{{202f}}|\x{{2009}}|{UNIT})*$", "")
    return pc.if_else(negative, pc.binary_join_element_wise("-", bare, ""), bare)


def _units(cells: Cells) -> str:
    """What is said of the signs beside the digits: which, and whether there are several."""
    found = pc.struct_field(pc.extract_regex(cells, f"(?P<unit>{UNIT})"), "unit").drop_null()
    units = sorted(pc.unique(found).to_pylist())
    if not units:
        return ""
    n_numbers = len(cells) - cells.null_count
    some = f" in {len(found):,} of {n_numbers:,} cells" if len(found) < n_numbers else ""
    differ = "; they differ, so the numbers may not compare" if len(units) > 1 else ""
    return f"{', '.join(units)} left out beside the numbers{some}{differ}"


def _would_round(values: Floats, present: Cells, column: str, habits: Habits) -> bool:
    large = column not in habits.as_numbers and bool(np.any(np.abs(values) >= EXACT))
    return large and any_match(present, r"^[+\-]?[0-9]{16,}$")
