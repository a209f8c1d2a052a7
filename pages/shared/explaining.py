"""The help of a page: its terms in two sentences each, with the way to the theory."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.places import PLACES
from pages.shared.terms import TERMS, Term


def popover(terms: Sequence[str]) -> None:
    """The terms of the page; built only while it is open."""
    meanings = {name: TERMS[name] for name in terms}
    with st.popover("Help", icon=":material/help:", key="page-help", on_change="rerun") as opened:
        if opened.open:
            for name, term in meanings.items():
                _explain(name, term)


def _explain(name: str, term: Term) -> None:
    st.markdown(f"**{name[0].upper()}{name[1:]}**: {term.meaning}")
    st.page_link(
        PLACES["theory"][0],
        label="More in the theory",
        icon=":material/menu_book:",
        query_params={"section": term.anchor},
    )
