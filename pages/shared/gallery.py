"""The built-in examples as a gallery of small pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import EXAMPLES, charts, load_example
from pages.shared import drawing, session
from pages.shared.placing import places
from pages.shared.tours import strip
from pages.shared.tours.stories import TOURS

if TYPE_CHECKING:
    from gmm_core.charts.export import View

IN_A_ROW = 3


def examples() -> None:
    """A card an example: picture, what to see, source and licence, and a button to use it."""
    for name, place in zip(EXAMPLES, places(len(EXAMPLES), IN_A_ROW), strict=True):
        with place, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(name)


def _card(name: str) -> None:
    example = EXAMPLES[name]
    with st.container():
        st.markdown(f"**{example.title}**")
        picture(name)
        st.caption(example.see)
        st.caption("Source and licence", help=f"{example.source}  \nLicence: {example.licence}")
    with st.container(horizontal=True):
        _ways_in(name)


def _ways_in(name: str) -> None:
    loaded = session.workspace().table.example == name
    st.button(
        "Loaded" if loaded else "Use this example",
        key=f"use-{name}",
        disabled=loaded,
        on_click=session.use_example,
        args=(name,),
    )
    story = next((each for each, tour in TOURS.items() if tour.example == name), "")
    if story and st.button("Take the tour", key=f"tour-of-{name}", icon=":material/route:"):
        strip.open_tour(story)


def picture(name: str) -> None:
    """A small picture of an example's rows."""
    drawing.chart(f"thumb-{name}", name, lambda: _thumbnail(name), EXAMPLES[name].title, files=False)


def _thumbnail(name: str) -> View:
    import pandas as pd

    from gmm_core.tables import plotting

    values = load_example(name)[list(EXAMPLES[name].columns)].dropna().to_numpy(float)
    if values.shape[1] == 1:
        return charts.thumbnail_histogram(plotting.bins_frame(values[:, 0]))
    return charts.thumbnail_scatter(pd.DataFrame(values[:, :2], columns=["x", "y"]))
