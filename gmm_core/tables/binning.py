"""Bins and grids along a column, good for eight rows as for a million."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BINS = 150

FEW_ROWS = 100
"""Rows up to which bins begin and end at round values: of few, each bar is read."""

MOST_SORTED = 1_000
"""Rows by which the width of bins is chosen, evenly taken of more."""

NARROW = 3.0
"""Peaks narrower than so many steps of a grid get points of their own."""

ROUNDING = 1e-12
"""Part of the largest value that tells no two apart: too little to be parted into bins."""

SMALLEST = 1e-280
"""Values below it are as good as zero."""


def bin_edges(x: Floats) -> Floats:
    """Edges of equal bins over finite values (N,); none where there are no values.

    The width is Freedman and Diaconis' (1981), 2 IQR / N^(1/3), but with the shortest half of the rows (Andrews et al.
    1972) for the interquartile range, which would span the gap between two groups. It is kept between Sturges' number
    of bins (1926) and ten times as many, at most ``MOST_BINS``. Whole numbers get bins of a whole width about them, or
    the bars would alternate for no reason.
    """
    if not len(x):
        return np.empty(0)
    lo, hi = float(x.min()), float(x.max())
    if _as_one(lo, hi):
        return np.array(_about(lo, hi))
    width = _width(x, hi - lo)
    if _whole(x):
        return _whole_edges(lo, hi, max(1, round(width)))
    if len(x) <= FEW_ROWS:
        return _round_edges(lo, hi, width)
    return np.linspace(lo, hi, max(1, int(np.ceil((hi - lo) / width - 1e-9))) + 1)


def cut(x: Floats, n: int) -> tuple[Floats, NDArray[np.intp]]:
    """Edges (n + 1,) of n equal bins over finite values (N,), and the bin of each."""
    lo, hi = float(x.min()), float(x.max())
    if _as_one(lo, hi):
        lo, hi = _about(lo, hi)
    bins = ((x - lo) * (n / (hi - lo))).astype(np.intp)
    return np.linspace(lo, hi, n + 1), np.clip(bins, 0, n - 1)


def grid(lo: float, hi: float, n: int, centres: Floats, sds: Floats) -> Floats:
    """n points from ``lo`` to ``hi``, and more about each peak that is too narrow for them."""
    narrow = sds * n < NARROW * (hi - lo)
    near = centres[narrow, None] + sds[narrow, None] * np.linspace(-4, 4, 41)  # (peaks, 1) * (41,)
    x = np.unique(np.concatenate([np.linspace(lo, hi, n), near.ravel()]))
    return np.asarray(x[(x >= lo) & (x <= hi)])


def _as_one(lo: float, hi: float) -> bool:
    return hi - lo <= ROUNDING * max(abs(lo), abs(hi), SMALLEST / ROUNDING)


def _about(lo: float, hi: float) -> tuple[float, float]:
    half = max(0.5, abs(lo) * 1e-6)
    return lo - half, hi + half


def _width(x: Floats, span: float) -> float:
    ideal = 2.0 * _shortest_half(x) / np.cbrt(len(x))
    sturges = np.ceil(np.log2(len(x))) + 1
    most = min(10 * sturges, MOST_BINS)
    return float(np.clip(ideal, span / most, span / sturges)) if ideal > 0 else span / sturges


def _shortest_half(x: Floats) -> float:
    ordered = np.sort(x[:: max(len(x) // MOST_SORTED, 1)])
    half = (len(ordered) + 1) // 2
    return float((ordered[half - 1 :] - ordered[: len(ordered) - half + 1]).min())


def _round_edges(lo: float, hi: float, width: float) -> Floats:
    """Bins of 1, 2 or 5 times a power of ten, from a multiple of that to another."""
    power = 10.0 ** np.floor(np.log10(width))
    step = power * min((1, 2, 5, 10), key=lambda each: abs(np.log(each * power / width)))
    edges = step * np.arange(np.floor(lo / step), np.ceil(hi / step) + 1)
    return np.concatenate([[min(edges[0], lo)], edges[1:-1], [max(edges[-1], hi)]])  # rounding leaves no row outside


def _whole(x: Floats) -> bool:
    return bool((x == np.rint(x)).all()) and float(np.abs(x).max()) < 2**52


def _whole_edges(lo: float, hi: float, width: int) -> Floats:
    n_bins = int((hi - lo) // width) + 1
    return lo - 0.5 + width * np.arange(n_bins + 1.0)
