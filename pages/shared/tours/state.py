"""The session's tour: which one, at which step, and what was on the pages before it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.links import MOST_DIGITS
from pages.shared.places import FIRST
from pages.shared.tours.stories import TOURS
from pages.shared.tours.tour import Step, Tour
from pages.shared.workspace import Workspace

_TOUR, _AT, _BEFORE, _LINK_SEEN, _OVER = "tour", "tour-at", "tour-before", "tour-link-seen", "tour-over"


def touring() -> bool:
    """Whether a tour is under way."""
    return name() in TOURS


def name() -> str:
    """The tour's name in links; "" where none is under way."""
    return str(st.session_state.get(_TOUR, ""))


def tour() -> Tour:
    """The tour that is under way."""
    return TOURS[name()]


def at() -> int:
    """Which of its steps, from 0."""
    return int(st.session_state.get(_AT, 0))


def step() -> Step:
    """The step itself."""
    return tour().steps[at()]


def query() -> dict[str, str]:
    """What a link says to open the tour at this step."""
    return {"tour": name(), "step": str(at() + 1)}


def begin(chosen: str, position: int = 0) -> None:
    """Begin a tour; what is on the pages now comes back when it is left."""
    _put_aside()
    st.session_state[_TOUR] = chosen
    _show(position)


def go_to(position: int) -> None:
    """Go to a step, with the example and the settings that it begins with; groups keep the names they were given.

    What was loaded meanwhile comes back when the tour is left.
    """
    _put_aside()
    _show(position)


def _show(position: int) -> None:
    st.session_state[_AT] = min(max(position, 0), len(tour().steps) - 1)
    naming = session.workspace().naming if _on_its_example() else None
    session.resume(replace(tour().workspace(at()), naming=naming))


def leave() -> None:
    """End the tour: what was on the pages before it comes back, unless something else was loaded meanwhile."""
    before: Workspace | None = st.session_state.pop(_BEFORE, None)
    if before is None:  # a second click on the same button
        return
    if _on_its_example():
        session.resume(before, f"Your data are back as they were before the tour: {before.table.name}.")
    for part in query():
        st.query_params.pop(part, None)
    del st.session_state[_TOUR]
    st.session_state[_OVER] = ""


def just_over(page: str) -> bool:
    """Whether a tour was left on this page, and no other was opened since."""
    if _OVER not in st.session_state:
        return False
    left_on = st.session_state[_OVER] = st.session_state[_OVER] or page or FIRST
    if touring() or left_on != (page or FIRST):
        del st.session_state[_OVER]
        return False
    return True


def take_link() -> bool:
    """Begin the tour that the session's first address asks for; whether it does."""
    if _LINK_SEEN in st.session_state:
        return False
    st.session_state[_LINK_SEEN] = True
    asked, number = st.query_params.get("tour", ""), st.query_params.get("step", "1")
    if asked not in TOURS:
        return False
    begin(asked, int(number) - 1 if number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS else 0)
    return True


def _put_aside() -> None:
    """Keep what is on the pages for the end of the tour, unless it is the tour's own."""
    if not touring() or not _on_its_example():
        st.session_state[_BEFORE] = session.workspace()


def _on_its_example() -> bool:
    return session.workspace().table.example == tour().example
