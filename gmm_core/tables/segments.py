"""Who is in each group, as tidy frames: sizes, the profile in each column, histograms, categories, typical rows.

``group`` is always the letter (or joined letters, or "noise"), in the order of the memberships' columns.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.categories import profile_categories
from gmm_core.model.mean_intervals import apart_ends
from gmm_core.model.profiles import ColumnProfile, SoftGroups
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.naming import clear_name
from gmm_core.tables.plain_days import with_plain_days
from gmm_core.tables.results import clear_names

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

BARS = 24
"""Of a small histogram."""

TAILS = 0.005
"""Share of the rows at either end that a small histogram piles onto its outermost bars."""

MOST_CATEGORIES = 8
"""Categories that are shown; the rarer ones are summed up."""

OTHERS = "others"


def sizes_frame(memberships: Floats, names: Sequence[str], weights: Floats | None = None) -> pd.DataFrame:
    """How large each group is: ``group``, ``share``, ``expected`` (sum of memberships), ``assigned`` (rows).

    Both count rows as often as their ``weights`` (N,) say.
    """
    counts = np.ones(len(memberships)) if weights is None else weights
    expected = counts @ memberships
    assigned = np.bincount(memberships.argmax(axis=1), counts, memberships.shape[1])
    shares = expected / max(float(expected.sum()), np.finfo(float).tiny)
    return pd.DataFrame({"group": names, "share": shares, "expected": expected, "assigned": assigned})


def profile_frame(
    profiles: Mapping[str, ColumnProfile],
    names: Sequence[str],
    transforms: Mapping[str, Transform] | None = None,
) -> pd.DataFrame:
    """Each group in each column, a row a column and group, in the table's units.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
        By column; of the transformed values where there is a transform.
    names : sequence of str, (K,)
    transforms : mapping of str to Transform, optional

    Returns
    -------
    pandas.DataFrame
        ``column``, ``group``, ``centre``, ``from`` and ``to`` (centre less and plus a standard deviation), ``all``
        (mean of all rows; where there is a transform, their median), ``all spread`` (their standard deviation; missing
        where there is a transform), ``difference`` (centre - all), ``standardised``
        (the difference of means by the spread of all rows; where there is a transform, of transformed values),
        ``above`` (share of the rows outside of the group
        that a row of it lies above), ``delta`` (2 above - 1), and 95 % intervals: ``centre from`` and ``centre to``,
        ``difference from`` and ``difference to`` (missing where a group has too few rows; where there is a transform,
        of the centre less the median, rather too wide), ``above from`` and ``above to``.
    """
    carried = transforms or {}
    parts = [_profile_part(name, each, names, carried.get(name, UNCHANGED)) for name, each in profiles.items()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_PROFILE)


def _profile_part(column: str, profile: ColumnProfile, names: Sequence[str], transform: Transform) -> pd.DataFrame:
    centres = transform.inverse(profile.means)
    ends = [transform.inverse(profile.means + sign * profile.spreads) for sign in (-1.0, 1.0)]
    middles = _carried(profile.mean_ends, transform)
    whole, apart = _from_all(profile, transform, centres, middles)
    spread = profile.spread if transform == UNCHANGED else np.nan
    parts = (
        *(column, names, centres, *ends, *middles, whole, spread, centres - whole, *apart),
        *(profile.standardised, profile.above, profile.low, profile.high, profile.deltas),
    )
    return pd.DataFrame(dict(zip(_PROFILE, parts, strict=True)))


def _from_all(profile: ColumnProfile, transform: Transform, centres: Floats, middles: Floats) -> tuple[float, Floats]:
    """The value of all rows, and the ends (2, K) of the centres' differences from it, in the table's units.

    A mean of all transformed rows is nothing in the table's units, as these rows are no bell; their median is.
    """
    if transform == UNCHANGED:
        return profile.mean, np.where(np.isfinite(profile.difference_ends), profile.difference_ends, np.nan)
    median = float(transform.inverse(np.array([profile.median]))[0])
    return median, apart_ends(centres, middles, median, _carried(profile.median_ends, transform))


def _carried(ends: Floats, transform: Transform) -> Floats:
    """Ends of intervals (2, ...) in the table's units; missing where there are none."""
    there = np.isfinite(ends)
    return np.where(there, transform.inverse(np.where(there, ends, 0.0)), np.nan)


_PROFILE = (
    *("column", "group", "centre", "from", "to", "centre from", "centre to"),
    *("all", "all spread", "difference", "difference from", "difference to"),
    *("standardised", "above", "above from", "above to", "delta"),
)


