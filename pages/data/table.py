"""What is in this table?"""

import streamlit as st

from gmm_core.tables import limits
from pages.shared import controls, frame, gallery, profile, reading_panel, rows, session, tabbed
from pages.shared.wording import escaped

frame.question("What is in this table?", "group", "transform")
workspace = session.workspace()
frame.answer(profile.summary(workspace), note=escaped(workspace.table.how_read))
reading_panel.panel(workspace.table)

controls.upload("table-upload")
st.caption(limits.in_words())

tabbed.tabs(
    "table-tabs",
    {
        "Columns": lambda: profile.columns(workspace),
        "Rows": lambda: rows.rows(workspace.table),
        "Examples": gallery.examples,
    },
)
frame.next_page("pages/clusters/fit.py", "Next: what groups are in these data?")
