"""Columns of words to columns of numbers, dates or text, in bulk: no loop over cells.

A column becomes numeric where at least ``ENOUGH`` of its cells that are not blank are numbers; the rest of its cells
become gaps, and are named. Digits that a number would lose (leading zeros, more digits than a float carries) keep a
column text.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gmm_core.tables.numerals import GAP_WORDS, MINUS, NUMERIC_GAP_WORDS, Numerals, other

ENOUGH = 0.95
"""Share of a column's non-blank cells that must be numbers for it to be a column of numbers."""

EXACT = 2**53
"""Integers up to this size are exact as floats."""

N_EXAMPLES = 3

FIRST = 1_000
"""Cells on which a conversion is tried before it is tried on all."""

Cells = Any
"""A ``pyarrow.ChunkedArray``; pyarrow ships no types."""


@dataclass(frozen=True)
class Unread:
    """Cells of a numeric column that are no numbers and became gaps.

    Parameters
    ----------
    column : str
    count : int
    examples : tuple of str
        The first few of them.
    rows : tuple of int
        Their row numbers, from 1.
    """

    column: str
    count: int
    examples: tuple[str, ...]
    rows: tuple[int, ...]


Converted = tuple[pd.Series, Unread | None]


def convert(words: Cells, column: str, numerals: Numerals) -> Converted:
    """A column of words as numbers, dates or text.

    Parameters
    ----------
    words : pyarrow.ChunkedArray of strings, (N,)
    column : str
        Its name, for the report.
    numerals : Numerals
        How the table at large writes numbers; a column that plainly does otherwise is read its own way.

    Returns
    -------
    series : pandas.Series, (N,)
        ``int64``, ``float64`` (gaps are NaN), ``datetime64``, or ``str`` (gaps are NaN).
    unread : Unread or None
        The cells that were lost, if any were.
    """
    present = _without(pc.utf8_trim_whitespace(words), GAP_WORDS)
    if present.null_count == len(present):
        return pd.Series(np.full(len(present), np.nan)), None
    for attempt in ATTEMPTS:
        found = attempt(present, column, numerals)
        if found is not None:
            return found
    return pd.Series(present.to_pandas(), dtype="str"), None


def _without(cells: Cells, gap_words: frozenset[str]) -> Cells:
    gaps = pc.is_in(cells, value_set=pa.array(sorted(gap_words)))
    return pc.if_else(gaps, pa.scalar(None, pa.string()), cells)


def _any_match(cells: Cells, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())


def _codes(present: Cells, column: str, numerals: Numerals) -> Converted | None:
    """Text, where a cell has leading zeros that a number would lose."""
    if not _any_match(present, "^0[0-9]+$"):
        return None
    return pd.Series(present.to_pandas(), dtype="str"), None


def _integers(present: Cells, column: str, numerals: Numerals) -> Converted | None:
    whole = _cast(present, pa.int64())
    if whole is None:
        return None
    if not whole.null_count:
        return pd.Series(whole.to_numpy()), None
    exact = pc.max(pc.abs(whole)).as_py() <= EXACT
    return (pd.Series(_as_floats(whole)) if exact else pd.Series(present.to_pandas(), dtype="str")), None


def _plain_numbers(present: Cells, column: str, numerals: Numerals) -> Converted | None:
    """The usual case, fast: no separators but the decimal sign."""
    if numerals.decimal != ".":
        if pc.any(pc.match_substring(present, ".")).as_py():
            return None
        present = pc.replace_substring(present, numerals.decimal, ".")
    numbers = _cast(present, pa.float64())
    if numbers is None:
        return None
    values = _as_floats(numbers)
    return None if _would_round(values, present) else (pd.Series(values), None)


def _written_numbers(present: Cells, column: str, numerals: Numerals) -> Converted | None:
    """Numbers with separators, decimal commas, signs of typography, and a few cells that are none."""
    present = _without(present, NUMERIC_GAP_WORDS)
    n_present = len(present) - present.null_count
    matches = {way: pc.match_substring_regex(present, way.pattern) for way in (numerals, other(numerals))}
    counts = {way: pc.sum(match).as_py() or 0 for way, match in matches.items()}
    best = max(counts, key=counts.__getitem__)  # the first of equals: the table's own way
    if counts[best] == 0 or counts[best] < ENOUGH * n_present:
        return None
    values = _as_floats(pc.cast(_plainly(pc.if_else(matches[best], present, None), best), pa.float64()))
    if _would_round(values, present):
        return None
    return pd.Series(values), _unread(present, matches[best], column) if counts[best] < n_present else None


def _dates(present: Cells, column: str, numerals: Numerals) -> Converted | None:
    """Dates as ISO 8601 writes them, with or without a time."""
    stamps = _cast(present, pa.timestamp("us"))
    return None if stamps is None else (pd.Series(stamps.to_pandas()), None)


ATTEMPTS = (_codes, _integers, _plain_numbers, _dates, _written_numbers)
"""In the order in which they are tried; what none of them takes is text."""


def _cast(cells: Cells, to: Any) -> Cells | None:
    """The cells as another type, or ``None`` where one of them is none of it."""
    try:
        pc.cast(cells.slice(0, FIRST), to)  # a cast that fails is slow, so it had better fail on a few cells
        return pc.cast(cells, to)
    except pa.ArrowInvalid:
        return None


def _as_floats(cells: Cells) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(pc.cast(cells, pa.float64()).to_numpy(), dtype=float)


def _plainly(cells: Cells, numerals: Numerals) -> Cells:
    """The same numbers as a computer writes them."""
    plain = pc.replace_substring_regex(cells, numerals.group_signs, "")
    plain = pc.replace_substring(plain, numerals.decimal, ".")
    plain = pc.replace_substring(plain, MINUS, "-")
    return pc.replace_substring(plain, "\u221e", "inf")


def _would_round(values: np.ndarray[Any, np.dtype[np.float64]], present: Cells) -> bool:
    large = bool(np.any(np.isfinite(values) & (np.abs(values) >= EXACT)))
    return large and _any_match(present, r"^[+\-]?[0-9]{16,}$")


def _unread(present: Cells, matches: Cells, column: str) -> Unread:
    lost = np.flatnonzero(pc.fill_null(pc.invert(matches), False).to_numpy())
    first = lost[:N_EXAMPLES]
    examples = tuple(str(word) for word in present.take(pa.array(first)).to_pylist())
    return Unread(column, len(lost), examples, tuple(int(row) + 1 for row in first))
