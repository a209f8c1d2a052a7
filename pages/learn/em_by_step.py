"""How does EM find them?"""

import streamlit as st

from pages.shared import frame, tabbed
from pages.shared.stage import acting, endings, numbers, telling

TERMS = ("membership", "E step and M step", "log-likelihood", "start", "saddle", "tolerance")
EM = (
    "EM, short for expectation and maximisation, finds the groups on all pages: two steps in turns, from some start "
    "until nothing moves any more. Here it does so slowly, on rows whose groups are known, or on yours."
)

frame.question("How does EM find them?", *TERMS, link=telling.link())
answer = st.container()
telling.scene_choice()
stage = telling.stage_or_stop()
telling.scene(stage)
acting.act(stage)
with answer:
    frame.answer(endings.verdict(stage), endings.cautions(stage), note=EM)

tabbed.tabs("em-more", {"Symbols": numbers.symbols, "Log-likelihood": lambda: numbers.levels(stage)})
