"""The axis of a transformed column: where round values of the table's units lie on it."""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.transforms.base import Transform

Floats = NDArray[np.float64]

MARKS = 5
FEWEST = 3
CLOSEST, BAREST = 0.12, 0.58
"""Parts of the axis: between two marks at least, and without a mark at most."""

FAREST = 24
"""Powers of ten that are looked at, from the largest value down."""

SINGLE = 4
"""Marks that are chosen one by one."""

FEWEST_STEPS = 3
"""Steps of a range that are evenly apart."""

NEAR_ZERO = 1e-9
"""Smallest size of a mark beside zero, as a share of the largest value."""

_LESS_ROUND = 0.4
_ROUNDNESS = {1: 0.05, 2: 0.15, 5: 0.15, **dict.fromkeys((3, 4, 6, 7, 8, 9), _LESS_ROUND)}
"""By the leading digit, how far a mark may lie from its place, in steps, for being rounder than another."""

_SUFFIXES = ((1e9, "G"), (1e6, "M"))

Rounds = list[tuple[float, float]]
"""Round values, each with its roundness."""


def ticks_frame(transform: Transform, low: float, high: float) -> pd.DataFrame:
    """Round values from ``low`` to ``high``, evenly spread once transformed, as far as round values can be.

    Returns
    -------
    pandas.DataFrame
        ``value`` (transformed) and ``text`` (as the table has it), a row a mark.
    """
    ends = transform.forward(np.array([low, high]))
    marks = _marks(transform, low, high) if ends[0] < ends[1] else np.array([low])
    frame = pd.DataFrame({"value": transform.forward(marks), "text": [_text(x) for x in marks]})
    return frame.drop_duplicates("text", ignore_index=True)


def read_off(transform: Transform, low: float, high: float) -> tuple[float, float]:
    """Two places on such an axis in the table's units."""
    start, end = transform.inverse(np.array([low, high])).tolist()
    return start, end


def _marks(transform: Transform, low: float, high: float) -> Floats:
    """The row of round values that leaves least of the axis bare, best one of equal steps; else single values."""
    first, last = transform.forward(np.array([low, high]))
    for rows in (_equal_steps(low, high), _powers(low, high)):
        found: list[tuple[float, Floats]] = []
        for values in rows:
            within = values[(values >= low) & (values <= high)]
            within = within[~transform.outside(within)]
            gaps = np.diff((transform.forward(within) - first) / (last - first), prepend=0.0, append=1.0)
            if FEWEST <= len(within) <= MARKS and gaps[1:-1].min() >= CLOSEST and gaps.max() <= BAREST:
                found.append((float(gaps.max()), within))
        if found:
            return min(found, key=lambda each: each[0])[1]
    return _chosen(transform, low, high, [*_decades(low, high), *_evenly_apart(low, high)])


def _equal_steps(low: float, high: float) -> Iterator[Floats]:
    """Multiples of 1, 2 or 5 times a power of ten."""
    last = math.floor(math.log10(high - low))
    for step in (float(f"{digit}e{power}") for power in (last - 1, last) for digit in (1, 2, 5)):
        multiples = np.arange(math.ceil(low / step), math.floor(high / step + NEAR_ZERO) + 1) * step
        yield np.asarray(multiples.round(max(2 - last, 0)))


def _powers(low: float, high: float) -> Iterator[Floats]:
    """Powers of ten, with some of their multiples or only every so many, and zero; on both sides."""
    most, least = max(abs(low), abs(high)), min(abs(low), abs(high)) if low * high > 0 else 0.0
    last = math.floor(math.log10(most))
    first = math.floor(math.log10(max(least, most * 10.0**-FAREST)))
    for digits, every in (("1", 1), ("13", 1), ("125", 1), ("1", 2), ("1", 3)):
        for begin in range(first, last + 1):
            sizes = [float(f"{digit}e{power}") for power in range(begin, last + 1, every) for digit in digits]
            yield np.array([*(-x for x in reversed(sizes)), 0.0, *sizes])


def _chosen(transform: Transform, low: float, high: float, rounds: Rounds) -> Floats:
    """Of round values the best one near each of the places that are evenly apart on the axis, rising."""
    within = sorted({(x, penalty) for x, penalty in rounds if low <= x <= high})
    x, penalties = np.array(within).reshape(-1, 2).T
    taken = ~transform.outside(x)
    x, penalties = x[taken], penalties[taken]
    first, last = transform.forward(np.array([low, high]))
    steps = (transform.forward(x) - first) / (last - first) * (SINGLE - 1)
    places = np.rint(steps)
    costs = np.abs(steps - places) + penalties
    best = [np.flatnonzero(places == each)[costs[places == each].argmin()] for each in np.unique(places)]
    return np.unique(x[best])


def _decades(low: float, high: float) -> Rounds:
    """Zero, and each digit before the powers of ten as large as the values, on both sides."""
    most = max(abs(low), abs(high))
    least = max(min(abs(low), abs(high)) if low * high > 0 else NEAR_ZERO * most, np.finfo(float).tiny)
    powers = range(math.floor(math.log10(least)), math.floor(math.log10(most)) + 1)
    sizes = [(float(f"{digit}e{power}"), penalty) for power in powers for digit, penalty in _ROUNDNESS.items()]
    return [(0.0, 0.0), *sizes, *((-x, penalty) for x, penalty in sizes)]


def _evenly_apart(low: float, high: float) -> Rounds:
    """Multiples of 1, 2 or 5 times a power of ten, three of them at least."""
    power = math.floor(math.log10((high - low) / FEWEST_STEPS))
    steps = (float(f"{digit}e{each}") for each in (power - 1, power) for digit in (1, 2, 5))  # the logarithm is rounded
    step = max(each for each in steps if FEWEST_STEPS * each <= high - low)
    multiples = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    return [(float(x), _LESS_ROUND) for x in multiples.round(max(1 - power, 0))]


def _text(x: float) -> str:
    for size, suffix in _SUFFIXES:
        if abs(x) >= size:
            return f"{x / size:,.10g}{suffix}"
    return f"{x:,.10g}"
