"""Widgets that show one part of the stage and change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shared.stage import state


def slide(label: str, name: str, low: float, high: float, value: float) -> None:
    """A number between two ends."""
    show(f"em-{name}", value)
    st.slider(label, low, high, key=f"em-{name}", on_change=take, args=(name,))


def choice(name: str, label: str, options: Any, value: Any, words: Callable[[Any], str]) -> None:
    """One of several."""
    show(f"em-{name}", value)
    st.selectbox(label, options, format_func=words, key=f"em-{name}", on_change=take, args=(name,))


def switch(name: str, label: str, value: bool) -> None:
    """On or off."""
    show(f"em-{name}", value)
    st.toggle(label, key=f"em-{name}", on_change=take, args=(name,))


def show(key: str, value: Any) -> None:
    """Make the widget that is about to be drawn show this value."""
    st.session_state[key] = value


def take(name: str) -> None:
    """Give the stage what a widget shows for this part of it."""
    value = st.session_state[f"em-{name}"]
    if value is not None:
        state.change(**{name: value})
