"""A second table in the session, to be scored with the fitted model. It is no part of the workspace."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import session
from pages.shared.workspace import LoadedTable, any_table, without_totals

_TABLE, _COMPLAINT, _GIVEN = "second-table", "second-complaint", "second-given"


def table() -> LoadedTable | None:
    """The second table; None where none was given."""
    found: LoadedTable | None = st.session_state.get(_TABLE)
    return found


def complaint() -> str:
    """Why the last file could not be read; "" where it could."""
    return str(st.session_state.get(_COMPLAINT, ""))


def given() -> int:
    """How often a file was given: part of the uploader's key, so that it is empty again afterwards."""
    return int(st.session_state.get(_GIVEN, 0))


def take(content: bytes, name: str, sheet: str | None = None) -> bool:
    """Read a file as the second table, or keep the last one and say why; whether it could be read."""
    st.session_state[_GIVEN] = given() + 1
    try:
        st.session_state[_TABLE] = _read(content, name, sheet)
    except GmmError as error:
        st.session_state[_COMPLAINT] = str(error)
        return False
    st.session_state[_COMPLAINT] = ""
    return True


def rescale(column: str, power: float) -> None:
    """Bring a column of the second table to the fitted one's unit; the workspace's table stays."""
    found = table()
    if found is not None and column in found.frame.columns:
        st.session_state[_TABLE] = _rescaled(found, column, power)


def as_read() -> None:
    """Put the second table back as it was read."""
    found = table()
    st.session_state[_TABLE] = found and (found.unedited or found)


def forget() -> None:
    """Drop the second table."""
    st.session_state.pop(_TABLE, None)
    st.session_state[_COMPLAINT] = ""


def _rescaled(table: LoadedTable, column: str, power: float) -> LoadedTable:
    from gmm_core.tables.unit_shifts import in_words, rescaled

    how = f"{table.how_read} {in_words(column, power)[1]}."
    return replace(
        table,
        frame=rescaled(table.frame, column, power),
        digest=f"{table.digest}:{column}*{power}",
        how_read=how,
        unedited=table.unedited or table,
    )


def _read(content: bytes, name: str, sheet: str | None) -> LoadedTable:
    """The table in the file, read as the workspace's was asked to be; where totals were left out there, here too."""
    like = session.workspace().table.file
    if like is None:
        return any_table(content, name, sheet)
    found = without_totals(any_table(content, name, sheet, replace(like.options, skip_foot=0)))
    n_foot = 0 if found.file is None or not like.options.skip_foot else found.file.notes.n_foot
    return any_table(content, name, sheet, replace(like.options, skip_foot=n_foot)) if n_foot else found
