"""How many groups?"""

import streamlit as st

from pages.shared import choosing, deciding, frame, held_out, ways_on

frame.question("How many groups?", "BIC", "ICL", "cross-validation", "log-likelihood", "test of one more group")
answer = st.container()
chart, side = frame.chart_and_controls()
with side:
    criterion = choosing.criterion("many-criterion")
    most = choosing.most_groups("many-most")
    names = choosing.shapes("many-shapes")
    workspace = choosing.sampled("many-sample")
with chart:
    grid = held_out.with_held_out(workspace, frame.grid_or_stop(workspace, most, names))
    choosing.curves(grid, criterion)
with side:
    choosing.take_best(grid, criterion)
with answer:
    sentence, cautions, lines = choosing.answer(grid)
    frame.answer(sentence, cautions)
    ways_on.show(grid, most, "many-most")
    if lines:
        st.caption(lines)

deciding.tabs(workspace, grid, criterion)
frame.next_page("pages/clusters/memberships.py", "Next: which rows are unsure?")
