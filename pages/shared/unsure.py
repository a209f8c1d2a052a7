"""The parts of "Which rows are unsure?": the threshold, the distribution of certainty, the rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import downloads, drawing, tagging
from pages.shared.digits import MOST_STYLED, with_shares
from pages.shared.results import Fitted
from pages.shared.sentences import merged, unfinished
from pages.shared.stores import kept
from pages.shared.tables import name_first
from pages.shared.wording import counted, share

if TYPE_CHECKING:
    import pandas as pd

FIRST_BARS = 8
MOST_BARS = 20
MOST_SELECTABLE = 50_000
"""Rows up to which they can be ticked; beyond, the browser is sent only the rows in view, which rules ticking out."""

_PERCENT = st.column_config.NumberColumn(format="percent")
_SELECTABLE: dict[str, Any] = {"on_select": "rerun", "selection_mode": "multi-row"}


def threshold(key: str, fitted: Fitted) -> float:
    """Choose the certainty below which a row counts as unsure."""
    picked = st.slider(
        "Unsure below",
        50,
        99,
        90,
        key=key,
        format="%d %%",
        persist_state="session",
        help="A row is certain to the degree of its largest membership (responsibility).",
    )
    value = min(max(int(picked), 50), 99) / 100
    st.caption(
        f"At {picked} %: {counted(_n_unsure(fitted, value), 'row')} unsure, "
        f"{counted(fitted.fit.n_rows - _n_unsure(fitted, value), 'row')} sure."
    )
    return value


def certainty_chart(fitted: Fitted, threshold: float) -> None:
    """How certain the rows are."""
    from gmm_core.tables.plotting import certainty_frame

    note = f"{counted(_n_unsure(fitted, threshold), 'row')} below"
    drawing.chart(
        "unsure-chart",
        f"{fitted.rows_key}|{threshold}",
        lambda: charts.certainty(certainty_frame(fitted.memberships), threshold=threshold, note=note),
        "How many rows are how certain",
    )


def verdict(fitted: Fitted, threshold: float) -> str:
    """How many rows are unsure, in a sentence."""
    if len(fitted.merged) == 1:
        return "With one group every row belongs to it, so none is unsure."
    n_unsure = _n_unsure(fitted, threshold)
    if n_unsure == 0:
        return f"No row is unsure: each belongs to its group with at least {share(threshold)}."
    of_all = f"{n_unsure:,} of {counted(fitted.fit.n_rows, 'row')} ({share(n_unsure / fitted.fit.n_rows)})"
    verb = "belongs" if n_unsure == 1 else "belong"
    return f"{of_all} {verb} to no group with {share(threshold)} or more."


def cautions(fitted: Fitted) -> list[str]:
    """What a membership does not say."""
    compares = "A membership compares the groups with each other: a row far from all of them may still be 100 % in one."
    found = [*unfinished(fitted), *merged(fitted), compares]
    features = fitted.features
    left_out = {"with gaps": features.n_dropped, "outside the filters or the sample": features.n_filtered}
    for why, n in left_out.items():
        found += [f"{counted(n, 'row')} {why} have no group; these cells are empty in the file."] if n else []
    return found


def rows(fitted: Fitted) -> None:
    """All rows with their memberships, the least certain first; chosen ones as bars."""
    frame, added = fitted.rows_frame, fitted.added_columns
    shown = kept("sorted-rows", 2, fitted.rows_key, lambda: _least_certain_first(frame, added[1]))
    event = st.dataframe(
        with_shares(shown, added[1:]),
        key="unsure-rows",
        alt="Rows with their memberships, the least certain first",
        column_order=name_first(fitted.workspace, [added[0], *added[2:], *fitted.workspace.table.frame.columns]),
        column_config={} if shown.size <= MOST_STYLED else dict.fromkeys(added[1:], _PERCENT),
        **(_SELECTABLE if len(frame) <= MOST_SELECTABLE else {}),
    )
    downloads.button(
        lambda: tagging.with_names(fitted, frame, added[0]),
        "memberships",
        "unsure-csv",
        f"Download all {len(frame):,} rows with their groups",
    )
    picked = event["selection"]["rows"] if len(frame) <= MOST_SELECTABLE else []
    _bars(fitted, shown.index - 1, [row for row in picked if row < len(frame)][:MOST_BARS])


def _least_certain_first(frame: pd.DataFrame, certainty: str) -> pd.DataFrame:
    """The frame sorted, with row numbers from 1 as its index; rows without a group last."""
    order = frame[certainty].reset_index(drop=True).sort_values(kind="stable").index
    return frame.iloc[order].set_axis(order + 1, axis=0).rename_axis("row")


def _bars(fitted: Fitted, order: pd.Index, picked: list[int]) -> None:
    chosen = order[picked] if picked else order[:FIRST_BARS]
    st.subheader("Memberships of the chosen rows" if picked else "The least certain rows", anchor=False)
    bars = partial(charts.memberships, long_frame(fitted, chosen))
    drawing.chart("unsure-bars", None, bars, "Memberships, a bar a row")
    if not picked and len(order) <= MOST_SELECTABLE:
        st.caption("Tick rows in the table to see theirs instead.")


def long_frame(fitted: Fitted, positions: pd.Index) -> pd.DataFrame:
    """Memberships of the rows at these positions of the table, a line a row and group; rows with gaps have none."""
    import pandas as pd

    from gmm_core.tables.plotting import responsibilities_frame

    names = fitted.features.names
    at = pd.Index(fitted.features.rows).get_indexer(positions)
    shown = at[at >= 0]
    frame = responsibilities_frame(fitted.memberships[shown], positions[at >= 0].to_numpy(), fitted.names)
    return frame if names is None else frame.assign(label=names[shown].repeat(len(fitted.names)))


def _n_unsure(fitted: Fitted, threshold: float) -> int:
    return int((fitted.certainty < threshold).sum())
