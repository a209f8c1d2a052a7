"""What groups are in a few numbers?"""

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
with result:
    solution = solving.solved_or_stop(name, table, choices)
    showing.picture(solution)
    showing.parameters(solution)
with answer:
    frame.answer(solving.sentence(solution), solving.cautions(solution))

tabbed.tabs(
    "calc-more",
    {
        "Copy results": lambda: showing.copied(solution),
        "Rows": lambda: showing.rows(solution),
        "Covariances": lambda: showing.covariances(solution),
        "How many groups?": lambda: showing.how_many(solution),
    },
)
st.page_link("pages/learn/theory.py", label="What do these numbers mean?", icon=":material/menu_book:")
