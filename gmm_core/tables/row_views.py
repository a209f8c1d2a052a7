"""Rows with their memberships as one looks through them: how certain, what was decided, searched and in an order."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.certainty import decided, entropies, margins
from gmm_core.tables.naming import clear_name

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

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


def decided_counts(memberships: Floats, threshold: float) -> list[int]:
    """Rows of each group that are decided."""
    labels = decided(memberships, threshold)
    return np.bincount(labels[labels >= 0], minlength=memberships.shape[1]).tolist()


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with row numbers from 1 as its index."""
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1, name="row"), axis=0)


def in_order(frame: pd.DataFrame, column: str | None, falling: bool = False) -> pd.DataFrame:
    """The frame sorted by a column, each row under its own index; gaps last. None keeps the order."""
    if column is None:
        return frame
    values = frame[column].reset_index(drop=True)
    if values.dtype == object:  # may hold what does not compare
        values = values.astype(str).where(values.notna())
    order = values.sort_values(kind="stable", ascending=not falling).index
    return frame.iloc[order]


def matching(frame: pd.DataFrame, columns: Collection[str], text: str) -> "pd.Series[bool]":
    """Rows, numbered from 1 in the index, that hold a text in one of the columns, or are or hold that number."""
    wanted = text.strip()
    number = pd.to_numeric(wanted, errors="coerce")
    found = pd.Series(frame.index == number, index=frame.index)
    for name in columns:
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            found |= (column == number).fillna(False).astype(bool)
        else:
            found |= column.astype(str).str.contains(wanted, case=False, regex=False)
    return found
