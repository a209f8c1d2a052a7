"""What comes of a column of words, and the few questions that all conversions ask of one."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

N_EXAMPLES = 3

LOOKED_AT = 100
"""Cells on which a pattern is tried before it is tried on all."""

Cells = Any
"""A ``pyarrow.ChunkedArray``; pyarrow ships no types."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Unread:
    """Cells of a column of numbers or dates that are none and became gaps.

    Parameters
    ----------
    column : str
    count : int
    examples : tuple of str
        The first few of them.
    rows : tuple of int
        Their row numbers, from 1.
    kind : str
        What they are not: ``"number"``, ``"date"`` or ``"time"``.
    """

    column: str
    count: int
    examples: tuple[str, ...]
    rows: tuple[int, ...]
    kind: str = "number"


@dataclass(frozen=True, eq=False)
class Converted:
    """A column as converted, the cells that were lost, how its cells were understood where that isn't plain, and words
    that were taken as gaps, with how often."""

    series: "pd.Series[Any]"
    unread: Unread | None = None
    how: str = ""
    gap_words: Counter[str] = field(default_factory=Counter)


def without(cells: Cells, gap_words: frozenset[str]) -> Cells:
    """The cells with null where these words stand."""
    gaps = pc.is_in(cells, value_set=_as_array(gap_words))
    return pc.if_else(gaps, pa.scalar(None, pa.string()), cells)


def counted_words(cells: Cells, gap_words: frozenset[str]) -> Counter[str]:
    """How often each of these words stands among the cells, blank ones aside."""
    found = pc.value_counts(cells.filter(pc.is_in(cells, value_set=_as_array(gap_words - {""}))))
    return Counter({each["values"]: each["counts"] for each in found.to_pylist()})


@cache
def _as_array(words: frozenset[str]) -> Any:
    return pa.array(sorted(words))


def any_match(cells: Cells, pattern: str) -> bool:
    """Whether a regular expression is found in any cell."""
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())


def sampled(cells: Cells) -> list[str]:
    """Some cells that hold something, from all over the column."""
    places = np.unique(np.linspace(0, len(cells) - 1, min(len(cells), LOOKED_AT)).astype(np.int64))
    return [cell for cell in cells.take(pa.array(places)).to_pylist() if cell is not None]


def looks_like(sample: list[str], pattern: str) -> bool:
    """Whether half of these cells match: a quick look, before all are gone through."""
    return 2 * sum(re.match(pattern, cell) is not None for cell in sample) >= len(sample)


def unread(present: Cells, matches: Cells, column: str, kind: str) -> Unread:
    """The cells that hold something and don't match."""
    lost = np.flatnonzero(pc.fill_null(pc.invert(matches), False).to_numpy())
    first = lost[:N_EXAMPLES]
    examples = tuple(str(word) for word in present.take(pa.array(first)).to_pylist())
    return Unread(column, len(lost), examples, tuple(int(row) + 1 for row in first), kind)
