"""A sentence, and beside it the buttons that do what it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Act:
    """A button: what it says, its key on the page, what it does, and what is told of that on a long look."""

    label: str
    key: str
    do: Callable[[], None]
    help: str | None = None
    icon: str = "build"


def offer(sentence: str, *acts: Act, sign: str = "warning") -> None:
    """The sentence, in Markdown, behind its sign, and the buttons."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/{sign}: {sentence}", width="content")
        for act in acts:
            icon = f":material/{act.icon}:"
            st.button(act.label, key=act.key, type="tertiary", icon=icon, help=act.help, on_click=act.do)
