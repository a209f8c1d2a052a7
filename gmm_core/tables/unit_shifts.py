"""Columns of new rows that look as if they were in another unit, and the factor that brings them back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FACTOR = 10.0
"""Ratio of usual sizes from which a column looks like one in another unit."""

NEAR = 0.6
"""How much of a power of ten, or its inverse, a ratio may be to be taken for it."""


@dataclass(frozen=True)
class UnitShift:
    """A column that is so many times as large as it was."""

    column: str
    factor: float

    @property
    def power(self) -> float | None:
        """The power of ten to multiply by, so that the column is as it was; None where none is near."""
        power = 10.0 ** -round(np.log10(self.factor))
        return power if NEAR < self.factor * power < 1 / NEAR else None

    @property
    def words(self) -> str:
        """A sentence on it: a power of ten where one is near, else one digit."""
        size = max(self.factor, 1 / self.factor)
        power = 10.0 ** round(np.log10(size))
        rounded = f"{float(f'{size:.1g}') if self.power is None else power:,g}"
        times = f"{rounded} times what it was" if self.factor > 1 else f"1/{rounded} of what it was"
        return f"“{self.column}” is about {times} before. Is it in another unit?"


def unit_shifts(then: Floats, now: Floats, columns: Sequence[str]) -> tuple[UnitShift, ...]:
    """The columns whose values are ten times as large as before, or a tenth, or more.

    Sizes are distances from zero, compared decile by decile. They must have changed for most rows, not for one group
    of them, so the middle half of the values has to lie elsewhere or be as much wider or narrower.

    Parameters
    ----------
    then, now : (N, D) and (M, D) arrays
        In the table's units, NaN in gaps.
    columns : sequence of str, (D,)
    """
    found = ((name, _factor(old, new)) for name, old, new in zip(columns, then.T, now.T, strict=True))
    return tuple(UnitShift(name, factor) for name, factor in found if factor is not None)


def rescaled(table: pd.DataFrame, column: str, power: float) -> pd.DataFrame:
    """The table with a column times a power of ten; dividing where that is below 1 keeps decimal digits exact."""
    x = table[column]
    return table.assign(**{column: x * power if power >= 1 else x / round(1 / power)})


def in_words(column: str, power: float) -> tuple[str, str]:
    """What is to be done with a column, and what was done: "Divide “x” by 100", "“x” was divided by 100"."""
    verb, by = ("Multiply", "multiplied") if power >= 1 else ("Divide", "divided")
    size = f"{max(power, 1 / power):,.0f}"
    return f"{verb} “{column}” by {size}", f"“{column}” was {by} by {size}"


def _factor(then: Floats, now: Floats) -> float | None:
    """How many times as large the values are, where that looks like another unit."""
    then, now = then[~np.isnan(then)], now[~np.isnan(now)]
    if not len(then) or not len(now):
        return None
    sizes = [np.quantile(np.abs(each), np.linspace(0.1, 0.9, 9)) for each in (then, now)]
    positive = (sizes[0] > 0) & (sizes[1] > 0)
    if 2 * positive.sum() < len(positive):
        return None
    factor = float(np.median(sizes[1][positive] / sizes[0][positive]))
    if max(factor, 1 / factor) < FACTOR:
        return None
    outside = np.mean((now < then.min()) | (now > then.max()))
    spreads = [float(np.subtract(*np.percentile(each, (75, 25)))) for each in (then, now)]
    wider = spreads[0] > 0 and spreads[1] > 0 and abs(np.log(spreads[1] / spreads[0] / factor)) < np.log(2.0)
    return factor if outside > 0.5 or wider else None
