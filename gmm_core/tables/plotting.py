"""The tidy frames in which charts take rows, of a bounded size however many there are.

``component`` is always a letter, or "noise". Where a mixture has noise, memberships have a column more, and ``letters``
(``results.group_letters``) name it.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.tables.binning import bin_edges, cut
from gmm_core.tables.results import component_letters
from gmm_core.tables.sampling import most_telling

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Texts = Sequence[str] | NDArray[np.object_]

MOST_TILES, ROWS_A_TILE = 40, 10
"""Tiles along each side of the background of a large scatter, and rows for which there is one."""

CELLS = 40
"""Cells along each side of the grid by which rows in a box on a map are counted."""

CERTAINTY_BINS = 50


def without_gaps(X: Floats, *others: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """The rows of (N, D) that have a value in each of its columns, and the same rows of other arrays (N, ...)."""
    whole = ~np.isnan(X).any(axis=1)
    return (X, *others) if whole.all() else tuple(each[whole] for each in (X, *others))


def bins_frame(x: Floats, weights: Floats | None = None) -> pd.DataFrame:
    """Histogram of a column (N,), by row weights (N,), as a density: ``left``, ``right``, ``density``; without gaps."""
    used = np.isfinite(x) if weights is None else np.isfinite(x) & (weights > 0)
    finite, counted = x[used], None if weights is None else weights[used]
    edges = bin_edges(finite)
    # From a number and two ends: equal bins need no search, which a million rows would notice.
    ends = tuple(edges[[0, -1]]) if len(edges) else None
    counts = np.histogram(finite, len(edges) - 1, ends, weights=counted)[0] if ends else np.empty(0)
    density = counts / (max(counts.sum(), np.finfo(float).tiny) * np.diff(edges))
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "density": density})


def points_frame(
    X2: Floats,
    memberships: Floats,
    rows: Rows,
    limit: int = 5_000,
    sample: int = 2_000,
    labels: Texts | None = None,
    seed: int = 0,
    letters: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Points of a scatter: ``x``, ``y``, ``component``, ``certainty``, ``row`` (from 1), ``label``.

    Parameters
    ----------
    X2 : (N, 2) array
    memberships : (N, K) array
    rows : (N,) array of int
        Positions of the rows in the table.
    limit, sample : int
        Up to ``limit`` rows all of them; beyond it ``sample`` of them, by ``sampling.most_telling``.
    labels : sequence of str, optional
        Names of the rows of ``X2``, (N,); by default none, "".
    seed : int
        Of the sample.
    letters : sequence of str, optional
        Names of the columns of ``memberships``, by default A, B, ...
    """
    chosen = np.arange(len(X2)) if len(X2) <= limit else most_telling(X2, memberships, sample, seed)
    names = _names(memberships, letters)
    return pd.DataFrame(
        {
            "x": X2[chosen, 0],
            "y": X2[chosen, 1],
            "component": names[memberships[chosen].argmax(axis=1)],
            "certainty": memberships[chosen].max(axis=1),
            "row": rows[chosen] + 1,
            "label": "" if labels is None else [str(labels[i]) for i in chosen],
        }
    )


def rug_frame(
    x: Floats,
    memberships: Floats,
    rows: Rows,
    letters: Sequence[str] | None = None,
    labels: Texts | None = None,
) -> pd.DataFrame:
    """Each row of a column (N,) as a tick: ``x``, ``component``, ``certainty``, ``row`` (from 1), ``label``."""
    twice = np.column_stack([x, x])
    return points_frame(twice, memberships, rows, len(x), labels=labels, letters=letters).drop(columns="y")


def bar_counts(x: Floats, n: int = 16) -> list[int]:
    """Counts of a column's finite values in ``n`` equal bins, for a histogram in a table's cell."""
    finite = x[np.isfinite(x)]
    bins = cut(finite, n)[1] if len(finite) else np.empty(0, dtype=np.intp)
    counts: list[int] = np.bincount(bins, minlength=n).tolist()
    return counts


