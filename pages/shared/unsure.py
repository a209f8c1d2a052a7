"""The upper part of "Which rows are unsure?": the threshold with all that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import downloads, drawing, flip_table, frame, session, tagging
from pages.shared.results import Fitted
from pages.shared.selected import Limit
from pages.shared.sentences import merged, unfinished
from pages.shared.stores import kept
from pages.shared.terms import help_of
from pages.shared.wording import counted, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

CHART = "unsure-chart"

LOWEST, HIGHEST, FIRST = 50, 99, 90
"""Per cent between which the threshold may lie, and where it begins."""


@st.fragment
def board(fitted: Fitted) -> None:
    """The threshold, the counts and the borderline rows; moving it draws only this part of the page anew."""
    session.draw_all_if_due()
    answer = st.container()
    chart, side = frame.chart_and_controls()
    with side:
        cut = threshold()
        counts = decided_counts(fitted, cut)
        st.caption(told(fitted, cut, counts))
        downloads.button(
            lambda: all_rows(fitted, cut),
            "memberships",
            "unsure-csv",
            f"Download all {len(fitted.workspace.table.frame):,} rows",
        )
    n_unsure = len(fitted.memberships) - sum(counts)
    with chart:
        _certainty_chart(fitted, cut, n_unsure)
    with answer:
        frame.answer(verdict(fitted, cut, n_unsure), cautions(fitted))
    flip_table.section(fitted, cut, n_unsure)


def threshold() -> float:
    """Choose the certainty below which a row is left undecided."""
    picked = st.slider(
        "Leave undecided below",
        LOWEST,
        HIGHEST,
        FIRST,
        key="unsure-threshold",
        format="%d %%",
        persist_state="session",
        help=help_of("certainty"),
    )
    return min(max(int(picked), LOWEST), HIGHEST) / 100


def decided_counts(fitted: Fitted, cut: float) -> list[int]:
    """Rows of each group that are decided."""
    from gmm_core.tables.row_views import decided_counts as count

    def make() -> list[int]:
        return count(fitted.labels, fitted.certainty, cut, len(fitted.names))

    counts: list[int] = kept("decided", 64, f"{fitted.rows_key}|{cut}", make)
    return counts


def told(fitted: Fitted, cut: float, counts: list[int]) -> str:
    """How many rows are decided, group by group, and how many are left."""
    called = (tagging.called(fitted, letter) for letter in fitted.names)
    each = ", ".join(f"**{name}**\u00a0{n:,}" for name, n in zip(called, counts, strict=True))
    left = len(fitted.memberships) - sum(counts)
    return f"At {share(cut)}: {counted(left, 'row')} undecided, {counted(sum(counts), 'row')} decided ({each})."


def _certainty_chart(fitted: Fitted, cut: float, n_unsure: int) -> None:
    drawing.chart(
        CHART,
        f"{fitted.rows_key}|{cut}",
        lambda: _drawn(fitted, cut, n_unsure),
        "How many rows are how certain",
        on_pick=session.draw_all,
        brush=drawing.Brush(fitted.rows_key),
    )


def _drawn(fitted: Fitted, cut: float, n_unsure: int) -> View:
    from gmm_core.tables.plotting import certainty_frame

    def count() -> pd.DataFrame:
        return certainty_frame(fitted.certainty, fitted.labels, fitted.names)

    bins = kept("certainties", 16, fitted.rows_key, count)
    drawn = charts.certainty(bins, threshold=cut, note=f"{counted(n_unsure, 'row')} below")
    return charts.brushed(drawn, ("x",))


def chosen(fitted: Fitted) -> list[Limit]:
    """The certainties chosen by a box on the chart; none without one."""
    box = drawing.limits(CHART, fitted.rows_key)
    return [Limit("certainty", fitted.certainty, *box["x"], _words(*box["x"]))] if "x" in box else []


def _words(low: float, high: float) -> str:
    return f"certainty from {share(max(low, 0.0))} to {share(min(high, 1.0))}"


def verdict(fitted: Fitted, cut: float, n_unsure: int) -> str:
    """How many rows are unsure, in a sentence."""
    if len(fitted.names) == 1:
        return "With one group every row belongs to it, so none is unsure."
    if n_unsure == 0:
        return f"No row is unsure: each belongs to its group with at least {share(cut)}."
    n_rows = len(fitted.memberships)
    of_all = f"{n_unsure:,} of {counted(n_rows, 'row')} ({share(n_unsure / n_rows)})"
    return f"{of_all} {'belongs' if n_unsure == 1 else 'belong'} to no group with {share(cut)} or more."


def cautions(fitted: Fitted) -> list[str]:
    """What a membership does not say."""
    compares = (
        "A membership compares the groups with each other: a row far from all of them may still be 100\u00a0% in one. "
        "See “Sure, but far away” below."
    )
    found = [*unfinished(fitted), *merged(fitted), compares]
    features = fitted.features
    left_out = {"with gaps": features.n_dropped, "outside the filters or the sample": features.n_filtered}
    for why, n in left_out.items():
        found += [f"{counted(n, 'row')} {why} have no group; these cells are empty in the file."] if n else []
    if features.weights is not None:
        found.append("Each row counts once here, whatever its weight.")
    return found


def all_rows(fitted: Fitted, cut: float) -> pd.DataFrame:
    """The whole table with groups, memberships, how certain they are, and the decision at the threshold."""
    from gmm_core.tables.row_views import with_certainties, with_decisions

    rows, memberships = fitted.features.rows, fitted.memberships
    named = tagging.with_names(fitted, fitted.rows_frame, fitted.added_columns[0])
    return with_decisions(with_certainties(named, rows, memberships), rows, memberships, fitted.names, cut)
