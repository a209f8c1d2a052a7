"""What groups are in these data?"""

import streamlit as st

from pages.shared import (
    beside_fit,
    cards,
    controls,
    details,
    frame,
    loading,
    modelling,
    pictures,
    selected_rows,
    sentences,
    session,
)
from pages.shared.centres import Centres
from pages.shared.tables import usable_columns

frame.question(
    "What groups are in these data?", "group", "share", "centre and spread", "shape", "start", "sound", "noise", "prior"
)
answer = st.container()

choose, own = st.columns([2, 1], gap="medium")
with choose:
    controls.columns("fit-columns", usable_columns(session.workspace()))
with own:
    loading.upload("fit-upload")
shape, count = st.columns([2, 1], gap="medium")
with shape, st.container(horizontal=True, vertical_alignment="bottom"):
    controls.family("fit-family")
    with st.container(horizontal=True, width="content", key="beside-options-fit"):
        modelling.all_shapes("fit-shapes")
        modelling.extras("fit-more")
with count, st.container(gap=None):
    controls.groups("fit-groups")

fitted = frame.fit_or_stop(legend=False)
told = cards.group_cards(fitted)
chart, beside = cards.chart_and_cards(fitted, told)
with chart:
    seen = pictures.groups(fitted)
    chosen = selected_rows.section(fitted, seen)
for card, place in zip(told, beside, strict=True):
    with place:
        cards.show(fitted, card)
with answer:
    frame.answer(sentences.groups(fitted), beside_fit.remarks(fitted), Centres(fitted).note)
    frame.source(session.workspace())

details.tabs(fitted, chosen)
frame.next_page("pages/clusters/how_many.py", "Next: how many groups?")
