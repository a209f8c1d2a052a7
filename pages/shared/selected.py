"""What a person chose on a page's charts: rows between limits and groups, told in a sentence, cleared in a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from pages.shared import drawing, session, tagging
from pages.shared.results import Fitted
from pages.shared.sides import Side
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, listed, number

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


class Grouped(Protocol):
    """Rows in groups: of each, (N,), its group's place among the names; what follows is kept under ``rows_key``."""

    @property
    def labels(self) -> Rows: ...

    @property
    def names(self) -> tuple[str, ...]: ...

    @property
    def rows_key(self) -> str: ...


@dataclass(frozen=True, eq=False)
class Chosen:
    """Places (M,) of the chosen rows among those fitted, how many are of each group, (K,), and a key of the choice."""

    places: Rows
    counts: list[int]
    key: str


def limits(side: Side, *keys: str) -> list[Limit]:
    """Those of the box on a chart of this side, or on one of several that lie beside each other."""
    return of_box(side, next(filter(None, (drawing.limits(key, side.key) for key in keys)), {}))


def of_box(side: Side, box: Mapping[str, tuple[float, float]]) -> list[Limit]:
    """Those of a box on this side, whose ends are given by axis."""
    ends = [("xy".index(axis), low, high) for axis, (low, high) in sorted(box.items())]
    return [
        Limit(f"{side.key}|{at}", side.values[:, at], low, high, in_words(side, at, low, high))
        for at, low, high in ends
    ]


def in_words(side: Side, axis: int, low: float, high: float) -> str:
    """Between which values of the table a box lies: "weight from 2.1 to 3.0"."""
    ends = side.ends(axis, low, high)
    start, end = (number(each, 3 * (ends[1] - ends[0])) for each in ends)
    return f"{escaped(side.names[axis])} from {start} to {end}"


def chosen(rows: Grouped, limits: Sequence[Limit]) -> Chosen | None:
    """The rows within all limits and of the groups looked at; None where nothing is chosen."""
    from gmm_core.tables.selecting import group_counts, selected_rows

    groups = [k for k, name in enumerate(rows.names) if name in session.focus()]
    if not groups and not limits:
        return None
    key = f"{rows.rows_key}|{groups}|{[(each.of, each.low, each.high) for each in limits]}"
    bounds = [(each.values, each.low, each.high) for each in limits]

    def find() -> Chosen:
        places = selected_rows(rows.labels, groups, bounds)
        return Chosen(places, group_counts(rows.labels, places, len(rows.names)), key)

    found: Chosen = kept("selected", 4, key, find)
    return found


def told(rows: Grouped, found: Chosen, limits: Sequence[Limit], key: str, more: str = "") -> None:
    """How many rows are chosen, of which groups and by what, and a button that takes the choice away.

    ``more`` is what else the page says of them, where there are any.
    """
    said = f"{sentence(rows, found, limits)} {more}" if len(found.places) else NOTHING
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said, width="content")
        st.button("Clear", key=key, type="tertiary", icon=":material/close:", on_click=session.look_at_all)


def sentence(rows: Grouped, found: Chosen, limits: Sequence[Limit]) -> str:
    """How many rows are chosen, by what, and of which groups."""
    names, n_rows = tagging.present()[0], counted(len(rows.labels), "row")
    each = [
        f"{escaped(names.get(letter, letter))} {n:,}" for letter, n in zip(rows.names, found.counts, strict=True) if n
    ]
    by = f" with {listed([limit.words for limit in limits])}" if limits else ""
    return f"**{len(found.places):,} of {n_rows}**{by}: {', '.join(each)}."
