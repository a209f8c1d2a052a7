"""Ways to a table: a built-in example, a file, pasted cells. Each gives it to the session through an action."""

from __future__ import annotations

import streamlit as st

from gmm_core import EXAMPLES
from pages.shared import controls, session, uploading


def change_data(key: str) -> None:
    """Another example, file or pasted table; closes once there is one."""
    with st.popover("Change the data", icon=":material/folder_open:", width="stretch", key=key, on_change="rerun"):
        example(f"{key}-example", closes=key)
        upload(f"{key}-upload", closes=key)
        paste(f"{key}-paste", closes=key)


def example(key: str, closes: str) -> None:
    """Choose a built-in example; empty while a person's own table is loaded. ``closes`` is the popover it stands in."""
    controls.show(key, session.workspace().table.example)
    st.selectbox(
        "Example",
        list(EXAMPLES),
        index=None,
        format_func=lambda name: EXAMPLES[name].title,
        placeholder="Choose an example",
        key=key,
        on_change=_take_example,
        args=(key, closes),
    )


def upload(key: str, closes: str | None = None) -> None:
    """Upload a file; its bytes go to the session at once."""
    uploading.upload(
        "Your own table (CSV, Excel and more)",
        key,
        session.loads(),
        session.use_bytes,
        closes=closes,
        about="Text with any separator, Excel, OpenDocument, Parquet or JSON, also zipped. The file stays in this "
        "session's memory and is sent nowhere else.",
    )


def paste(key: str, closes: str) -> None:
    """Paste cells from a spreadsheet, or numbers."""
    st.text_area(
        "Paste cells or numbers",
        key=key,
        placeholder="name\tvalue\nA\t1.2\nB\t3.4",
        help="Copied from a spreadsheet with its header line, or plain numbers, one a line or all on one.",
    )
    st.button("Use these", key=f"{key}-go", on_click=_take_paste, args=(key, closes))


def _take_example(key: str, closes: str) -> None:
    # A browser that comes to another page may tell once more what was chosen last, before an upload: nobody chose it.
    if st.session_state[key] in EXAMPLES and st.session_state.get(closes):
        st.session_state[closes] = False
        session.use_example(st.session_state[key])


def _take_paste(key: str, closes: str) -> None:
    from gmm_core.tables.pasted import as_column

    st.session_state[closes] = False
    session.use_bytes(as_column(st.session_state[key]).encode(), "Pasted table")
