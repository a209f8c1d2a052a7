"""What is in this table?"""

import streamlit as st

from gmm_core.tables import limits
from pages.shared import frame, gallery, loading, profile, reading_panel, rows, session, tabbed
from pages.shared.wording import escaped

frame.question("What is in this table?", "group", "transform")
workspace = session.workspace()
frame.answer(profile.summary(workspace), note=escaped(workspace.table.how_read))
reading_panel.panel(workspace.table)

loading.upload("table-upload")
st.caption(limits.in_words())

tabbed.tabs(
    "table-tabs",
    {
        "Columns": lambda: profile.columns(workspace),
        "Rows": lambda: rows.rows(workspace.table),
        "Examples": gallery.examples,
    },
)
frame.next_page("pages/data/features.py", "Next: which columns, and how?")
