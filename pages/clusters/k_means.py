"""Would k-means see the same?"""

import streamlit as st

from pages.shared import beside, beside_pictures, frame

frame.question("Would k-means see the same?", "k-means", "centre and spread", "scaling")
answer = st.container()
fitted = frame.fit_or_stop()
other = beside.grouped_or_stop(fitted)
with answer:
    frame.answer(beside.verdict(fitted, other), beside.cautions(fitted, other))
if fitted.mixture.n_components > 1:
    beside_pictures.board(fitted, other)
frame.next_page("pages/use/segments.py", "Next: who is in each group?")
