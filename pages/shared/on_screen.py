"""Tables on screen: a cell without a value is empty, as in the file, and what a line is about stays in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

EMPTY = ""
"""Shown for a missing value; Streamlit would write None, also where a style says how to write such."""

FITTING = 4
"""Columns that a narrow window has room for; of more the first stays in sight while the others are moved."""


def table(frame: Any, key: str, alt: str, column_config: Mapping[str, Any] | None = None, **how: Any) -> Any:
    """A frame or a styled one, with what ``st.dataframe`` knows of how to show it."""
    config = dict(column_config or {})
    if how.get("hide_index") and len(frame.columns) > FITTING:
        first = str(frame.columns[0])
        config[first] = {**config.get(first, {}), "pinned": True}
    return st.dataframe(frame, key=key, alt=alt, placeholder=EMPTY, column_config=config, **how)
