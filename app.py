"""GMM Explorer's front door: page list, page settings, and what stands around every page."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy loads: our own threads use the cores

import streamlit as st

from pages.shared import chrome, warming
from pages.shared.tours import strip

PAGES = {
    "Data": [
        st.Page("pages/data/table.py", title="Table", icon=":material/table:", url_path="table"),
        st.Page("pages/data/features.py", title="Features", icon=":material/tune:", url_path="features"),
    ],
    "Clusters": [
        st.Page("pages/clusters/fit.py", title="Fit", icon=":material/bubble_chart:", default=True),
        st.Page("pages/clusters/how_many.py", title="How many", icon=":material/show_chart:", url_path="how-many"),
        st.Page("pages/clusters/memberships.py", title="Memberships", icon=":material/group:", url_path="memberships"),
        st.Page("pages/clusters/k_means.py", title="Beside k-means", icon=":material/compare:", url_path="k-means"),
    ],
    "Use": [
        st.Page("pages/use/segments.py", title="Segments", icon=":material/groups:", url_path="segments"),
        st.Page(
            "pages/use/outliers.py", title="Outliers, new rows", icon=":material/troubleshoot:", url_path="outliers"
        ),
        st.Page("pages/use/classes.py", title="Classes", icon=":material/label:", url_path="classes"),
    ],
    "Learn": [
        st.Page("pages/learn/tours.py", title="Tours", icon=":material/route:", url_path="tours"),
        st.Page("pages/learn/em_by_step.py", title="EM by step", icon=":material/stairs:", url_path="em-by-step"),
        st.Page(
            "pages/learn/calculators.py", title="Quick answers", icon=":material/calculate:", url_path="calculators"
        ),
        st.Page("pages/learn/theory.py", title="Theory", icon=":material/menu_book:", url_path="theory"),
        st.Page("pages/learn/textbook.py", title="Textbook check", icon=":material/fact_check:", url_path="textbook"),
    ],
}

st.set_page_config(page_title="GMM Explorer", page_icon="🫧", layout="wide")
warming.for_the_first_page()
page = st.navigation(PAGES, expanded=True)
chrome.settle(page.url_path)
strip.show(page.url_path)
chrome.sidebar(page.url_path)
page.run()
warming.for_the_others()
