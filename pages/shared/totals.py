"""Rows at the foot of a file that are no cases: said where they matter, to be left out or put back with one click."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from pages.shared.wording import escaped
from pages.shared.workspace import LoadedTable


def offer(table: LoadedTable) -> None:
    """What was done with totals and notes at the end, and the way back; nothing where there are none."""
    file = table.file
    if file is None:
        return
    n_left_out = file.options.skip_foot
    n = n_left_out or file.notes.n_foot
    if not n:
        return
    rows = "row" if n == 1 else f"{n} rows"
    sign = "info" if n_left_out else "warning"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for sentence in file.notes.on_foot():
            st.caption(f":material/{sign}: {escaped(sentence)}", width="content")
        st.button(
            f"Put the last {rows} back" if n_left_out else f"Leave out the last {rows}",
            key="foot",
            type="tertiary",
            icon=":material/undo:" if n_left_out else ":material/build:",
            on_click=session.read_otherwise,
            kwargs={"skip_foot": 0 if n_left_out else n},
        )
