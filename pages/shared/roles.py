"""Columns with a task of their own: how often rows count, which groups are known, what rows are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.shared import controls, session
from pages.shared.labels import LABEL_KINDS
from pages.shared.tables import profile_of_all, usable_columns
from pages.shared.wording import escaped
from pages.shared.workspace import Workspace

NO_WEIGHTS = "once"
NONE = "none"
BY_NUMBER = "by number"

NAME_KINDS = ("identifier", "text", "category", "date", "number", "yes/no")
"""Kinds of columns, the likeliest first."""


def section(workspace: Workspace) -> None:
    """The three choices side by side."""
    for place, draw in zip(st.columns(3, gap="medium"), (_weights, _label, _name), strict=True):
        with place:
            draw(workspace)


def _weights(workspace: Workspace) -> None:
    """Choose a column that says how often each row counts."""
    controls.choose(
        "features-weights",
        "Each row counts",
        _with(workspace.spec.weights, [NO_WEIGHTS, *usable_columns(workspace)]),
        workspace.spec.weights or NO_WEIGHTS,
        lambda name: _take(weights=None if name == NO_WEIGHTS else name),
        "A row with weight 3 counts like the same row three times; weight 0 leaves it out.",
    )


def _label(workspace: Workspace) -> None:
    """Choose a column with groups known beforehand; it leaves the columns."""
    label = workspace.spec.label
    controls.choose(
        "features-label",
        "Known groups",
        _with(label, [NONE, *_by_kind(workspace, LABEL_KINDS)]),
        label or NONE,
        _take_label,
        "Kept aside: never used to find groups, only to hold them against. Choosing a column here takes it out of the "
        "columns.",
    )
    if label is not None:
        st.caption(f"{escaped(label)} is kept aside, so it is not among the columns.")


def _take_label(name: str) -> None:
    from gmm_core.tables.spec_changes import with_label

    spec = session.workspace().spec
    session.prepare(with_label(spec, None if name == NONE else name))


def _name(workspace: Workspace) -> None:
    """Choose what rows are called."""
    controls.choose(
        "features-name",
        "Rows are called",
        _with(workspace.spec.name, [BY_NUMBER, *_by_kind(workspace, NAME_KINDS)]),
        workspace.spec.name or BY_NUMBER,
        lambda name: _take(name=None if name == BY_NUMBER else name),
        "Shown beside a point, and in lists of rows.",
    )


def _take(**changes: Any) -> None:
    session.prepare(replace(session.workspace().spec, **changes))


def _by_kind(workspace: Workspace, kinds: tuple[str, ...]) -> list[str]:
    """Columns of these kinds, in the order of the kinds."""
    profile = profile_of_all(workspace)
    fitting = profile[profile["kind"].isin(kinds)]
    order = fitting["kind"].map(kinds.index).sort_values(kind="stable").index
    return [str(name) for name in fitting.loc[order, "name"]]


def _with(chosen: str | None, options: list[str]) -> list[str]:
    return options if chosen is None or chosen in options else [*options, chosen]
