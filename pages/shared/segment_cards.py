"""A card a segment: badge, name, share, what sets it apart, typical rows; and the form to name it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.charts.style import NOISE, PALETTE
from pages.shared import cards, controls, on_screen, segmenting, tagging
from pages.shared.placing import in_rows
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.tables import frame_of
from pages.shared.tags import LONGEST_NAME, LONGEST_NOTE, Tag
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    import pandas as pd

_WORDS = ("Blue", "Orange", "Green", "Pink", "Light blue", "Red", "Brown", "Purple")
COLOURS = dict(zip(PALETTE, _WORDS, strict=True))
"""What the colours of the palette are called."""

FINE = 1_000
"""Rows of a segment below which parts of a row are told."""


def segments(fitted: Fitted) -> None:
    """All cards, in rows; noise comes last."""
    frame = segmenting.sizes(fitted)
    for k, place in enumerate(in_rows(len(frame))):
        with place, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(fitted, k, frame.iloc[k])


def _card(fitted: Fitted, k: int, row: pd.Series) -> None:
    letter = str(row["group"])
    tag = tagging.odd_of(fitted) if letter == NOISE else tagging.tags_of(fitted)[k]
    with st.container():
        cards.head(letter, float(row["share"]), fitted)
        st.markdown(segmenting.sentence(fitted, letter))
        if tag.note:
            st.markdown(f"*{escaped(tag.note)}*")
        st.caption(_size(row))
    with st.container(horizontal=True):
        _form(fitted, k, tag)
        if letter != NOISE:
            _typical(fitted, k)


def _size(row: pd.Series) -> str:
    expected, assigned = float(row["expected"]), round(float(row["assigned"]))
    told, decimals = f"The likeliest group of {counted(assigned, 'row')}", 1 if assigned < FINE else 0
    summed = f"{expected:,.{decimals}f}"
    if summed == f"{assigned:,.{decimals}f}":
        return f"{told}."
    return f"{told}; counting each row by its membership, {summed}."


def _form(fitted: Fitted, k: int, tag: Tag) -> None:
    """Name, colour and note; each is taken as it is given. The noise keeps its grey."""

    def take(what: str) -> Callable[[str], None]:
        return lambda value: tagging.change(fitted, k, **{what: value})

    key, is_noise = f"segment-{k}", fitted.names[k] == NOISE
    with st.popover("Name, note" if is_noise else "Name, colour, note", type="tertiary", icon=":material/edit:"):
        _text(f"{key}-name", "Name", tag.name, LONGEST_NAME, take("name"))
        if not is_noise:
            note = "The colour stays with the group; one that another segment has is exchanged."
            shown = tagging.sign(fitted.names[k]).colour
            controls.choice(f"{key}-colour", "Colour", COLOURS, shown, take("colour"), note)
        _text(f"{key}-note", "Note", tag.note, LONGEST_NOTE, take("note"), lines=True)


def _text(key: str, label: str, value: str, longest: int, take: Callable[[str], None], lines: bool = False) -> None:
    """A text of the person's own, of one line or of several."""
    controls.show(key, value)
    area = st.text_area if lines else st.text_input
    area(label, max_chars=longest, key=key, on_change=lambda: take(str(st.session_state[key] or "")))


def _typical(fitted: Fitted, k: int) -> None:
    """Three rows near the centre, looked for when they are asked for."""
    opened = st.popover(
        "Typical rows", type="tertiary", icon=":material/table_rows:", key=f"segment-rows-{k}", on_change="rerun"
    )
    if not opened.open:
        return
    frame = typical_rows_of(fitted, k)
    with opened:
        if frame is None:
            st.markdown("No row without a gap is in this segment.")
            return
        on_screen.table(frame, hide_index=True, key=f"segment-rows-{k}-table", alt="Typical rows, side by side")
        st.caption("The rows of the segment where it is densest, near its centre.")


def typical_rows_of(fitted: Fitted, k: int) -> pd.DataFrame | None:
    """Rows near the centre of a segment, side by side; None where it has no row without a gap."""
    from gmm_core.tables.segments import typical_frame

    at, features = kept("segment-typical", 16, fitted.rows_key, partial(_find_typical, fitted))[k], fitted.features
    if not len(at):
        return None
    values = dict(zip(features.columns, features.table_values[at].T, strict=True))
    workspace = fitted.workspace
    return typical_frame(frame_of(workspace), features.rows[at], values, workspace.spec.name)


def _find_typical(fitted: Fitted) -> list[Any]:
    """Which of the fitted rows are typical of each cluster, by distances in the fit's own space."""
    from gmm_core.model.typical import typical_rows

    labels = fitted.memberships.argmax(axis=1)
    return list(typical_rows(fitted.fit.mixture, fitted.features.values, labels, fitted.merged))
