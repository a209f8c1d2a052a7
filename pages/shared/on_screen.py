"""Tables on screen: a cell without a value is empty, as it is in the table's file."""

from __future__ import annotations

from typing import Any

import streamlit as st

EMPTY = ""
"""Shown for a missing value; Streamlit would write None, also where a style says how to write such."""


def table(frame: Any, key: str, alt: str, **how: Any) -> Any:
    """A frame or a styled one, with what ``st.dataframe`` knows of how to show it."""
    return st.dataframe(frame, key=key, alt=alt, placeholder=EMPTY, **how)
