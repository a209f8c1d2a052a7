"""A card a group, or a cluster of merged groups: letter, colour and shape, share, and centres with spreads."""

from __future__ import annotations

import streamlit as st

from gmm_core.charts.style import JOIN
from pages.shared import session, tagging
from pages.shared.centres import Centres
from pages.shared.results import Fitted
from pages.shared.wording import counted, escaped, share

MOST_LETTERS = 2
"""Letters that a badge has room for: groups have no more."""

MOST_COLUMNS = 6
"""Columns that a card has room for; the table below has them all."""

MOST_LINES = 24
"""Lines of all cards together, beside which the chart would stand alone."""


def group_cards(fitted: Fitted) -> None:
    """One card a cluster, in canonical order; where nothing is merged each group is one."""
    centres = Centres(fitted)
    for name, members in zip(fitted.names, fitted.merged, strict=False):  # the noise comes last, without members
        with st.container(border=True):
            _card(centres, name, members)
    if fitted.mixture.noise is not None:
        with st.container(border=True):
            head("noise", fitted.mixture.noise.weight, fitted)
            st.markdown("Odd rows that fit no group, spread evenly over the data.")
            st.caption("Outliers flags rows by another rule: how rare they are for the groups.")


def _card(centres: Centres, name: str, members: tuple[int, ...]) -> None:
    fitted = centres.fitted
    weights = [float(fitted.mixture.weights[k]) for k in members]
    head(name, sum(weights), fitted)
    if len(members) == 1:
        st.markdown("  \n".join(_lines(centres, members[0])))
        return
    for k, weight in zip(members, weights, strict=True):
        st.markdown("  \n".join([f"{fitted.letters[k]}, {share(weight)}", *_lines(centres, k)]))


def _lines(centres: Centres, k: int) -> list[str]:
    """Centre and spread of a group in each column."""
    columns, fitted = centres.fitted.features.columns, centres.fitted
    room = min(MOST_COLUMNS, max(MOST_LINES // fitted.mixture.n_components, 1))
    lines = [
        f"{escaped(name)}: **{centres.centre(k, j)}** {centres.reach(k, j)}" for j, name in enumerate(columns[:room])
    ]
    if len(columns) > room:
        lines.append(f"and {counted(len(columns) - room, 'more column')} in the table below")
    return lines


def head(letter: str, weight: float, fitted: Fitted) -> None:
    """The heading of a cluster's card, and a way to look at that cluster."""
    with st.container(horizontal=True, vertical_alignment="center"):
        heading(letter, weight, fitted.of_what)
        if len(fitted.names) > 1:
            _look(letter, fitted.names)


def heading(letter: str, weight: float, of_what: str) -> None:
    """A cluster's badge, the letters of its groups where it has several, its name and its share, beside each other."""
    st.image(badge(letter), width=28, alt=f"{letter}: {tagging.sign(letter).shape}")
    name = tagging.present()[0].get(letter, "")
    called = f"**{escaped(name)}**, " if name else ""
    merged = f"{letter}: " if JOIN in letter else ""
    st.markdown(f"{called}**{merged}{share(weight)}** {of_what}", width="stretch")


def _look(letter: str, names: tuple[str, ...]) -> None:
    """Look at this group alone, or beside others that are looked at; once more, and it steps back."""
    now = set(session.focus())
    is_seen = letter in now
    st.button(
        f"Stop looking at {letter}" if is_seen else f"Look at {letter}",
        key=f"look-{letter}",
        type="tertiary",
        icon=":material/filter_alt_off:" if is_seen else ":material/filter_alt:",
        help=None if is_seen else "Other groups step back on the charts, and its rows are listed.",
        on_click=session.look_at,
        args=(names, now ^ {letter}),
    )


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
