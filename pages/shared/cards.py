"""A card a group: letter, colour and shape, share, and centre with spread for each column."""

from __future__ import annotations

import streamlit as st

from pages.shared import tagging
from pages.shared.centres import Centres
from pages.shared.results import Fitted
from pages.shared.wording import escaped, share

MOST_LETTERS = 2
"""Letters that a badge has room for: groups have no more."""

MOST_COLUMNS = 6
"""Columns that a card has room for; the table below has them all."""


def group_cards(fitted: Fitted) -> None:
    """One card a group, in canonical order."""
    centres = Centres(fitted)
    for k, letter in enumerate(fitted.letters):
        with st.container(border=True):
            _card(centres, k, letter)
    if fitted.mixture.noise is not None:
        with st.container(border=True):
            head("noise", fitted.mixture.noise.weight)
            st.markdown("Odd rows that fit no group, spread evenly over the data.")


def _card(centres: Centres, k: int, letter: str) -> None:
    columns = centres.fitted.features.columns
    head(letter, float(centres.fitted.mixture.weights[k]))
    lines = [
        f"{escaped(name)}: **{centres.centre(k, j)}** {centres.reach(k, j)}"
        for j, name in enumerate(columns[:MOST_COLUMNS])
    ]
    if len(columns) > MOST_COLUMNS:
        lines.append(f"and {len(columns) - MOST_COLUMNS} more columns in the table below")
    st.markdown("  \n".join(lines))


def head(letter: str, weight: float) -> None:
    """A group's badge, the name that a person gave it, and its share."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.image(badge(letter), width=28, alt=f"{letter}: {tagging.sign(letter).shape}")
        name = tagging.present()[0].get(letter, "")
        called = f"**{escaped(name)}**, " if name else ""
        st.markdown(f"{called}**{share(weight)}** of rows")


def badge(name: str) -> str:
    """The group's letter on its colour, its shape below, as SVG made of our own text only; of noise the sign alone."""
    sign = tagging.sign(name)
    letter, at, size = (name, 48, 15) if len(name) <= MOST_LETTERS else ("", 38, 26)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="56" height="56" viewBox="0 0 56 56">'
        f'<rect x="2" y="2" width="52" height="52" rx="14" fill="{sign.colour}"/>'
        f'<text x="28" y="30" font-family="sans-serif" font-size="26" font-weight="700" fill="{sign.ink}" '
        f'text-anchor="middle">{letter}</text>'
        f'<text x="28" y="{at}" font-family="sans-serif" font-size="{size}" fill="{sign.ink}" text-anchor="middle">'
        f"{sign.glyph}</text></svg>"
    )
