"""Rows by how odd they are, as tidy frames: for the file, for the table on screen, and for the charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.drift import Shares, changed
from gmm_core.model.odd_columns import USUAL, OddColumns
from gmm_core.model.oddness import Oddness
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.naming import clear_name
from gmm_core.tables.results import in_all_rows

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

FEWEST_DECADES, MOST_DECADES = 3, 8
"""Powers of ten that the chart reaches down to at least, and at most; rarer rows stand at its end."""

BARS_A_DECADE = 4


@dataclass(frozen=True, eq=False)
class Usual:
    """The columns that make rows odd, in the table's units: all (N, M); -1 and NaN where none is named.

    ``low`` and ``high`` are the ends of what 95 % of such rows have there, by their sound columns.
    """

    columns: Rows
    values: Floats
    low: Floats
    high: Floats
    either: NDArray[np.bool_]
    together: Rows
    """(N, 2): columns that are odd only together."""


def usual(found: OddColumns, table_values: Floats, transforms: Sequence[Transform]) -> Usual:
    """Odd columns of rows, given as in the table (N, D), with the ends of the usual range carried to its units."""
    values, low, high = (np.full(found.columns.shape, np.nan) for _ in range(3))
    for column, transform in enumerate(transforms):
        rows, steps = np.nonzero(found.columns == column)
        middle, reach = found.means[rows, steps], USUAL * found.deviations[rows, steps]
        values[rows, steps] = table_values[rows, column]
        low[rows, steps], high[rows, steps] = transform.inverse(middle - reach), transform.inverse(middle + reach)
    return Usual(found.columns, values, low, high, found.either, found.together)


def scores_frame(
    frame: pd.DataFrame, rows: Rows, found: Oddness, ranks: Floats, slopes: Floats, n_flagged: int
) -> pd.DataFrame:
    """A table with how odd each row is.

    Parameters
    ----------
    frame : pandas.DataFrame, (N, ...)
        The table, with its groups and memberships.
    rows : (M,) array of int
        Positions in the table of the rows that were scored.
    found : Oddness
        Of these rows.
    ranks : (M,) array
        Share of the fitted rows that are as odd.
    slopes : (M,) array
        What brings log densities to the table's units.
    n_flagged : int
        How many of them, the oddest, are flagged.

    Returns
    -------
    pandas.DataFrame, (N, ... + 6)
        With ``odd`` ("yes", "no", or missing where a row was not scored), ``p-value``, ``rank among fitted rows``,
        ``log density`` (table's units), ``squared distance`` and ``p-value of distance``; renamed where a name is
        taken.
    """
    flags = np.full(len(frame), None, dtype=object)
    flags[rows] = "no"
    flags[rows[found.order[:n_flagged]]] = "yes"
    numbers = {
        "p-value": found.p_value,
        "rank among fitted rows": ranks,
        "log density": found.log_density + slopes,
        "squared distance": found.distance,
        "p-value of distance": found.distance_p_value,
    }
    added: dict[str, Any] = {
        "odd": flags,
        **{name: in_all_rows(each, rows, len(frame)) for name, each in numbers.items()},
    }
    taken = {str(name) for name in frame.columns}
    named = {clear_name(name, taken): each for name, each in added.items()}
    return pd.concat([frame, pd.DataFrame(named, index=frame.index, copy=False)], axis=1)


def rarity_frame(found: Oddness, known: NDArray[np.bool_] | None = None, chosen: Rows | None = None) -> pd.DataFrame:
    """Histogram of how rare rows are: ``left``, ``right`` (powers of ten, 2 is "1 in 100"), ``count``, ``expected``,
    ``chosen``, those at places that a person chose (by default all), and ``known``, the known faults of these.

    Rows beyond the last power stand in the last bar, as those that are expected there do.
    """
    rarity = -np.log10(found.p_value)
    decades = int(np.clip(np.ceil(rarity.max(initial=0.0)), FEWEST_DECADES, MOST_DECADES))
    n_bars = decades * BARS_A_DECADE
    edges, bars = np.linspace(0.0, decades, n_bars + 1), np.minimum(rarity * BARS_A_DECADE, n_bars - 1).astype(np.intp)
    beyond = np.append(10.0 ** -edges[:-1], 0.0)
    among: Rows | slice = slice(None) if chosen is None else chosen
    marked = bars[:0] if known is None else bars[among][known[among]]
    counts, picked, faults = (np.bincount(each, minlength=n_bars) for each in (bars, bars[among], marked))
    expected = len(rarity) * -np.diff(beyond)
    return pd.DataFrame(
        {
            "left": edges[:-1],
            "right": edges[1:],
            "count": counts,
            "expected": expected,
            "known": faults,
            "chosen": picked,
        }
    )


def shares_frame(then: Shares, now: Shares, names: Sequence[str]) -> pd.DataFrame:
    """Shares of the groups among the fitted rows and the new ones, a row each: ``component``, ``rows`` ("fitted" or
    "new"), ``estimate``, ``low``, ``high``, ``changed`` (beyond chance)."""
    moved = changed(then, now)
    parts = [
        pd.DataFrame(
            {
                "component": names,
                "rows": rows,
                "estimate": each.estimates,
                "low": each.low,
                "high": each.high,
                "changed": moved,
            }
        )
        for rows, each in (("fitted", then), ("new", now))
    ]
    return pd.concat(parts, ignore_index=True)
