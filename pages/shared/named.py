"""Controls that bear the user's words, such as a column's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.wording import escaped


@contextmanager
def named(text: str) -> Iterator[None]:
    """Show the label of the controls inside; their own is the same text, as it is, and collapsed.

    On screen a label is Markdown, which the user's words must not be, but a screen reader tells it as it stands: with
    the backslashes that `escaped` puts there.
    """
    with st.container(gap=None):
        st.markdown(f":small[{escaped(text)}]")
        yield
