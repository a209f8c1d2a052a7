"""The strip above every page while a tour is under way: the step, what to do, what to see, and the way on."""

from __future__ import annotations

from typing import Literal, NoReturn

import streamlit as st

from pages.shared.places import FIRST, PLACES
from pages.shared.tours import state


def show(page: str) -> None:
    """Draw the strip on the page with this path; a link to a tour leads to its step's page first."""
    if state.take_link() and _elsewhere(page):
        _open_step()
    if state.just_over(page):
        st.page_link(PLACES["tours"][0], label="The tour is over. See the other tours", icon=":material/route:")
    if not state.touring():
        return
    tour, step = state.tour(), state.step()
    with st.container(border=True, key="tour", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(f"**{tour.title}** · step {state.at() + 1} of {len(tour.steps)}", width="content")
            _leave("Leave", "close", "tertiary")
        if _elsewhere(page):
            _way_back(PLACES[step.page][1])
            return
        st.markdown(f":material/touch_app: **Do:** {step.do}  \n:material/visibility: **See:** {step.see}")
        _back_and_on()


def open_tour(name: str) -> NoReturn:
    """Begin a tour and go to its first page."""
    state.begin(name)
    _open_step()


def _back_and_on() -> None:
    at, last = state.at(), len(state.tour().steps) - 1
    with st.container(horizontal=True):
        if st.button("Back", key="tour-back", icon=":material/arrow_back:", disabled=at == 0):
            _move(at - 1)
        if at == last:
            _leave("Finish", "flag", "primary")
        elif st.button("Next", key="tour-next", icon=":material/arrow_forward:", type="primary"):
            _move(at + 1)


def _way_back(label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"This step is on **{label}**.", width="content")
        if st.button("Go there", key="tour-there", icon=":material/arrow_forward:"):
            _move(state.at())


def _leave(label: str, icon: str, kind: Literal["primary", "tertiary"]) -> None:
    st.button(
        label,
        key=f"tour-{label.lower()}",
        icon=f":material/{icon}:",
        type=kind,
        help="The data and settings that were here before the tour come back.",
        on_click=state.leave,
    )


def _move(position: int) -> NoReturn:
    state.go_to(position)
    _open_step()


def _open_step() -> NoReturn:
    st.switch_page(PLACES[state.step().page][0], query_params=state.query())


def _elsewhere(page: str) -> bool:
    return (page or FIRST) != state.step().page
