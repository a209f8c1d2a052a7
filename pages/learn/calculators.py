"""What groups are in a few numbers?"""

from functools import partial

import streamlit as st

from pages.shared import frame, tabbed
from pages.shared.calculator import asking, showing, solving

frame.question("What groups are in a few numbers?", "group", "share", "log-likelihood", "BIC", "collapsed")
answer = st.container()
name = asking.mode_name()
entry, result = st.columns([2, 3], gap="medium")
with entry:
    table = asking.numbers(name)
    choices = asking.choices(name)
if table is None:
    st.stop()
how_many = partial(showing.how_many, table, choices.shape)
with result:
    solution = solving.solved(name, table, choices)
    if solution is None:
        tabbed.tabs("calc-unsolved", {"How many groups?": how_many})
        st.stop()
    showing.picture(solution)
    showing.parameters(solution)
with answer:
    frame.answer(solving.sentence(solution), solving.cautions(solution))

tabbed.tabs(
    "calc-more",
    {
        "Copy results": partial(showing.copied, solution),
        "Rows": partial(showing.rows, solution),
        "Covariances": partial(showing.covariances, solution),
        "How many groups?": how_many,
    },
)
st.page_link("pages/learn/theory.py", label="What do these numbers mean?", icon=":material/menu_book:")
