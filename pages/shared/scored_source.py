"""The controls that choose which rows are scored: fitted ones, those left out, or a second file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import second, session, uploading
from pages.shared.results import Fitted
from pages.shared.scoring import SOURCES, Scored, fitted_rows
from pages.shared.wording import escaped
from pages.shared.workspace import LoadedTable, OwnFile

if TYPE_CHECKING:
    from gmm_core.tables.unit_shifts import UnitShift


def _key() -> str:
    """What the choice is kept under: it is the table's own, and another table begins with its fitted rows."""
    return f"odd-source-{session.workspace().table.digest}"


def choose(fitted: Fitted) -> Scored:
    """Choose the rows; where a file's cannot be scored, say why and go on with the fitted ones."""
    source = _key()
    offered = {name: words for name, source in SOURCES.items() if (words := source.offered(fitted)) is not None}
    if st.session_state.get(source) not in offered:
        st.session_state[source] = "fitted"
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(offered) > 1:
            st.segmented_control(
                "Rows",
                list(offered),
                format_func=lambda name: escaped(offered[name]),
                key=source,
                required=True,
                persist_state="session",
                label_visibility="collapsed",
            )
        upload("Score another file")
    complain(second.complaint(), "What was here before still is.")
    table = second.table()
    if st.session_state[source] != "second" or table is None:
        return _found(fitted, st.session_state[source])
    read_so(table)
    scored = _found(fitted, "second")
    offer_units(scored.shifts, table)
    return scored


def read_so(table: LoadedTable) -> None:
    """How the second file was read."""
    foot = () if table.file is None else table.file.notes.on_foot()
    st.caption(escaped(" ".join([f"{table.name}: {table.how_read}", *foot])))


def offer_units(shifts: Iterable[UnitShift], table: LoadedTable) -> None:
    """A click that brings a column of the second file to the fitted table's unit, and one that undoes it."""
    from gmm_core.tables.unit_shifts import in_words

    offered = [(each.column, each.power) for each in shifts if each.power is not None]
    with st.container(horizontal=True):
        for number, (column, power) in enumerate(offered):
            if column in table.frame.columns:
                label = f"{escaped(in_words(column, power)[0])} in this file"
                st.button(label, key=f"second-unit-{number}", on_click=second.rescale, args=(column, power))
        if table.unedited is not None:
            st.button("Undo the change of unit", key="second-as-read", icon=":material/undo:", on_click=second.as_read)


def _found(fitted: Fitted, name: str) -> Scored:
    try:
        return SOURCES[name].find(fitted)
    except GmmError as error:
        complain(str(error), "Below are the fitted rows.")
        return fitted_rows(fitted)


def complain(problem: str, rest: str) -> None:
    """What is wrong with the second file, and what stays."""
    if problem:
        st.error(f"{escaped(problem)} {rest}", icon=":material/error:")


def upload(words: str) -> None:
    """Give a second file, choose its sheet, or forget it."""
    key = "second-open"
    with st.popover(words, icon=":material/upload_file:", key=key, on_change="rerun"):
        uploading.upload(
            "New rows with the same columns",
            "second-upload",
            second.given(),
            _take,
            closes=key,
            about="Next month's readings, say. They are scored with the model as it is fitted now; nothing is "
            "refitted, and the file stays in this session's memory.",
        )
        table = second.table()
        if table is not None and table.file is not None:
            if len(table.file.notes.sheets) > 1:
                _sheets(table.file)
            st.button("Forget this file", key="second-forget", on_click=second.forget)


def _take(content: bytes, name: str) -> None:
    if second.take(content, name):
        st.session_state[_key()] = "second"


def _sheets(file: OwnFile) -> None:
    st.session_state["second-sheet"] = file.sheet
    st.selectbox("Sheet", list(file.notes.sheets), key="second-sheet", on_change=_take_sheet)


def _take_sheet() -> None:
    table, sheet = second.table(), st.session_state["second-sheet"]
    if table is not None and table.file is not None and sheet in table.file.notes.sheets:
        second.take(table.file.content, table.name, sheet)
