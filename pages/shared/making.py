"""Columns made from others: ratios, products, differences, numbers from dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.tables.derived import DERIVATIONS
from pages.shared import session
from pages.shared.tables import frame_of, profile_of_all
from pages.shared.wording import escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.derived import Derivation

SOURCES = {1: ("Column",), 2: ("First", "Second")}
"""What the menus of sources are called, by how many there are."""


def section(workspace: Workspace) -> None:
    """The made columns there are, and one more."""
    there, adding = st.columns(2, gap="large")
    with there:
        _made(workspace)
    with adding:
        _add(workspace)


def _made(workspace: Workspace) -> None:
    from gmm_core.tables.spec_changes import without_made

    if not workspace.spec.derived:
        st.markdown("No column is made from others. What is made here is chosen at once.")
    for at, each in enumerate(workspace.spec.derived):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(each.words), width="content")
            st.button(
                "Remove",
                key=f"made-remove-{at}",
                type="tertiary",
                icon=":material/close:",
                on_click=session.prepare,
                args=(without_made(workspace.spec, each.name),),
            )
        if caution := DERIVATIONS[each.kind].caution:
            st.caption(f":material/warning: {caution}")


def _add(workspace: Workspace) -> None:
    """A way of making one, its sources, and a button; only ways for which the table has columns are offered."""
    profile = profile_of_all(workspace)
    sources = {name: profile.loc[each.suits(profile), "name"].tolist() for name, each in DERIVATIONS.items()}
    kinds = [name for name, each in DERIVATIONS.items() if len(sources[name]) >= each.n_columns]
    if not kinds:
        st.caption("The table has no columns from which others could be made.")
        return
    kind = st.selectbox("Make", kinds, format_func=lambda name: DERIVATIONS[name].words.capitalize(), key="made-kind")
    derivation = DERIVATIONS[kind]
    of = _sources(derivation, sources[kind])
    reference = _reference(workspace, of[0]) if derivation.needs_reference else ""
    title = derivation.title(of, reference)
    there = title in frame_of(workspace).columns
    st.caption(f"{escaped(title)}{' is there already' if there else ''}")
    st.button(
        "Make this column",
        key="made-add",
        disabled=there or len(set(of)) < len(of),
        on_click=_take,
        args=(title, kind, of, reference),
    )


def _sources(derivation: Derivation, suited: list[str]) -> tuple[str, ...]:
    labels = SOURCES[derivation.n_columns]
    places = st.columns(len(labels))
    return tuple(
        str(place.selectbox(label, suited, index=at, key=f"made-{derivation.name}-{at}"))
        for at, (label, place) in enumerate(zip(labels, places, strict=True))
    )


def _reference(workspace: Workspace, column: str) -> str:
    """The day from which days are counted; at first the earliest there is."""
    first: Any = frame_of(workspace)[column].min().date()
    day = st.date_input("Counted from", value=first, key=f"made-reference-{column}", format="YYYY-MM-DD")
    return str(day or first)


def _take(title: str, kind: str, of: tuple[str, ...], reference: str) -> None:
    from gmm_core.tables.derived import Derived
    from gmm_core.tables.spec_changes import with_made

    session.prepare(with_made(session.workspace().spec, Derived(title, kind, of, reference)))
