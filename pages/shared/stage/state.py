"""The session's stage: what stands on it, how far EM has been played, and which row is asked about.

The workspace is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import session
from pages.shared.stage import ground
from pages.shared.stage.scenes import FREE, SCENES
from pages.shared.stage.setup import LOADED, Stage
from pages.shared.stage.sharing import changed

_STAGE, _SCENE, _COMPLAINT = "em-stage", "em-scene", "em-complaint"
_TABLE = "em-table"
_AT, _MOVES, _PLAYING, _ROW, _RINGED = "em-at", "em-moves", "em-playing", "em-row", "em-ringed"
PLAYER = "em-player"


def stage() -> Stage:
    """What stands on the stage; the first time, the scene that the link asks for."""
    if _STAGE not in st.session_state:
        asked = st.query_params.get("scene", FREE)
        show_scene(asked if asked in SCENES else FREE)
        if "stage" in st.query_params:
            _set(changed(SCENES[scene()].stage, st.query_params["stage"]))
    digest = session.workspace().table.digest
    found: Stage = st.session_state[_STAGE]
    if found.source == LOADED and st.session_state.get(_TABLE) != digest:  # the columns of another table may be gone
        show_scene(FREE)
        _replace(lambda: ground.on_source(found, LOADED))
    st.session_state[_TABLE] = digest
    now: Stage = st.session_state[_STAGE]
    return now


def scene() -> str:
    """The name of the scene shown, as it began."""
    return str(st.session_state.get(_SCENE, FREE))


def complaint() -> str:
    """Why the last change could not be made; "" where it could."""
    return str(st.session_state.get(_COMPLAINT, ""))


def at() -> int:
    """How many half steps have been taken: odd after an E step."""
    return int(st.session_state.get(_AT, 0))


def moves() -> int:
    """How often the stage was told where to go: the player follows each time."""
    return int(st.session_state.get(_MOVES, 0))


def playing() -> bool:
    """Whether EM plays in the browser."""
    return bool(st.session_state.get(_PLAYING, False))


def row() -> int:
    """Position of the row whose responsibilities are worked out."""
    return int(st.session_state.get(_ROW, 0))


def ringed() -> int:
    """The row that had the ring when the stage was set: the chart itself moves the ring to those clicked later."""
    return int(st.session_state.get(_RINGED, 0))


def show_scene(name: str) -> None:
    """Begin a scene."""
    st.session_state[_SCENE], st.session_state[_ROW] = name, SCENES[name].row
    _set(SCENES[name].stage)


def change(**changes: Any) -> None:
    """Change something of the stage."""
    _replace(lambda: stage().having(**changes))


def replace_stage(make: Callable[[Stage], Stage]) -> None:
    """Go on with what is made of the stage."""
    _replace(lambda: make(stage()))


def go_to(position: int) -> None:
    """Show the stage after so many half steps."""
    st.session_state[_AT], st.session_state[_PLAYING] = max(position, 0), False
    st.session_state[_MOVES] = moves() + 1


def play_or_pause(last: int) -> None:
    """Play from here, from the start where all has been played; or stop."""
    if not playing() and at() >= last:
        go_to(0)
    st.session_state[_PLAYING] = not playing()


def take_position() -> None:
    """The browser tells where it stopped."""
    told = st.session_state[PLAYER].get("stopped")
    if isinstance(told, int | float):
        st.session_state[_AT], st.session_state[_PLAYING] = max(round(told), 0), False


def ask_about(position: int) -> None:
    """Work out the responsibilities of this row."""
    st.session_state[_ROW] = position


def ring(position: int) -> None:
    """Ask about this row, and let the chart ring it."""
    st.session_state[_ROW] = st.session_state[_RINGED] = position
    go_to(at())


def _replace(make: Callable[[], Stage]) -> None:
    try:
        made = make()
        ground.walk_of(made)
    except GmmError as error:
        st.session_state[_COMPLAINT] = str(error)
        return
    _set(made)


def _set(made: Stage) -> None:
    st.session_state[_STAGE], st.session_state[_COMPLAINT] = made, ""
    st.session_state[_ROW] = st.session_state[_RINGED] = min(row(), len(ground.ground_of(made).values) - 1)
    go_to(0)
