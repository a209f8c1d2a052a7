"""Rows with their memberships as one looks through them: how certain, what was decided, searched and in an order."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.certainty import decided, entropies, margins
from gmm_core.tables.naming import clear_name
from gmm_core.tables.results import memberships_frame

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Truths = NDArray[np.bool_]

LEAD, ENTROPY, DECISION = "lead", "entropy", "decision"
UNDECIDED = "undecided"


def with_certainties(frame: pd.DataFrame, rows: Rows, memberships: Floats) -> pd.DataFrame:
    """The frame with ``lead`` (largest membership less the second) and ``entropy`` (0 to 1) of the rows fitted."""
    for name, values in ((LEAD, margins(memberships)), (ENTROPY, entropies(memberships))):
        column = np.full(len(frame), np.nan)
        column[rows] = values
        frame = frame.assign(**{clear_name(name, set(frame.columns)): column})
    return frame


def with_decisions(
    frame: pd.DataFrame, rows: Rows, memberships: Floats, names: Collection[str], threshold: float
) -> pd.DataFrame:
    """The frame with ``decision``: the group, or "undecided" where its membership is below the threshold."""
    called = np.array([*names, None, UNDECIDED], dtype=object)
    codes = np.full(len(frame), len(names), dtype=np.intp)
    codes[rows] = decided(memberships, threshold)  # -1 is the last
    return frame.assign(**{clear_name(DECISION, set(frame.columns)): called[codes]})


def decided_counts(labels: Rows, certainty: Floats, threshold: float, n_groups: int) -> list[int]:
    """Rows of each group that are decided, from the likeliest group of each row (N,) and its membership (N,)."""
    return np.bincount(labels[certainty >= threshold], minlength=n_groups).tolist()


def rows_view(
    table: pd.DataFrame, rows: Rows, memberships: Floats, names: Sequence[str], positions: Rows
) -> pd.DataFrame:
    """Some rows of the table with group, memberships, lead and entropy; their numbers from 1 are the index.

    Parameters
    ----------
    table : pandas.DataFrame, (N, ...)
    rows : (M,) array of int
        Positions in the table of the rows that have memberships, rising.
    memberships : (M, K) array
    names : sequence of str, (K,)
        Of the groups.
    positions : (P,) array of int
        Positions in the table of the rows to show.
    """
    places = places_among(rows, positions)
    have, own = np.flatnonzero(places >= 0), memberships[places[places >= 0]]
    frame = with_certainties(memberships_frame(table.iloc[positions], have, own, names), have, own)
    return frame.set_axis(pd.Index(positions + 1, name="row"), axis=0)


def places_among(rows: Rows, positions: Rows) -> Rows:
    """Where positions (P,) stand among rising ``rows`` (M,), (P,); -1 for those that are not among them."""
    places = np.minimum(np.searchsorted(rows, positions), len(rows) - 1)
    return np.where(rows[places] == positions, places, -1)


def order_of(values: "pd.Series[Any]", falling: bool = False) -> Rows:
    """Positions of the values in rising or falling order; gaps last, equal ones as they stand."""
    values = values.reset_index(drop=True)
    if values.dtype == object:  # may hold what does not compare
        values = values.astype(str).where(values.notna())
    return values.sort_values(kind="stable", ascending=not falling).index.to_numpy()


def matching(table: pd.DataFrame, text: str) -> Truths:
    """Which rows (N,) hold a text in one of the columns, or are or hold that number; rows count from 1."""
    wanted = text.strip()
    number = pd.to_numeric(wanted, errors="coerce")
    found = np.arange(1, len(table) + 1) == number
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            held = (column == number).fillna(False)
        else:
            held = column.astype(str).str.contains(wanted, case=False, regex=False)
        found |= held.to_numpy(bool)
    return found


def marked(positions: Rows, n_rows: int) -> Truths:
    """Which of all rows (``n_rows``,) are those at these positions."""
    found = np.zeros(n_rows, dtype=np.bool_)
    found[positions] = True
    return found