def tiles_frame(
    X2: Floats, memberships: Floats, n: int | None = None, letters: Sequence[str] | None = None
) -> pd.DataFrame:
    """Counts of rows (N, 2) on an n x n grid: ``x0``, ``x1``, ``y0``, ``y1``, ``component``, ``count``.

    Only tiles that hold rows; ``component`` is the commonest in a tile, the first of equals. By default there is a tile
    for every ten rows, and at most 40 x 40.
    """
    k = memberships.shape[1]
    n = n or min(MOST_TILES, math.isqrt(max(len(X2) // ROWS_A_TILE, 1)))
    (x_edges, column), (y_edges, row) = cut(X2[:, 0], n), cut(X2[:, 1], n)
    cell = (column * n + row) * k + memberships.argmax(axis=1)
    counts = np.bincount(cell, minlength=n * n * k).reshape(n * n, k)
    total = counts.sum(axis=1)
    filled = np.flatnonzero(total)
    across, up = np.divmod(filled, n)
    return pd.DataFrame(
        {
            "x0": x_edges[across],
            "x1": x_edges[across + 1],
            "y0": y_edges[up],
            "y1": y_edges[up + 1],
            "component": _names(memberships, letters)[counts[filled].argmax(axis=1)],
            "count": total[filled],
        }
    )


def cells_frame(X2: Floats, x_bins: pd.DataFrame, y_bins: pd.DataFrame, weights: Floats | None = None) -> pd.DataFrame:
    """Rows (N, 2) counted, by row weights (N,), in cells that histograms of both columns make: ``x0``, ``x1``, ``y0``,
    ``y1``, and as shares of the rows with a value in the one column and in the other, as histograms count them,
    ``x_share`` and ``y_share``. Only cells that hold rows; of many bins some go together, so that there are at most
    40 x 40."""
    sides = [_coarse_edges(each) for each in (x_bins, y_bins)]
    counted = np.ones(len(X2)) if weights is None else weights
    known = np.isfinite(X2)
    both = known.all(axis=1)
    across, up = (
        np.clip((x - edges[0]) / (edges[1] - edges[0]), 0, len(edges) - 2).astype(np.intp)
        for x, edges in zip(X2[both].T, sides, strict=True)
    )
    (x_edges, y_edges), n = sides, len(sides[1]) - 1
    counts = np.bincount(across * n + up, counted[both])
    across, up = np.divmod(np.flatnonzero(counts), n)
    ends = {"x0": x_edges[across], "x1": x_edges[across + 1], "y0": y_edges[up], "y1": y_edges[up + 1]}
    shares = counts[counts > 0] / (counted @ known)[:, None]
    return pd.DataFrame({**ends, "x_share": shares[0], "y_share": shares[1]})


def _coarse_edges(bins: pd.DataFrame) -> Floats:
    each = -(-len(bins) // CELLS)
    return np.append(bins["left"].to_numpy()[::each], bins["right"].iloc[-1])


def certainty_frame(certainty: Floats, labels: Rows, names: Sequence[str]) -> pd.DataFrame:
    """How sure the rows' places are, group by group: ``left``, ``right``, ``component``, ``count``.

    Parameters
    ----------
    certainty : (N,) array
        The largest membership of each row, in [1/K, 1].
    labels : (N,) array of int
        Its group.
    names : sequence of str
        Of the groups, (K,).
    """
    n, k = CERTAINTY_BINS, len(names)
    edges = np.linspace(0.0, 1.0, n + 1)
    bins = np.clip(certainty * n, 0, n - 1).astype(np.intp)  # rounding may take it past 1
    counts = np.bincount(bins * k + labels, minlength=n * k)
    possible = edges[1:] > 1.0 / k
    possible[-1] = True  # of one group too
    left, right = (np.repeat(each[possible], k) for each in (edges[:-1], edges[1:]))
    groups = np.tile(np.array([*names], dtype=object), possible.sum())
    return pd.DataFrame({"left": left, "right": right, "component": groups, "count": counts[np.repeat(possible, k)]})


def responsibilities_frame(memberships: Floats, rows: Rows, letters: Sequence[str] | None = None) -> pd.DataFrame:
    """Memberships (N, K) of rows, long: ``row`` (from 1), ``component``, ``responsibility``."""
    n, k = memberships.shape
    names = np.tile(_names(memberships, letters), n)
    return pd.DataFrame({"row": np.repeat(rows + 1, k), "component": names, "responsibility": memberships.ravel()})


def _names(memberships: Floats, letters: Sequence[str] | None) -> NDArray[np.object_]:
    """A name for each column of memberships, (K,)."""
    return np.asarray(letters or component_letters(memberships.shape[1]), dtype=object)
