"""Tabs of which only the open one is built."""

from collections.abc import Callable

import streamlit as st


def tabs(key: str, drawers: dict[str, Callable[[], None]]) -> None:
    """A tab a title, drawn by its function while it is open."""
    for tab, draw in zip(st.tabs(list(drawers), on_change="rerun", key=key), drawers.values(), strict=True):
        if tab.open:
            with tab:
                draw()
