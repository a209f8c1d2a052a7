"""The parts of "What is in this table?": how it was read, its columns, its first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import downloads, session
from pages.shared.tables import profile_of
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

FIRST_ROWS = 200
MOST_HISTOGRAMS = 300
"""Columns that get a small histogram in the profile."""

_SHOWN = {
    "kind": "kind",
    "gaps": "gaps",
    "distinct": "distinct",
    "min": "lowest",
    "max": "highest",
    "mean": "mean",
    "sd": "spread",
    "why": "why not usable",
}
_FIGURES = ("lowest", "highest", "mean", "spread")
_SETTINGS = {
    "use": st.column_config.CheckboxColumn("use", help="Tick the columns to group by"),
    "why not usable": st.column_config.TextColumn(width=260),
    "distribution": st.column_config.BarChartColumn("distribution"),
    **{name: st.column_config.NumberColumn(format="localized") for name in _FIGURES},
}


def summary(workspace: Workspace) -> str:
    """What the table is, in a sentence."""
    frame, profile = workspace.table.frame, profile_of(workspace)
    usable = int(profile["usable"].sum())
    size = f"{counted(len(frame), 'row')} and {counted(frame.shape[1], 'column')}"
    return f"{escaped(workspace.table.name)}: {size}, {usable} of them usable for finding groups."


def how_read(workspace: Workspace) -> str:
    """How the table was read, or what to see in the example."""
    return escaped(workspace.table.how_read)


def columns(workspace: Workspace) -> None:
    """The profile, a row a column, with a tick for those to use."""
    profile = profile_of(workspace)
    edited = st.data_editor(
        _shown(workspace),
        hide_index=True,
        key=f"profile-{workspace.table.digest}",
        alt="The table's columns, with a tick for those to use",
        disabled=["column", "distribution", *_SHOWN.values()],
        column_config=_SETTINGS,
        placeholder="",
    )
    picked, refused = sort_ticks(profile, edited.loc[edited["use"], "column"].tolist())
    for sentence in refused:
        st.warning(sentence)
    made = [each.name for each in workspace.spec.derived if each.name in workspace.spec.columns]
    if {*picked, *made} != set(workspace.spec.columns):
        session.change_spec(columns=(*picked, *made))
        st.rerun()
    if not picked:
        st.warning("No column is ticked, so there is nothing to find groups in: tick at least one.")
    downloads.button(lambda: profile, "columns", "profile-csv")


def first_rows(workspace: Workspace) -> None:
    """The table's first rows, as read."""
    frame = workspace.table.frame
    first = frame.head(FIRST_ROWS)
    shown = first.set_axis(range(1, len(first) + 1), axis=0).rename_axis("row")
    st.dataframe(shown, key="table-rows", alt="The first rows of the table")
    if len(frame) > FIRST_ROWS:
        st.caption(f"The first {FIRST_ROWS} of {len(frame):,} rows.")


def _shown(workspace: Workspace) -> pd.DataFrame:
    """The profile for the eye: ticks, a small histogram, figures with three significant digits."""
    profile = profile_of(workspace)
    shown = profile[list(_SHOWN)].rename(columns=_SHOWN)
    for name in _FIGURES:
        shown[name] = [_three_digits(value) for value in shown[name].astype(float)]
    shown.insert(0, "distribution", _histograms(workspace, profile))
    shown.insert(0, "column", profile["name"])
    shown.insert(0, "use", profile["name"].isin(workspace.spec.columns))
    return shown


def _three_digits(value: float) -> float:
    return float(f"{value:.4g}")


def _histograms(workspace: Workspace, profile: pd.DataFrame) -> list[list[int] | None]:
    from gmm_core.tables.plotting import bar_counts

    drawn = set(profile.loc[profile["usable"], "name"][:MOST_HISTOGRAMS])
    frame = workspace.table.frame
    return [bar_counts(frame[name].to_numpy(float)) if name in drawn else None for name in profile["name"]]


def sort_ticks(profile: pd.DataFrame, ticked: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The ticked columns that can be used, and for each of the others a sentence that says why not."""
    asked = profile[profile["name"].isin(ticked)]
    refused = asked[~asked["usable"]]
    sentences = [
        f"{escaped(each.name)} {escaped(each.why)}, so it is left out." for each in refused.itertuples(index=False)
    ]
    return tuple(asked.loc[asked["usable"], "name"]), sentences
