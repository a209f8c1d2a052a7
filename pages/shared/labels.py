"""Labels that are known already, laid against the groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from gmm_core import charts
from gmm_core.charts.style import NOISE
from gmm_core.model.choice.agreement import CrossTable, cross_table
from pages.shared import downloads, drawing, tagging
from pages.shared.results import Fitted
from pages.shared.tables import frame_of, profile_of_all
from pages.shared.wording import counted, escaped, listed, share
from pages.shared.workspace import Workspace

LABEL_KINDS = ("category", "yes/no", "text", "identifier", "number", "date")
"""Kinds of columns that may be labels, the likeliest first."""

MOST_LABELS = 40
"""Different values up to which a column is offered."""


def section(fitted: Fitted) -> None:
    """Choose a column, and see how its values fall on the groups."""
    names = offered(fitted.workspace)
    if not names:
        st.markdown("No other column of this table has few enough different values to be laid against the groups.")
        return
    key = f"fit-labels-{fitted.workspace.table.digest}-{fitted.workspace.spec.label}"
    name = st.selectbox("Column with known labels", names, key=key, persist_state="session")
    table = crossed(fitted, str(name))
    st.markdown(f"**{verdict(table, str(name), partial(tagging.called, fitted))}**")
    if table.rows.count(NOISE):
        st.caption(on_noise(table))
    _show(fitted, table, str(name))


def offered(workspace: Workspace) -> list[str]:
    """Columns that are not used and have few different values: the one kept aside as label, then categories."""
    profile = profile_of_all(workspace)
    few = profile[profile["distinct"].between(2, MOST_LABELS) & ~profile["name"].isin(workspace.spec.columns)]
    by_kind = sorted(few.itertuples(), key=lambda row: LABEL_KINDS.index(row.kind) if row.kind in LABEL_KINDS else 9)
    names = [str(row.name) for row in by_kind]
    return sorted(names, key=lambda name: name != workspace.spec.label)


def crossed(fitted: Fitted, name: str) -> CrossTable:
    """Groups by the values of a column."""
    import pandas as pd

    features = fitted.features
    groups = pd.Index(fitted.names).take(fitted.memberships.argmax(axis=1)).to_numpy()
    labels = frame_of(fitted.workspace)[name].iloc[features.rows].astype(object).to_numpy()
    return cross_table(groups, labels, features.weights)


def verdict(table: CrossTable, name: str, called: Callable[[str], str] = str) -> str:
    """How far groups and labels agree, in a sentence; noise is no group that could agree or not."""
    grouped = table.without(NOISE)
    if not grouped.rows:
        return "No row with a label is in a group: all are noise."
    parts = [f"{called(str(each.group))} is {share(each.share)} {escaped(each.label)}" for each in grouped.purity]
    index = grouped.adjusted_rand
    start = (
        "The groups are nearly"
        if index > 0.9
        else "The groups partly follow"
        if index > 0.3
        else "The groups hardly follow"
    )
    said = f"{start} {escaped(name)} (adjusted Rand index {index:.2f}; 1 is the same, 0 is chance)"
    return f"{said}: {listed(parts)}."


def on_noise(table: CrossTable) -> str:
    """What the rows hold that are in no group."""
    odd = next(each for each in table.purity if each.group == NOISE)
    return (
        f"Beside the groups, {share(odd.n_rows / table.total)} of the rows with a label are noise and fit no group; "
        f"{share(odd.share)} of these are {escaped(odd.label)}."
    )


def _show(fitted: Fitted, table: CrossTable, name: str) -> None:
    from gmm_core.tables.agreement import cross_frame, wide_cross_frame

    cells = cross_frame(table)
    drawing.chart("labels-cross", None, lambda: charts.cross_table(cells, x_title=name), f"Rows by group and {name}")
    if table.n_left_out:
        st.caption(f"{counted(table.n_left_out, 'row')} without a label are left out.")
    wide = tagging.with_names(fitted, wide_cross_frame(table))
    downloads.counts(wide, "labels", "labels-wide", f"Rows by group and by {name}")
