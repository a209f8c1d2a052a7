"""What is in this table?"""

import streamlit as st

from pages.shared import controls, frame, gallery, profile, session

frame.question("What is in this table?")
workspace = session.workspace()
frame.answer(profile.summary(workspace), note=profile.how_read(workspace))

own, sheet = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
with own:
    controls.upload("table-upload")
with sheet:
    controls.sheet("table-sheet", workspace.table)

rows, columns, examples = st.tabs(["Columns", "First rows", "Examples"])
with rows:
    profile.columns(workspace)
with columns:
    profile.first_rows(workspace)
with examples:
    gallery.examples()
frame.next_page("pages/clusters/fit.py", "Next: what groups are in these data?")
