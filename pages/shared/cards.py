"""A card a group, or a cluster of merged groups: letter, colour and shape, share, and centres with spreads."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.charts.style import JOIN
from pages.shared import session, tagging
from pages.shared.centres import Centres
from pages.shared.placing import in_rows
from pages.shared.results import Fitted
from pages.shared.wording import counted, escaped, share

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

MOST_LETTERS = 2
"""Letters that a badge has room for: groups have no more."""

MOST_COLUMNS = 6
"""Columns that a card has room for; the table below has them all."""

BESIDE = 24
"""Lines that a chart of one or two columns is about as high as."""

MENUS = 4
"""Lines that the menus above a chart of more columns take."""

FRAME = 4
"""Lines that a card takes beside those written on it: its head, its edges, and the gap to the next."""

LINE = 40
"""Signs that a line has room for beside the chart."""


@dataclass(frozen=True)
class Card:
    """What a card says of a cluster: paragraphs of lines in Markdown, and more quietly a note."""

    letter: str
    weight: float
    paragraphs: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def height(self) -> int:
        """In lines, beside the chart."""
        told = [*(line.replace("*", "") for lines in self.paragraphs for line in lines), self.note]
        return FRAME + sum(math.ceil(len(each) / LINE) for each in told)


def group_cards(fitted: Fitted) -> list[Card]:
    """One card a cluster, in canonical order; where nothing is merged each group is one, and noise comes last."""
    centres = Centres(fitted)
    cards = [_card(centres, *each) for each in zip(fitted.names, fitted.merged, strict=False)]
    noise = fitted.mixture.noise
    if noise is not None:
        told = (("Odd rows that fit no group, spread evenly over the data.",),)
        note = "Outliers flags rows by another rule: how rare they are for the groups."
        cards.append(Card("noise", noise.weight, told, note))
    return cards


def chart_and_cards(fitted: Fitted, cards: Sequence[Card]) -> tuple[DeltaGenerator, list[DeltaGenerator]]:
    """A place for the chart and one for each card: beside it as long as that is the higher, else in rows below it."""
    if sum(card.height for card in cards) <= BESIDE + MENUS * (len(fitted.features.columns) > 2):
        chart, side = st.columns([2, 1], gap="medium")
        return chart, [side.container(border=True) for _ in cards]
    (chart,) = st.columns(1)  # a column too, so that the same chart only grows
    return chart, [each.container(border=True, height="stretch") for each in in_rows(len(cards))]


def show(fitted: Fitted, card: Card) -> None:
    """What stands in a card."""
    head(card.letter, card.weight, fitted)
    for lines in card.paragraphs:
        st.markdown("  \n".join(lines))
    if card.note:
        st.caption(card.note)


def _card(centres: Centres, name: str, members: tuple[int, ...]) -> Card:
    fitted = centres.fitted
    weights = [float(fitted.mixture.weights[k]) for k in members]
    if len(members) == 1:
        return Card(name, weights[0], (_lines(centres, members[0]),))
    told = (
        (f"{fitted.letters[k]}, {share(each)}", *_lines(centres, k)) for k, each in zip(members, weights, strict=True)
    )
    return Card(name, sum(weights), tuple(told))


def _lines(centres: Centres, k: int) -> tuple[str, ...]:
    """Centre and spread of a group in each column."""
    columns = centres.fitted.features.columns
    told = enumerate(columns[:MOST_COLUMNS])
    lines = [f"{escaped(name)}: **{centres.centre(k, j)}** {centres.reach(k, j)}" for j, name in told]
    if len(columns) > MOST_COLUMNS:
        lines.append(f"and {counted(len(columns) - MOST_COLUMNS, 'more column')} in the table below")
    return tuple(lines)


def head(letter: str, weight: float, fitted: Fitted) -> None:
    """The heading of a cluster's card, and a way to look at that cluster."""
    with st.container(horizontal=True, vertical_alignment="center"):
        heading(letter, weight, fitted.of_what)
        if len(fitted.names) > 1:
            _look(letter, fitted.names)


def heading(letter: str, weight: float, of_what: str) -> None:
    """A cluster's badge, the letters of its groups where it has several, its name and its share, beside each other."""
    name = tagging.present()[0].get(letter, "")
    called = f"**{escaped(name)}**, " if name else ""
    merged = f"{letter}: " if JOIN in letter else ""
    picture = f"![{letter}: {tagging.sign(letter).shape}](data:image/svg+xml;base64,{badge(letter)})"
    st.markdown(f"{picture} {called}**{merged}{share(weight)}** {of_what}", width="stretch")


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
    """The group's letter on its colour, its shape below, as SVG made of our own text only; of noise the sign alone.

    It is in base 64, for an address in Markdown: a picture of Streamlit's would bring a full screen and its buttons.
    """
    sign = tagging.sign(name)
    letter, at, size = (name, 48, 15) if len(name) <= MOST_LETTERS else ("", 38, 26)
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 56 56">'
        f'<rect x="2" y="2" width="52" height="52" rx="14" fill="{sign.colour}"/>'
        f'<text x="28" y="30" font-family="sans-serif" font-size="26" font-weight="700" fill="{sign.ink}" '
        f'text-anchor="middle">{letter}</text>'
        f'<text x="28" y="{at}" font-family="sans-serif" font-size="{size}" fill="{sign.ink}" text-anchor="middle">'
        f"{sign.glyph}</text></svg>"
    )
    return b64encode(picture.encode()).decode()
