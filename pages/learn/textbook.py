"""What do the books say?"""

import streamlit as st

from pages.shared import frame, tabbed
from pages.shared.textbook import beside_scikit_learn, showing

frame.question("What do the books say?", "log-likelihood", "BIC", "ICL", "collapsed")
with st.spinner("Fitting the books' examples", show_time=True):
    frame.answer(showing.verdict())
tabbed.tabs(
    "textbook-parts",
    {"What is claimed": showing.books, "Beside scikit-learn": beside_scikit_learn.panel},
)
frame.next_page("pages/learn/theory.py", "Why: what is behind it?")
