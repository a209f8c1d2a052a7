"""What groups are in these data?"""

import streamlit as st

from pages.shared import cards, controls, details, frame, pictures, sentences, session
from pages.shared.tables import usable_columns

frame.question("What groups are in these data?")
answer = st.container()

controls.columns("fit-columns", usable_columns(session.workspace()))
shape, count = st.columns([3, 2], gap="large")
with shape:
    controls.family("fit-family")
with count:
    controls.groups("fit-groups")

chart, side = st.columns([2, 1], gap="medium")
with side:
    controls.upload("fit-upload")
with chart:
    fitted = frame.fit_or_stop()
    pictures.groups(fitted)
with side:
    cards.group_cards(fitted)
with answer:
    frame.answer(sentences.groups(fitted), sentences.cautions(fitted))

details.tabs(fitted)
