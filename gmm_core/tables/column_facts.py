"""What a column holds, counted and measured once: the facts from which its kind is judged."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

Floats = NDArray[np.float64]

LONG_ENOUGH = 10
"""Rows from which numbers that count up one by one are taken for row numbers."""

LOOKED_AT = 1_000
"""Texts whose length and blanks are looked at."""

NUMBER, DATE, ANSWER, TEXT = "number", "date", "answer", "text"
"""How a column's values are stored."""


@dataclass(frozen=True)
class ColumnFacts:
    """Facts of one column; those of numbers are taken over its finite values, and NaN where there are none.

    Parameters
    ----------
    name : str
    storage : str
        ``NUMBER``, ``DATE``, ``ANSWER`` (true or false) or ``TEXT``.
    n_rows, gaps, distinct : int
        Rows, gaps, and distinct values beside gaps.
    minimum, maximum, mean, sd, skew, kurtosis : float
        Population figures; the kurtosis of a normal distribution is 3.
    first_infinite : int or None
        Position of the first infinite value.
    whole : bool
        Whether all finite values are whole numbers.
    counting : bool
        Whether the values go up or down one by one, without gaps.
    words : frozenset of str
        A column of few distinct texts: these, in lower case.
    wordy : bool
        Whether texts are mostly long or hold blanks.
    digits : bool
        Whether texts are codes of digits.
    """

    name: str
    storage: str
    n_rows: int
    gaps: int
    distinct: int
    minimum: float = np.nan
    maximum: float = np.nan
    mean: float = np.nan
    sd: float = np.nan
    skew: float = np.nan
    kurtosis: float = np.nan
    first_infinite: int | None = None
    whole: bool = False
    counting: bool = False
    words: frozenset[str] = frozenset()
    wordy: bool = False
    digits: bool = False


def gather_facts(series: "pd.Series[Any]", name: str) -> ColumnFacts:
    """Facts of a column, in time linear in its rows."""
    storage = storage_of(series)
    if storage == NUMBER:
        return _facts_of_numbers(numbers_of(series), name)
    if storage == TEXT:
        return _facts_of_texts(series.astype("str"), name)
    return ColumnFacts(name, storage, len(series), int(series.isna().sum()), int(series.nunique()))


def storage_of(series: "pd.Series[Any]") -> str:
    """How a column's values are stored."""
    if types.is_bool_dtype(series.dtype):
        return ANSWER
    if types.is_numeric_dtype(series.dtype) and not types.is_complex_dtype(series.dtype):
        return NUMBER
    return DATE if types.is_datetime64_any_dtype(series.dtype) else TEXT


def numbers_of(series: "pd.Series[Any]") -> Floats:
    """The values of a numeric column, (N,); gaps are NaN."""
    return np.asarray(series.to_numpy(dtype=float, na_value=np.nan), dtype=float)


def _facts_of_numbers(values: Floats, name: str) -> ColumnFacts:
    gaps = int(np.isnan(values).sum())
    finite = values[np.isfinite(values)]
    infinite = np.flatnonzero(np.isinf(values))
    distinct = len(pd.unique(values)) - (gaps > 0)
    first = int(infinite[0]) if len(infinite) else None
    if not len(finite):
        return ColumnFacts(name, NUMBER, len(values), gaps, distinct, first_infinite=first)
    whole = bool((finite == np.rint(finite)).all())
    return ColumnFacts(
        name,
        NUMBER,
        len(values),
        gaps,
        distinct,
        float(finite.min()),
        float(finite.max()),
        *moments(finite),
        first_infinite=first,
        whole=whole,
        counting=whole and len(finite) == len(values) and _counts(values),
    )


def moments(values: Floats) -> tuple[float, float, float, float]:
    """Mean, standard deviation, skew and kurtosis, safe for values of any size."""
    size = float(np.abs(values).max()) or 1.0
    small = values / size
    mean = float(small.mean())
    away = small - mean
    sd = float(np.sqrt(np.mean(away**2)))
    if sd == 0 or small.min() == small.max():
        return mean * size, 0.0, np.nan, np.nan
    away /= sd
    square = away**2
    return mean * size, sd * size, float(np.mean(square * away)), float(np.mean(square**2))


def _counts(values: Floats) -> bool:
    with np.errstate(over="ignore"):  # between numbers near the limits of doubles; such a step is not 1
        steps = np.diff(values)
    return len(values) >= LONG_ENOUGH and bool((steps == 1).all() or (steps == -1).all())


def _facts_of_texts(texts: "pd.Series[Any]", name: str) -> ColumnFacts:
    distinct = int(texts.nunique())
    present = texts.dropna()
    sample = present.iloc[:: max(len(present) // LOOKED_AT, 1)]
    words = frozenset(present.unique()) if distinct <= 2 else frozenset()
    return ColumnFacts(
        name,
        TEXT,
        len(texts),
        len(texts) - len(present),
        distinct,
        words=frozenset(word.strip().lower() for word in words),
        wordy=bool(len(sample))
        and bool((sample.str.contains(" ", regex=False) | (sample.str.len() > 30)).mean() > 0.5),
        digits=bool(len(sample)) and bool(sample.str.fullmatch("[0-9]+").all()),
    )
