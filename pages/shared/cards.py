"""A card a group: letter, colour and shape, share, and centre with spread for each column."""

from __future__ import annotations

import streamlit as st

from gmm_core.charts.style import sign_of
from pages.shared.results import Fitted
from pages.shared.wording import escaped, number, share

MOST_COLUMNS = 6
"""Columns that a card has room for; the table below has them all."""


def group_cards(fitted: Fitted) -> None:
    """One card a group, in canonical order."""
    for k, letter in enumerate(fitted.letters):
        with st.container(border=True):
            _card(fitted, k, letter)


def _card(fitted: Fitted, k: int, letter: str) -> None:
    mixture, columns = fitted.mixture, fitted.features.columns
    sign = sign_of(letter)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.image(badge(letter), width=28, alt=f"Group {letter}: {sign.shape}")
        st.markdown(f"**{share(float(mixture.weights[k]))}** of rows")
    spreads = fitted.spreads
    lines = [
        f"{escaped(name)}: **{number(mixture.means[k, j], spreads[j])}** "
        f"± {number(mixture.standard_deviations[k, j], spreads[j])}"
        for j, name in enumerate(columns[:MOST_COLUMNS])
    ]
    if len(columns) > MOST_COLUMNS:
        lines.append(f"and {len(columns) - MOST_COLUMNS} more columns in the table below")
    st.markdown("  \n".join(lines))


def badge(letter: str) -> str:
    """The group's letter on its colour, with its shape beside, as SVG made of our own text only."""
    sign = sign_of(letter)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="56" height="56" viewBox="0 0 56 56">'
        f'<rect x="2" y="2" width="52" height="52" rx="14" fill="{sign.colour}"/>'
        f'<text x="28" y="30" font-family="sans-serif" font-size="26" font-weight="700" fill="{sign.ink}" '
        f'text-anchor="middle">{letter}</text>'
        f'<text x="28" y="48" font-family="sans-serif" font-size="15" fill="{sign.ink}" text-anchor="middle">'
        f"{sign.glyph}</text></svg>"
    )
