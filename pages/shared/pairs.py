"""Every pair of the most telling columns, of the one fit; a click on one shows it on the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import downloads, drawing, sides
from pages.shared.results import Fitted
from pages.shared.selected import Chosen
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

CHART, PICK = "fit-pairs", "pick"

MOST_COLUMNS = 5
"""Columns that the matrix has room for."""


def section(fitted: Fitted, chosen: Chosen | None = None) -> None:
    """The matrix with the rows that are chosen in full colour, and the pairs as a table, the most telling first."""
    columns = _columns(fitted)
    if len(columns) < 2:
        st.caption("Choose two columns or more to see them in pairs.")
        return
    n_left_out = len(fitted.features.columns) - len(columns)
    alt = f"Matrix of small maps of {', '.join(columns)}, the most telling pair first"
    make, on_pick = partial(_matrix, fitted, columns, chosen), partial(_take_picked, fitted, columns)
    drawing.chart(CHART, fitted.key if chosen is None else chosen.key, make, alt, on_pick=on_pick)
    left_out = f" {counted(n_left_out, 'column')} in which groups differ less left out." if n_left_out else ""
    faint = "" if chosen is None else " Rows that are not chosen are faint."
    st.caption(
        "Below the diagonal: rows, at most 400, and the outlines that hold 95\u00a0% of each group. Above it: the "
        "share of rows that these two columns alone may put into a wrong group, at most. All of one fit to all "
        f"columns. Click a map to see it large.{left_out}{faint}"
    )
    downloads.table(
        _table(fitted), "pairs", "fit-pairs-table", "Pairs of columns by overlap of the groups", {"overlap at most": 4}
    )


def _columns(fitted: Fitted) -> list[str]:
    return sides.telling_columns(fitted)[:MOST_COLUMNS]


def _matrix(fitted: Fitted, columns: list[str], chosen: Chosen | None) -> View:
    from gmm_core.tables.pairs import pair_frames
    from gmm_core.tables.results import group_letters

    features, letters = fitted.features, group_letters(fitted.mixture)
    at = [features.columns.index(name) for name in columns]
    picked = None if chosen is None else chosen.places
    found = pair_frames(fitted.mixture, features.working_values, fitted.group_memberships, at, letters, picked)
    overlaps = _overlaps(fitted, columns)
    return charts.pair_matrix(found.points, found.ellipses, found.curves, overlaps, titles=columns, pick=PICK)


def _overlaps(fitted: Fitted, columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    known = {frozenset(pair): bound for pair, bound in sides.telling_pairs(fitted).items()}
    pairs = [(i, j) for j in range(len(columns)) for i in range(j)]
    bounds = [known[frozenset((columns[i], columns[j]))] for i, j in pairs]
    return pd.DataFrame(pairs, columns=["across", "up"]).assign(overlap=bounds)


def _table(fitted: Fitted) -> pd.DataFrame:
    import pandas as pd

    rows = [(*pair, min(bound, 1.0)) for pair, bound in sides.telling_pairs(fitted).items()]
    return pd.DataFrame(rows, columns=["column", "other column", "overlap at most"])


def _take_picked(fitted: Fitted, columns: list[str]) -> None:
    for mark in drawing.picked(CHART, PICK)[:1]:
        sides.show(fitted, columns[int(mark["first"])], columns[int(mark["second"])])
