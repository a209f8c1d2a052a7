"""The rows of the table: to be read, and edited where they are few."""

from __future__ import annotations

import streamlit as st

from pages.shared import on_screen, session
from pages.shared.wording import counted
from pages.shared.workspace import LoadedTable

FIRST_ROWS = 200


def rows(table: LoadedTable) -> None:
    """The rows as read; those of a small table can be changed, added and removed."""
    from gmm_core.tables.edited import can_be_edited

    if can_be_edited(table.frame):
        _editor(table)
    else:
        _first(table)


def _editor(table: LoadedTable) -> None:
    """An editor whose rows become the table when told so; it starts anew from each table, never from its own output."""
    from gmm_core.tables.edited import MOST_EDITED, changes_in_words, editable
    from gmm_core.tables.plain_days import day_columns

    above = st.container(horizontal=True, vertical_alignment="center")
    before = editable(table.frame)
    after = st.data_editor(
        before,
        num_rows="dynamic",
        hide_index=False,
        key=f"rows-{table.digest}",
        alt="The rows of the table",
        placeholder=on_screen.EMPTY,
        column_config={name: st.column_config.DateColumn() for name in day_columns(before)} or None,
    )
    changes = changes_in_words(before, after)
    with above:
        if not changes:
            most = f"Tables of up to {MOST_EDITED} rows can be edited here"
            st.caption(f"{most}: type in a cell, add a row at the foot, or mark rows at the left and delete them.")
            return
        st.button("Use the edited rows", key="use-rows", type="primary", on_click=session.use_rows, args=(after,))
        st.caption(f"{changes}.", width="content")


def _first(table: LoadedTable) -> None:
    from gmm_core.tables.plain_days import with_plain_days

    first = table.frame.head(FIRST_ROWS)
    shown = first.set_axis(range(1, len(first) + 1), axis=0).rename_axis("row")
    on_screen.table(with_plain_days(shown), key="table-rows", alt="The first rows of the table")
    if len(table.frame) > FIRST_ROWS:
        st.caption(f"The first {FIRST_ROWS} of {counted(len(table.frame), 'row')}.")
