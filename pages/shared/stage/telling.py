"""The scenes to choose from, and what is told about the one that is shown."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import frame
from pages.shared.stage import controls, rows, state
from pages.shared.stage.ground import walk_of
from pages.shared.stage.scenes import SCENES, told
from pages.shared.stage.setup import LOADED, Stage
from pages.shared.stage.sharing import changes
from pages.shared.wording import escaped


def link() -> str:
    """What a link says to open the stage as it stands; "" where its rows are of the loaded table."""
    stage = state.stage()
    if stage.source == LOADED:
        return ""
    said = changes(stage, SCENES[state.scene()].stage)
    return urlencode({"scene": state.scene(), **({"stage": said} if said else {})})


def scene_choice() -> None:
    """All scenes side by side."""
    state.stage()
    st.session_state["em-scenes"] = state.scene()
    st.pills(
        "Scenes: EM at work, and what goes wrong",
        list(SCENES),
        format_func=lambda name: SCENES[name].title,
        key="em-scenes",
        wrap=True,
        on_change=_take_scene,
    )


def stage_or_stop() -> Stage:
    """What stands on the stage; where its rows cannot be used, say why and end the page."""
    stage = state.stage()
    if state.complaint():
        st.error(f"{escaped(state.complaint())} The stage is as it was before.", icon=":material/error:")
    try:
        walk_of(stage)
    except GmmError as error:
        frame.complain(error)
        rows.rows(stage)
        st.stop()
    return stage


def scene(stage: Stage) -> None:
    """What is to be seen, and what to turn."""
    st.info(told(state.scene(), stage), icon=":material/visibility:")
    if knobs := SCENES[state.scene()].knobs:
        with st.container(horizontal=True):
            controls.rules(stage, knobs)


def _take_scene() -> None:
    chosen = st.session_state["em-scenes"]
    state.show_scene(chosen if chosen in SCENES else state.scene())
