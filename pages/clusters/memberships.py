"""Which rows are unsure?"""

import streamlit as st

from pages.shared import frame, unsure

frame.question("Which rows are unsure?")
answer = st.container()
chart, side = frame.chart_and_controls()
with chart:
    fitted = frame.fit_or_stop()
with side:
    threshold = unsure.threshold("unsure-threshold", fitted)
with chart:
    unsure.certainty_chart(fitted, threshold)
with answer:
    frame.answer(unsure.verdict(fitted, threshold), unsure.cautions(fitted))

unsure.rows(fitted)
