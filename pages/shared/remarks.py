"""What there is to know beside an answer: a sentence each, some with what to do about it, few of them in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.terms import explained

MOST_SHOWN = 3
"""Remarks in sight; others are a click away, up to ``MOST_LISTED``."""

MOST_LISTED = 15


@dataclass(frozen=True)
class Act:
    """A button beside a remark."""

    label: str
    key: str
    do: Callable[[], None]
    icon: str = "build"
    about: str | None = None


@dataclass(frozen=True)
class Remark:
    """A sentence, in Markdown, and what can be done about it."""

    sentence: str
    acts: tuple[Act, ...] = ()
    icon: str = "warning"


def show(remarks: Sequence[Remark]) -> None:
    """The first remarks, and the others below a line, so put the gravest first."""
    if remarks:
        _list(remarks[:MOST_SHOWN])
    if len(remarks) > MOST_SHOWN:
        with st.expander(f"{len(remarks) - MOST_SHOWN} more to beware of", type="compact"):
            _list(remarks[MOST_SHOWN:MOST_LISTED])
            if len(remarks) > MOST_LISTED:
                st.caption(f"The first {MOST_LISTED} are listed.")


def _list(remarks: Sequence[Remark]) -> None:
    with st.container(gap="xxsmall"):
        for remark in remarks:
            _show(remark)


def _show(remark: Remark) -> None:
    sentence = f":material/{remark.icon}: {remark.sentence}"
    if not remark.acts:
        st.caption(sentence, help=explained(remark.sentence))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(sentence, width="content", help=explained(remark.sentence))
        for act in remark.acts:
            icon = f":material/{act.icon}:"
            st.button(act.label, key=act.key, type="tertiary", icon=icon, help=act.about, on_click=act.do)
