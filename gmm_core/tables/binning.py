"""Bins of a histogram, good for eight rows as for a million."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BINS = 150


def bin_edges(x: Floats) -> Floats:
    """Edges of equal bins over finite values (N,); none where there are no values.

    The width is Freedman and Diaconis' (1981), 2 IQR / N^(1/3), kept between Sturges' number of bins (1926) and
    ``MOST_BINS``. Whole numbers get bins of a whole width about them, or the bars would alternate for no reason.
    """
    if not len(x):
        return np.empty(0)
    lo, hi = float(x.min()), float(x.max())
    if lo == hi:
        half = max(0.5, abs(lo) * 1e-6)
        return np.array([lo - half, hi + half])
    width = _width(x, hi - lo)
    if _whole(x):
        return _whole_edges(lo, hi, max(1, round(width)))
    return np.linspace(lo, hi, max(1, int(np.ceil((hi - lo) / width - 1e-9))) + 1)


def _width(x: Floats, span: float) -> float:
    quarter, three_quarters = np.percentile(x, (25, 75))
    ideal = 2.0 * (three_quarters - quarter) / np.cbrt(len(x))
    sturges = np.ceil(np.log2(len(x))) + 1
    return float(np.clip(ideal, span / MOST_BINS, span / sturges)) if ideal > 0 else span / sturges


def _whole(x: Floats) -> bool:
    return bool((x == np.rint(x)).all()) and float(np.abs(x).max()) < 2**52


def _whole_edges(lo: float, hi: float, width: int) -> Floats:
    n_bins = int((hi - lo) // width) + 1
    return lo - 0.5 + width * np.arange(n_bins + 1.0)
