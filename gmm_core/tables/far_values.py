"""One value far from all the others in its column: a slip, or a code such as 999999, of which a group would be made."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.model.words import counted

Floats = NDArray[np.float64]

FEWEST = 5
"""Values from which one can be far from the others."""

MOST_ROWS = 0.05
"""Share of the rows that may have it."""

OUT_OF_TAIL = 0.5
"""How far beyond the next value it must be on a logarithmic scale, too, by how far that lies beyond the median: the
largest of a skewed column is no slip."""


@dataclass(frozen=True)
class FarValue:
    """The value, the nearest other one, and how many rows have it."""

    value: float
    nearest: float
    n_rows: int

    @property
    def is_high(self) -> bool:
        """Whether it lies above the others."""
        return self.value > self.nearest

    def sentence(self, column: str) -> str:
        """What is odd about it."""
        where = "above the others, at most" if self.is_high else "below the others, at least"
        return (
            f"“{column}” is {self.value:,.10g} in {counted(self.n_rows, 'row')}, far {where} {self.nearest:,.10g}: "
            "a slip, or a code for a gap?"
        )


def far_value(x: Floats, transform: Transform = UNCHANGED) -> FarValue | None:
    """The value of a column (N,), NaN in gaps, that lies further from all others than these lie apart, if there is one.

    With a transform that is judged by the transformed values.
    """
    values = x[~np.isnan(x)]
    z = transform.forward(values)
    if len(values) < FEWEST or z.min() == z.max():
        return None
    for end in (z.max(), z.min()):
        at_end = z == end
        others, n_rows = z[~at_end], int(at_end.sum())
        next_one = others.max() if end == z.max() else others.min()
        apart = abs(end - next_one) > np.ptp(others) > 0
        if apart and n_rows <= max(1, MOST_ROWS * len(z)):
            far = FarValue(float(values[at_end][0]), float(values[~at_end][np.argmax(others == next_one)]), n_rows)
            if transform != UNCHANGED or not far.is_high or _out_of_tail(values, far):
                return far
    return None


def _out_of_tail(values: Floats, far: FarValue) -> bool:
    """Whether a high value is more than the largest of a long tail; only values that are not below 0 have one."""
    if values.min() < 0 or far.nearest <= 0:
        return True
    value, nearest, middle = (math.log(each) for each in (far.value, far.nearest, np.median(values[values > 0])))
    return value - nearest > OUT_OF_TAIL * (nearest - middle)
