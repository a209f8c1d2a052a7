"""Two groupings laid against each other as frames: the cross table, and the points on which they differ."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.choice.agreement import CrossTable, Label
from gmm_core.tables.merging import JOIN
from gmm_core.tables.naming import clear_name
from gmm_core.tables.results import NOISE, clear_names

Floats = NDArray[np.float64]
Names = NDArray[np.object_]
Rows = NDArray[np.intp]

TOTAL = "total"


def cross_frame(table: CrossTable) -> pd.DataFrame:
    """The cross table, a row a cell, in the order in which it is best read.

    Parameters
    ----------
    table : CrossTable
        Of groups (names) against labels.

    Returns
    -------
    pandas.DataFrame, (R * C, 5)
        ``group``, ``label`` (text), ``count`` (rows, or the sum of their weights), ``share`` (of the group, 0 to 1) and
        ``matched`` (whether the label is the one that the group goes with). Groups stand in order, "noise" last;
        a label in the order of the group that it goes with, so that agreement is a diagonal.
    """
    rows, columns = _row_order(table), _column_order(table)
    counts = table.counts[np.ix_(rows, columns)]
    groups, labels = [table.rows[i] for i in rows], [table.columns[j] for j in columns]
    pairs = _matching(table).items()
    shown = clear_names([_text(label) for label in labels], ())  # the number 1 and the text "1" are two labels
    return pd.DataFrame(
        {
            "group": np.repeat([_text(group) for group in groups], len(labels)),
            "label": np.tile(shown, len(groups)),
            "count": counts.ravel(),
            "share": (counts / counts.sum(axis=1, keepdims=True)).ravel(),
            "matched": [(group, label) in pairs for group in groups for label in labels] & (counts.ravel() > 0),
        }
    )


def wide_cross_frame(table: CrossTable) -> pd.DataFrame:
    """The cross table as people know it: a row a group, a column a label, and totals in the last row and column."""
    long, n_labels = cross_frame(table), len(table.columns)
    groups, labels = long["group"].tolist()[::n_labels], long["label"].tolist()[:n_labels]
    counts = long["count"].to_numpy().reshape(len(groups), n_labels)
    whole = np.block([[counts, counts.sum(axis=1, keepdims=True)], [counts.sum(axis=0), counts.sum()]])
    total = clear_name(TOTAL, {*labels, "group"})
    frame = pd.DataFrame(whole, columns=pd.Index([*clear_names(labels, ["group"]), total]))
    frame.insert(0, "group", [*groups, clear_name(TOTAL, set(groups))])
    return frame


def regrouped(points: pd.DataFrame, rows: Rows, groups: Names) -> pd.DataFrame:
    """The points of a scatter (``plotting.points_frame``) under another grouping, in which each row is certain.

    Parameters
    ----------
    points : pandas.DataFrame
        With ``row`` (from 1) and ``component``.
    rows : (M,) array of int
        Positions in the table of the rows that have groups, rising.
    groups : (M,) array of str
        Their groups.

    Returns
    -------
    pandas.DataFrame
        The same points with the other ``component``, ``certainty`` 1, and ``differs``: whether the group is another.
    """
    found = groups[np.searchsorted(rows, points["row"].to_numpy() - 1)]
    return points.assign(component=found, certainty=1.0, differs=found != points["component"].to_numpy())


def _row_order(table: CrossTable) -> list[int]:
    """Groups by letter, AA after Z, joined ones by their first letter, and the noise last."""
    names = [_text(name) for name in table.rows]
    first = [name.split(JOIN)[0] for name in names]
    return sorted(range(len(names)), key=lambda i: (names[i] == NOISE, len(first[i]), first[i]))


def _column_order(table: CrossTable) -> list[int]:
    """Labels in the order of the groups that they go with, then those that go with none."""
    match = _matching(table)
    matched = [table.columns.index(match[table.rows[i]]) for i in _row_order(table) if table.rows[i] in match]
    return [*matched, *(j for j in range(len(table.columns)) if j not in matched)]


def _matching(table: CrossTable) -> dict[Label, Label]:
    """The label that each group goes with; noise is no group."""
    return table.without(NOISE).matching


def _text(label: Label) -> str:
    return f"{label:.15g}" if isinstance(label, float) else str(label)
