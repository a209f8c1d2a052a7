"""A column in two units: one quantity, but a power of ten larger in some of the rows, as centimetres among metres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST, FEWEST_IN_PART = 20, 3
"""Rows from which it can be told, and those of each part: a single one is a value far from the others."""

POWERS = (2, 3, 6)
"""Of ten, by which usual units differ: cm and m, g and kg, thousands and millions."""

NARROW = 4.0
"""How many times its smallest value the largest of each part is at most: parts of a long tail are wider."""

ALIKE = 0.15
"""How far the medians of the parts, in one unit, may be apart, as a share."""


@dataclass(frozen=True)
class TwoUnits:
    """The medians of both parts, and the power of ten between them."""

    low: float
    high: float
    power: int


def two_units(x: Floats) -> TwoUnits | None:
    """Whether the values (N,) fall into two narrow parts a power of ten apart that would be one in one unit."""
    if len(x) < FEWEST or x.min() <= 0 or x.max() / 10 < x.min():
        return None
    values = np.sort(x)
    at = int(np.diff(np.log(values)).argmax()) + 1
    parts = values[:at], values[at:]
    if any(len(part) < FEWEST_IN_PART or part[-1] > NARROW * part[0] for part in parts):
        return None
    low, high = (float(np.median(part)) for part in parts)
    for power in POWERS:
        if abs(high / low / 10**power - 1) <= ALIKE:
            return TwoUnits(low, high, power)
    return None
