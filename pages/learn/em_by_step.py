"""How does EM find them?"""

import streamlit as st

from pages.shared import frame, tabbed
from pages.shared.stage import controls, endings, numbers, playing, state, telling
from pages.shared.stage.scenes import SCENES

frame.question("How does EM find them?")
answer = st.container()
telling.scene_choice()
stage = telling.stage_or_stop()
telling.scene(SCENES[state.scene()], stage)

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
            "Start": lambda: controls.start(stage),
            "Rows": lambda: controls.rows(stage),
            "Rules": lambda: controls.rules(stage, controls.RULES),
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
with answer:
    frame.answer(endings.verdict(stage), endings.cautions(stage))

tabbed.tabs("em-more", {"Symbols": numbers.symbols, "Log-likelihood": lambda: numbers.levels(stage)})
