"""The controls that choose which rows are scored: fitted ones, those left out, or a second file."""

from __future__ import annotations

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import second
from pages.shared.results import Fitted
from pages.shared.scoring import SOURCES, Scored, fitted_rows
from pages.shared.wording import escaped
from pages.shared.workspace import OwnFile

SOURCE = "odd-source"


def choose(fitted: Fitted) -> Scored:
    """Choose the rows; where a file's cannot be scored, say why and go on with the fitted ones."""
    offered = {name: words for name, source in SOURCES.items() if (words := source.offered(fitted)) is not None}
    if st.session_state.get(SOURCE) not in offered:
        st.session_state[SOURCE] = "fitted"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(offered) > 1:
            st.segmented_control(
                "Rows",
                list(offered),
                format_func=lambda name: escaped(offered[name]),
                key=SOURCE,
                required=True,
                persist_state="session",
                label_visibility="collapsed",
            )
        _upload()
    _complain(second.complaint(), "What was here before still is.")
    table = second.table()
    if st.session_state[SOURCE] == "second" and table is not None:
        foot = () if table.file is None else table.file.notes.on_foot()
        st.caption(escaped(" ".join([f"{table.name}: {table.how_read}", *foot])))
    return _found(fitted, st.session_state[SOURCE])


def _found(fitted: Fitted, name: str) -> Scored:
    try:
        return SOURCES[name].find(fitted)
    except GmmError as error:
        _complain(str(error), "Below are the fitted rows.")
        return fitted_rows(fitted)


def _complain(problem: str, rest: str) -> None:
    if problem:
        st.error(f"{escaped(problem)} {rest}", icon=":material/error:")


def _upload() -> None:
    key = "second-open"
    with st.popover("Score another file", icon=":material/upload_file:", key=key, on_change="rerun"):
        numbered = f"second-upload-{second.given()}"
        st.file_uploader(
            "New rows with the same columns",
            key=numbered,
            on_change=_take,
            args=(numbered, key),
            help="Next month's readings, say. They are scored with the model as it is fitted now; nothing is refitted, "
            "and the file stays in this session's memory.",
        )
        table = second.table()
        if table is not None and table.file is not None:
            if len(table.file.notes.sheets) > 1:
                _sheets(table.file)
            st.button("Forget this file", key="second-forget", on_click=second.forget)


def _take(numbered: str, popover: str) -> None:
    file = st.session_state[numbered]
    if file is None:
        return
    st.session_state[popover] = False
    if second.take(file.getvalue(), file.name):
        st.session_state[SOURCE] = "second"


def _sheets(file: OwnFile) -> None:
    st.session_state["second-sheet"] = file.sheet
    st.selectbox("Sheet", list(file.notes.sheets), key="second-sheet", on_change=_take_sheet)


def _take_sheet() -> None:
    table, sheet = second.table(), st.session_state["second-sheet"]
    if table is not None and table.file is not None and sheet in table.file.notes.sheets:
        second.take(table.file.content, table.name, sheet)
