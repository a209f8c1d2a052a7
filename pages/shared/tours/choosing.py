"""The tours to choose from."""

from __future__ import annotations

import streamlit as st

from pages.shared import gallery
from pages.shared.placing import places
from pages.shared.tours import strip
from pages.shared.tours.stories import TOURS
from pages.shared.tours.tour import Tour

IN_A_ROW = 2


def cards() -> None:
    """A card a tour: a picture of its rows, what one learns, and a button to begin."""
    for name, place in zip(TOURS, places(len(TOURS), IN_A_ROW), strict=True):
        with place, st.container(border=True, height="stretch"):
            _card(name, TOURS[name])


def _card(name: str, tour: Tour) -> None:
    st.markdown(f"**{tour.title}**")
    gallery.picture(tour.example)
    st.markdown(tour.about)
    st.caption(f"{len(tour.steps)} steps")
    if st.button("Begin", key=f"tour-begin-{name}", icon=":material/route:"):
        strip.open_tour(name)
