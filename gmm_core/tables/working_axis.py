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
    even = transform.inverse(np.linspace(ends[0], ends[1], MARKS))
    step = np.diff(even, prepend=even[0] - (even[1] - even[0]))
    round_values = np.unique([_rounded(x, width) for x, width in zip(even, step, strict=True)])
    inside = round_values[(round_values >= low) & (round_values <= high) & ~transform.outside(round_values)]
    return pd.DataFrame({"value": transform.forward(inside), "text": [_text(x) for x in inside]})


def _rounded(x: float, width: float) -> float:
    """To the first digit of the distance to the mark before."""
    return float(round(x, -int(np.floor(np.log10(width))))) if width > 0 else x


def _text(x: float) -> str:
    for size, suffix in _SUFFIXES:
        if abs(x) >= size:
            return f"{x / size:,.4g}{suffix}"
    return f"{x:,.6g}"
