"""Which columns, and how?"""

import streamlit as st

from pages.shared import controls, frame, preparing, session
from pages.shared.tables import usable_columns

frame.question("Which columns, and how?")
answer = st.container()
workspace = session.workspace()
choose, how = st.columns([2, 1], gap="medium")
with choose:
    controls.columns("features-columns", usable_columns(workspace))
with how:
    preparing.scaling("features-scaling")
    preparing.gaps("features-gaps")
    preparing.weights("features-weights")

features = frame.features_or_stop()
with answer:
    frame.answer(preparing.summary(workspace, features), preparing.cautions(workspace, features))
preparing.columns(features)
frame.next_page("pages/clusters/fit.py", "Next: what groups are in these data?")