def histograms_frame(x: Floats, groups: SoftGroups, names: Sequence[str]) -> pd.DataFrame:
    """A small histogram of a column (N,) for each group: ``group``, ``left``, ``right``, ``share``, ``overall``.

    ``share`` is of the group, ``overall`` of all rows. The outermost bars hold what lies beyond them, too, so that a
    few far values don't press all others together.
    """
    present = np.isfinite(x)
    values = x[present]
    edges = _edges(values)
    codes = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    tallies = groups.among(present).tally(codes, len(edges) - 1)
    totals = tallies.sum(axis=1, keepdims=True)
    shares = np.divide(tallies, totals, out=np.zeros_like(tallies), where=totals > 0)
    overall = tallies.sum(axis=0) / tallies.sum()
    return pd.DataFrame(
        {
            "group": np.repeat(np.asarray(names, dtype=object), len(edges) - 1),
            "left": np.tile(edges[:-1], len(names)),
            "right": np.tile(edges[1:], len(names)),
            "share": shares.ravel(),
            "overall": np.tile(overall, len(names)),
        }
    )


def _edges(values: Floats) -> Floats:
    low, high = np.quantile(values[:: max(len(values) // 20_000, 1)], [TAILS, 1 - TAILS])
    if low == high:
        low, high = values.min(), values.max()
    if low == high:
        return np.array([low - 0.5, high + 0.5])
    if (values == np.rint(values)).all() and high - low < BARS:  # bars about whole numbers
        return np.arange(np.floor(low) - 0.5, np.ceil(high) + 1.0)
    return np.linspace(low, high, BARS + 1)


def categories_frame(
    series: "pd.Series[Any]", groups: SoftGroups, names: Sequence[str], most: int = MOST_CATEGORIES
) -> pd.DataFrame:
    """Shares of a column's categories within each group, a row a category and group, the commonest category first.

    Returns
    -------
    pandas.DataFrame
        ``category`` (text), ``group``, ``share``, ``overall`` (share among all rows), ``lift`` (share by overall),
        ``delta`` (share less that among the rows outside of the group) and ``residual`` (share less overall, in
        standard errors). Of more than ``most`` categories the rarer ones are summed
        up as "others". Empty where the column holds no value.
    """
    codes, found = pd.factorize(series.astype("str").where(series.notna()), use_na_sentinel=True)
    if not len(found):
        return pd.DataFrame(columns=["category", "group", "share", "overall", "lift", "delta", "residual"])
    ranks, labels = _ranked(codes, [str(each) for each in found], groups.weights, most)
    profile = profile_categories(np.where(codes < 0, -1, ranks[codes]), len(labels), groups)
    k = len(names)
    return pd.DataFrame(
        {
            "category": np.repeat(np.asarray(labels, dtype=object), k),
            "group": np.tile(np.asarray(names, dtype=object), len(labels)),
            "share": profile.shares.T.ravel(),
            "overall": np.repeat(profile.overall, k),
            "lift": profile.lifts.T.ravel(),
            "delta": profile.deltas.T.ravel(),
            "residual": profile.residuals.T.ravel(),
        }
    )


def _ranked(codes: Rows, found: list[str], weights: Floats | None, most: int) -> tuple[Rows, list[str]]:
    """For each category its place among those shown, the commonest first, and what these are called."""
    present = codes >= 0
    counts = np.bincount(codes[present], None if weights is None else weights[present], len(found))
    order = np.argsort(-counts, kind="stable")
    ranks = np.empty(len(found), dtype=np.intp)
    ranks[order] = np.arange(len(found))
    labels = [found[i] for i in order]
    if len(found) <= most + 1:
        return ranks, labels
    return np.minimum(ranks, most), [*labels[:most], clear_name(OTHERS, set(labels[:most]))]


def typical_frame(
    table: pd.DataFrame, rows: Rows, fitted: Mapping[str, Floats], title: str | None = None
) -> pd.DataFrame:
    """Some rows side by side, as text: ``column``, then a column a row, called by its number (from 1) and its name.

    Parameters
    ----------
    table : pandas.DataFrame
    rows : (M,) array of int
        Positions in the table.
    fitted : mapping of str to (M,) array
        The columns to put first, with their values in these rows: some may not be in the table.
    title : str, optional
        Column that names the rows.
    """
    found = with_plain_days(table.iloc[rows])
    called = [f"row {row + 1:,}" for row in rows]
    if title is not None:
        called = [f"{name}, {row}" for name, row in zip(found[title], called, strict=True)]
    cells = {name: [f"{value:.6g}" for value in values] for name, values in fitted.items()}
    for name in table.columns.difference([*fitted, title], sort=False):
        cells[str(name)] = ["" if pd.isna(cell) else str(cell) for cell in found[name]]
    frame = pd.DataFrame(list(cells.values()), columns=pd.Index(clear_names(called, ["column"])))
    frame.insert(0, "column", list(cells))
    return frame
