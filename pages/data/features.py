"""Which columns, and how?"""

from functools import partial

import streamlit as st

from pages.shared import (
    component_choice,
    controls,
    feature_rows,
    frame,
    making,
    preparing,
    recipes,
    roles,
    row_choosing,
    session,
    tabbed,
    transacting,
)
from pages.shared.tables import usable_columns

frame.question("Which columns, and how?", "transform", "scaling", "gaps")
workspace = session.workspace()
features = preparing.answer(workspace)
transacting.offer(workspace)
controls.columns("features-columns", usable_columns(workspace))
preparing.not_offered(workspace)
with st.container(horizontal=True, gap="medium"):
    preparing.scaling("features-scaling")
    preparing.gaps("features-gaps")

tabbed.tabs(
    "features-tabs",
    {
        "Columns": partial(feature_rows.show, workspace, features),
        "Rows": partial(row_choosing.section, workspace),
        "Roles": partial(roles.section, workspace),
        "Made columns": partial(making.section, workspace),
        "Components": partial(component_choice.section, workspace, features),
        "Recipe": partial(recipes.section, workspace),
    },
)
frame.next_page("pages/clusters/fit.py", "Next: what groups are in these data?")
