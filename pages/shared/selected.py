"""What a person chose on a page's charts: rows between limits and groups, told in a sentence, cleared in a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import session, tagging
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, listed

if TYPE_CHECKING:
    from gmm_core.model.em.forms import Array
    from gmm_core.tables.selecting import Rows

NOTHING = "No row lies there: drag the box elsewhere, or clear it."


def groups(key: str, fitted: Fitted) -> None:
    """Choose the groups to look at; none is all of them."""
    names = tagging.names_of(fitted)
    st.session_state[key] = list(session.focus())
    st.pills(
        "Groups",
        fitted.names,
        selection_mode="multi",
        format_func=lambda letter: escaped(f"{letter} {names.get(letter, '')}".strip()),
        key=key,
        wrap=True,
        on_change=lambda: session.look_at(fitted.names, st.session_state[key]),
    )


@dataclass(frozen=True, eq=False)
class Limit:
    """Ends between which the values (N,) of the fitted rows are chosen, what these are kept under, and in words."""

    of: str
    values: Array
    low: float
    high: float
    words: str


@dataclass(frozen=True, eq=False)
class Chosen:
    """Places (M,) of the chosen rows among those fitted, how many are of each group, (K,), and a key of the choice."""

    places: Rows
    counts: list[int]
    key: str


def chosen(fitted: Fitted, limits: Sequence[Limit]) -> Chosen | None:
    """The rows within all limits and of the groups looked at; None where nothing is chosen."""
    from gmm_core.tables.selecting import group_counts, selected_rows

    groups = [k for k, name in enumerate(fitted.names) if name in session.focus()]
    if not groups and not limits:
        return None
    key = f"{fitted.rows_key}|{groups}|{[(each.of, each.low, each.high) for each in limits]}"
    bounds = [(each.values, each.low, each.high) for each in limits]

    def find() -> Chosen:
        places = selected_rows(fitted.labels, groups, bounds)
        return Chosen(places, group_counts(fitted.labels, places, len(fitted.names)), key)

    found: Chosen = kept("selected", 4, key, find)
    return found


def told(fitted: Fitted, found: Chosen, limits: Sequence[Limit], key: str) -> None:
    """How many rows are chosen, of which groups and by what, and a button that takes the choice away."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentence(fitted, found, limits) if len(found.places) else NOTHING, width="content")
        st.button("Clear", key=key, type="tertiary", icon=":material/close:", on_click=session.look_at_all)


def sentence(fitted: Fitted, found: Chosen, limits: Sequence[Limit]) -> str:
    """How many rows are chosen, by what, and of which groups."""
    names, n_rows = tagging.names_of(fitted), counted(len(fitted.memberships), "row")
    each = [
        f"{escaped(names.get(letter, letter))} {n:,}" for letter, n in zip(fitted.names, found.counts, strict=True) if n
    ]
    by = f" with {listed([limit.words for limit in limits])}" if limits else ""
    return f"**{len(found.places):,} of {n_rows}**{by}: {', '.join(each)}."
