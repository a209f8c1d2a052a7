"""Giving a file: an uploader that is empty again once its file was taken."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

Take = Callable[[bytes, str], object]
"""Given a file's bytes and its name."""


def upload(label: str, key: str, given: int, take: Take, *, closes: str | None = None, about: str) -> None:
    """Upload a file, whose bytes are taken at once; what it is, its bytes say, not its name.

    Each file gets a new uploader, counted by ``given``: an old one would go on showing its file, with a cross that
    cannot take it back. ``closes`` is the popover that the uploader stands in.
    """
    numbered = f"{key}-{given}"
    st.file_uploader(label, key=numbered, on_change=_take, args=(numbered, take, closes), help=about)


def _take(key: str, take: Take, closes: str | None) -> None:
    file = st.session_state[key]
    if file is None:
        return
    if closes is not None:
        st.session_state[closes] = False
    take(file.getvalue(), file.name)
