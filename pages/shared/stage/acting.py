"""The part of the page that changes with each step: drawn anew by itself, so that a step is quick."""

from __future__ import annotations

import streamlit as st

from pages.shared import tabbed
from pages.shared.stage import controls, endings, numbers, playing, rows, state
from pages.shared.stage.scenes import SCENES
from pages.shared.stage.setup import Stage


@st.fragment
def act(stage: Stage) -> None:
    """The charts with their player, a row's arithmetic and what one may turn, the M step, and the map of starts."""
    if state.stage() != stage:
        st.rerun()  # what is told above depends on it
    chart, side = st.columns([5, 3], gap="medium")
    with chart:
        playing.transport(stage)
        playing.stage_chart(stage)
    with side:
        st.markdown(numbers.step_words(stage))
        tabbed.tabs(
            "em-side",
            {
                "A row": lambda: numbers.arithmetic(stage),
                "Start": lambda: controls.start(stage, SCENES[state.scene()].knobs),
                "Rows": lambda: rows.rows(stage),
                "Rules": lambda: controls.rules(stage, _other_rules()),
            },
        )
        playing.clicks()
    moves, starts = st.columns(2, gap="medium")
    with moves:
        st.subheader("What the M step does", anchor=False)
        numbers.moves(stage)
    with starts:
        st.subheader("Where other starts end", anchor=False)
        endings.starts_map(stage)


def _other_rules() -> tuple[str, ...]:
    """Those that don't stand beside the scene's sentence."""
    return tuple(name for name in controls.RULES if name not in SCENES[state.scene()].knobs)
