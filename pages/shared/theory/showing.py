"""The sections of the theory on the page, each with an anchor for links from elsewhere."""

from __future__ import annotations

import streamlit as st

from pages.shared.places import PLACES
from pages.shared.theory.basics import BASICS
from pages.shared.theory.models import MODELS
from pages.shared.theory.questions import QUESTIONS, REFERENCES
from pages.shared.theory.section import Section
from pages.shared.theory.symbols import glossary
from pages.shared.theory.using import USING

SECTIONS = (*BASICS, *MODELS, *USING)
CLOSING = {"symbols": "Symbols", "questions": "Questions and answers", "references": "References"}
"""What stands below the sections, by anchor."""


STYLE = "<style>[class*=st-key-theory] table { display: block; overflow-x: auto }</style>"
"""In a narrow window a wide table moves by itself, and the page stays."""


ANCHORS = {each.anchor: each.title for each in SECTIONS} | CLOSING
"""Titles of all that a link may lead to."""

GO_THERE = """<script>
(() => {{
  let tries = 0;
  const look = () => {{
    document.getElementById("{}")?.scrollIntoView();
    if (++tries < 6) setTimeout(look, 300);
  }};
  look();
}})();
</script>"""
"""Scrolls to a section; what is drawn above it meanwhile moves it, hence the tries."""


def contents() -> None:
    """Links to all sections."""
    st.html(STYLE)
    st.markdown(" · ".join(f"[{title}](#{anchor})" for anchor, title in ANCHORS.items()))


def go_to_asked() -> None:
    """Scroll to the section that the link asks for, once."""
    asked = st.query_params.get("section", "")
    if asked in ANCHORS:
        st.html(GO_THERE.format(asked), unsafe_allow_javascript=True)
        del st.query_params["section"]


def sections() -> None:
    """All sections, each with what is live in it and where to try it."""
    for section in SECTIONS:
        _section(section)


def closing() -> None:
    """Glossary, questions and references."""
    st.header(CLOSING["symbols"], anchor="symbols")
    with st.container(key="theory-symbols"):
        st.markdown(glossary())
    st.header(CLOSING["questions"], anchor="questions")
    for question, reply in QUESTIONS.items():
        with st.expander(question):
            st.markdown(reply)
    st.header(CLOSING["references"], anchor="references")
    st.markdown("\n".join(f"- {text} [{link.removeprefix('https://')}]({link})" for text, link in REFERENCES))


def _section(section: Section) -> None:
    st.header(section.title, anchor=section.anchor)
    with st.container(key=f"theory-{section.anchor}"):
        words, live = st.columns([3, 2], gap="medium") if section.draw else (st.container(), None)
        with words:
            st.markdown(section.text)
            _tries(section)
        if section.draw is not None and live is not None:
            with live:
                section.draw()


def _tries(section: Section) -> None:
    if section.tries:
        with st.container(horizontal=True):
            for name in section.tries:
                page, label = PLACES[name]
                st.page_link(page, label=label, icon=":material/arrow_forward:")
