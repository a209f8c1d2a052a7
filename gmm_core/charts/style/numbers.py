"""How numbers read: three significant digits against the column's spread, thousands separated, "95 %" with a space."""

import numpy as np
import pandas as pd

COUNT = ",d"
LIKELIHOOD = ",.1f"
DENSITY = ".3~g"
PERCENT_LABELS = "format(100 * datum.value, '.3~g') + '\u00a0%'"
"""``labelExpr`` of an axis of shares."""

ROUNDING = 1e-11
"""Per cent by which the sum of all shares may miss 100."""

_LARGE, _HUGE, _SMALL = 1e6, 1e15, 1e-3


def value_format(values: pd.Series) -> str:
    """d3 format of single values: digits down to a hundredth of the column's spread; none for whole numbers."""
    finite = values[np.isfinite(values)].astype(float)
    if finite.empty or bool((finite == finite.round()).all() and finite.abs().max() < _HUGE):
        return ",.0f"
    spread = float(finite.std(ddof=0)) or float(finite.abs().max())
    size = float(finite.abs().max())
    if size >= _HUGE or size < _SMALL:
        return f".{_digits(size, spread)}e"
    return f",.{max(0, 2 - _exponent(spread))}f"


def axis_format(low: float, high: float) -> str:
    """d3 format of tick labels: plain, "1.2M" from a million, "1.2e-5" for the very small; "" leaves it to Vega."""
    size = max(abs(low), abs(high))
    if size >= _HUGE or 0 < size < _SMALL:
        return "~e"
    return "~s" if size >= _LARGE else ""


def percent(share: float) -> str:
    """A share as text: no decimals from 10 %, one below and next to 100 %; only none is "0 %", only all "100 %"."""
    percents = 100 * share
    if abs(percents - 100) < ROUNDING:
        return "100\u00a0%"
    if percents > 99.95:
        return "> 99.9\u00a0%"
    if 0 < percents < 0.05:
        return "< 0.1\u00a0%"
    return f"{percents:.1f}\u00a0%" if 0.05 <= percents < 9.95 or percents >= 99.5 else f"{percents:.0f}\u00a0%"


def _exponent(size: float) -> int:
    return int(np.floor(np.log10(size)))


def _digits(size: float, spread: float) -> int:
    return int(np.clip(_exponent(size) - _exponent(spread) + 2, 2, 8))
