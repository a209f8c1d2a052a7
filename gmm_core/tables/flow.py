"""Who moved where between two groupings of the same rows, as the bands of a flow chart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

GAP = 0.03
"""Room between two groups of one side, as a share of all rows."""

STEPS = 16
"""Places along a band."""


def moves_frame(
    before: NDArray[np.intp],
    after: NDArray[np.intp],
    names: tuple[Sequence[str], Sequence[str]],
    match: Sequence[int],
    weights: Floats | None = None,
) -> pd.DataFrame:
    """How many rows went from which group to which.

    Parameters
    ----------
    before, after : (N,) arrays of int
        The group of each row in either grouping.
    names : pair of sequences of str
        Of the groups before and after.
    match : sequence of int
        For each group after the one before that it goes with, -1 for none: rows that go along have stayed.
    weights : (N,) array, optional

    Returns
    -------
    pandas.DataFrame
        ``before``, ``after``, ``rows``, ``share`` (of all) and ``stayed``, for pairs that hold rows; groups in order.
    """
    own, other = (len(each) for each in names)
    counts = np.bincount(before * other + after, weights, own * other).reshape(own, other).astype(float)
    i, j = np.nonzero(counts)
    stayed = np.asarray(match, dtype=np.intp)[j] == i
    return pd.DataFrame(
        {
            "before": np.asarray(names[0], dtype=object)[i],
            "after": np.asarray(names[1], dtype=object)[j],
            "rows": counts[i, j],
            "share": counts[i, j] / counts.sum(),
            "stayed": stayed,
        }
    )


def flow_frames(moves: pd.DataFrame, names: tuple[Sequence[str], Sequence[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Bands and blocks of a flow chart, of a bounded size: groups before on the left, after on the right.

    Parameters
    ----------
    moves : pandas.DataFrame
        Of ``moves_frame``.
    names : pair of sequences of str
        The groups of both sides from the top down.

    Returns
    -------
    bands : pandas.DataFrame
        ``band`` (id), ``x`` (0 to 1), ``low``, ``high`` (upwards, in shares of all rows), ``before``, ``after``,
        ``rows``, ``stayed``.
    blocks : pandas.DataFrame
        ``side`` ("before" or "after"), ``group``, ``low``, ``high``, ``rows``.
    """
    sides = {side: _blocks(moves, side, order) for side, order in zip(("before", "after"), names, strict=True)}
    start, end = (_lower_ends(moves, side, blocks) for side, blocks in sides.items())
    x = np.linspace(0.0, 1.0, STEPS)
    low = start[:, None] + np.multiply.outer(end - start, x * x * (3.0 - 2.0 * x))  # (M, STEPS), level at both ends
    high = low + moves["share"].to_numpy()[:, None]
    bands = moves.loc[moves.index.repeat(STEPS), ["before", "after", "rows", "stayed"]].reset_index(drop=True)
    band = np.repeat(np.arange(len(moves)), STEPS)
    bands = bands.assign(band=band, x=np.tile(x, len(moves)), low=low.ravel(), high=high.ravel())
    return bands, pd.concat([blocks.reset_index().assign(side=side) for side, blocks in sides.items()])


def _blocks(moves: pd.DataFrame, side: str, order: Sequence[str]) -> pd.DataFrame:
    """The groups of one side that hold rows, from the top down, indexed by ``group``: ``low``, ``high``, ``rows``."""
    sums = moves.groupby(side)[["share", "rows"]].sum().reindex([name for name in order if name in set(moves[side])])
    high = 1.0 - (sums["share"].cumsum() - sums["share"]).to_numpy() - GAP * np.arange(len(sums))
    low = high - sums["share"].to_numpy()
    return sums[["rows"]].assign(low=low, high=high).rename_axis("group")


def _lower_ends(moves: pd.DataFrame, side: str, blocks: pd.DataFrame) -> Floats:
    """Where each band begins on one side, (M,): within its block from the top down, in the order of the moves."""
    done = moves.groupby(side)["share"].cumsum()
    return np.asarray(moves[side].map(blocks["high"]).to_numpy(dtype=float) - done.to_numpy(dtype=float))


def shared_rows(before: Rows, after: Rows) -> tuple[Rows, Rows]:
    """Where the rows that two fits have in common stand in either: positions in arrays of positions in the table."""
    _, mine, theirs = np.intersect1d(before, after, assume_unique=True, return_indices=True)
    return mine, theirs
