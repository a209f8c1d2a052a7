"""The tidy frames of a matrix of pairs: every two of a few columns, and each of them by itself, of one mixture.

Places within a cell run from 0 to 1 along the range of the column's values.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.mixture import Mixture
from gmm_core.tables.mixture_frames import curves_frame, ellipses_frame
from gmm_core.tables.plotting import points_frame, without_gaps

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

MOST_POINTS = 400
"""Rows drawn in each cell."""

MOST_CHOSEN = 200
"""Chosen rows that are drawn besides, evenly taken of more."""

CURVE_POINTS = 80

SEEN = 0.004
"""Part of the highest curve below which the others are not drawn."""

ROOM = 0.06
"""Room beside the rows of a cell, as a part of their range."""


@dataclass(frozen=True, eq=False)
class PairFrames:
    """What `charts.pair_matrix` draws; ``across`` and ``up`` are positions among the chosen columns, across < up.

    Attributes
    ----------
    points : pandas.DataFrame
        across, up, x, y, component, certainty, chosen; chosen ones last, so that they lie on top.
    ellipses : pandas.DataFrame
        across, up, component, outline, order, x, y; missing outside the cell.
    curves : pandas.DataFrame
        at (position), x, density (1 at the column's highest), component.
    """

    points: pd.DataFrame
    ellipses: pd.DataFrame
    curves: pd.DataFrame


def pair_frames(
    mixture: Mixture,
    x: Floats,
    memberships: Floats,
    columns: Sequence[int],
    letters: Sequence[str],
    picked: Rows | None = None,
) -> PairFrames:
    """Frames for some columns of rows (N, D), in the order given.

    Parameters
    ----------
    mixture : Mixture
        Of all D columns.
    x : (N, D) array
        Rows in the mixture's units; those with a gap in the chosen columns are left out.
    memberships : (N, K) array
    columns : sequence of int
    letters : sequence of str
        Names of the columns of ``memberships``.
    picked : array of int, optional
        Places of the rows that are chosen, rising; by default all are.
    """
    chosen, given, rows = without_gaps(x[:, list(columns)], memberships, np.arange(len(x)))
    low, high = _ends(chosen)
    drawn = points_frame(chosen[:, :2], given, rows, MOST_POINTS, MOST_POINTS, letters=letters).assign(chosen=True)
    if picked is not None:
        is_picked = np.isin(np.arange(len(x)), picked, kind="table")
        at = np.flatnonzero(is_picked[rows])
        at = at[:: max(-(-len(at) // MOST_CHOSEN), 1)]
        more = points_frame(chosen[at, :2], given[at], rows[at], len(at), letters=letters).assign(chosen=True)
        others = drawn[~is_picked[drawn["row"] - 1]].assign(chosen=False)
        drawn = pd.concat([others, more], ignore_index=True)
    places = (x[drawn["row"].to_numpy() - 1][:, list(columns)] - low) / (high - low)
    seen = mixture.marginal(columns).projected(low, np.diag(1 / (high - low)))
    pairs = [(i, j) for j in range(len(columns)) for i in range(j)]
    points = [_points(drawn, places, pair) for pair in pairs]
    ellipses = [_ellipses(seen, pair) for pair in pairs]
    curves = [_curve(seen, at) for at in range(len(columns))]
    return PairFrames(*(pd.concat(parts, ignore_index=True) for parts in (points, ellipses, curves)))


def _ends(x: Floats) -> tuple[Floats, Floats]:
    """Where the cells of each column begin and end."""
    if not len(x):
        return np.zeros(x.shape[1]), np.ones(x.shape[1])
    low, high = x.min(axis=0), x.max(axis=0)
    room = np.where(high > low, ROOM * (high - low), np.maximum(np.abs(low), 1.0))
    return low - room, high + room


def _points(drawn: pd.DataFrame, places: Floats, pair: tuple[int, int]) -> pd.DataFrame:
    i, j = pair
    return drawn[["component", "certainty", "chosen"]].assign(across=i, up=j, x=places[:, i], y=places[:, j])


def _ellipses(seen: Mixture, pair: tuple[int, int]) -> pd.DataFrame:
    outlines = ellipses_frame(seen.marginal(pair), (0.95,))
    closing = outlines["order"] == outlines["order"].max()
    outlines = outlines[closing | (outlines["order"] % 3 == 0)]
    inside = outlines["x"].between(0, 1) & outlines["y"].between(0, 1)
    kept = outlines.assign(x=outlines["x"].where(inside), y=outlines["y"].where(inside))
    return kept.drop(columns="probability").assign(across=pair[0], up=pair[1])


def _curve(seen: Mixture, at: int) -> pd.DataFrame:
    curves = curves_frame(seen.marginal([at]), 0.0, 1.0, CURVE_POINTS)
    placed = curves.assign(at=at, density=curves["density"] / curves["density"].max())
    return placed[placed["density"] > SEEN]
