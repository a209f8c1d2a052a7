"""The tours to choose from."""

from __future__ import annotations

import streamlit as st

from pages.shared import gallery
from pages.shared.tours import strip
from pages.shared.tours.stories import TOURS
from pages.shared.tours.tour import Tour

IN_A_ROW = 2


def cards() -> None:
    """A card a tour: a picture of its rows, what one learns, and a button to begin."""
    names = list(TOURS)
    for start in range(0, len(names), IN_A_ROW):
        for column, name in zip(st.columns(IN_A_ROW), names[start : start + IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch"):
                _card(name, TOURS[name])


def _card(name: str, tour: Tour) -> None:
    st.markdown(f"**{tour.title}**")
    gallery.picture(tour.example)
    st.markdown(tour.about)
    st.caption(f"{len(tour.steps)} steps")
    if st.button("Begin", key=f"tour-begin-{name}", icon=":material/route:"):
        strip.open_tour(name)
