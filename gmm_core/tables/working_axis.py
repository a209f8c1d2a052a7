"""The axis of a transformed column: where round values of the table's units lie on it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.transforms.base import Transform

Floats = NDArray[np.float64]

MARKS = 4
_SUFFIXES = ((1e9, "G"), (1e6, "M"))


def ticks_frame(transform: Transform, low: float, high: float) -> pd.DataFrame:
    """Round values from ``low`` to ``high``, evenly spread once transformed, as far as round values can be.

    Returns
    -------
    pandas.DataFrame
        ``value`` (transformed) and ``text`` (as the table has it), a row a mark.
    """
    ends = transform.forward(np.array([low, high]))
    between = transform.inverse(np.linspace(ends[0], ends[1], MARKS)[1:-1]).clip(low, high)
    even = np.array([low, *between, high])
    steps = np.diff(even)
    ways = (np.ceil, *[np.rint] * (MARKS - 2), np.floor)  # the ends go inwards
    rounded = [_rounded(x, step, way) for x, step, way in zip(even, (steps[0], *steps), ways, strict=True)]
    inside = np.unique([x for x in rounded if low <= x <= high])
    inside = inside[~transform.outside(inside)]
    marks = pd.DataFrame({"value": transform.forward(inside), "text": [_text(x) for x in inside]})
    return marks.drop_duplicates("text", ignore_index=True)


def read_off(transform: Transform, low: float, high: float) -> tuple[float, float]:
    """Two places on such an axis in the table's units."""
    start, end = transform.inverse(np.array([low, high])).tolist()
    return start, end


def _rounded(x: float, step: float, way: np.ufunc) -> float:
    """To the first digit of the value, or of the step to the next mark where that is smaller."""
    size = min(abs(x) or step, step)
    if size <= 0:
        return float(x)
    decimals = -int(np.floor(np.log10(size)))
    return float(round(way(x * 10.0**decimals) * 10.0**-decimals, max(decimals, 0)))


def _text(x: float) -> str:
    for size, suffix in _SUFFIXES:
        if abs(x) >= size:
            return f"{x / size:,.4g}{suffix}"
    return f"{x:,.6g}"
