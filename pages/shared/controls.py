"""Groups of controls. Each shows what the workspace says, and changes it through an action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from gmm_core import EXAMPLES
from gmm_core.model.families import COMMON, get_family
from pages.shared import session
from pages.shared.grids import best_so_far
from pages.shared.wording import plain
from pages.shared.workspace import MOST_GROUPS, LoadedTable

MOST_PILLS = 12
"""Columns up to which all are shown side by side; beyond, they are searched for in a list."""


def columns(key: str, usable: Sequence[str]) -> None:
    """Tick the columns to group by."""
    chosen = list(session.workspace().spec.columns)
    options = list(dict.fromkeys([*usable, *chosen]))
    _show(key, chosen)
    if len(options) <= MOST_PILLS:
        st.pills(
            "Columns",
            options,
            selection_mode="multi",
            format_func=plain,
            wrap=True,
            key=key,
            on_change=_take_columns,
            args=(key, options),
        )
    else:
        st.multiselect("Columns", options, key=key, on_change=_take_columns, args=(key, options))


def groups(key: str) -> None:
    """Choose K."""
    _show(key, session.workspace().settings.n_components)
    st.slider(
        "Number of groups",
        1,
        MOST_GROUPS,
        key=key,
        on_change=_take_setting,
        args=(key, "n_components", _between(1, MOST_GROUPS)),
    )
    best = best_so_far(session.workspace())
    if best is not None:
        words = get_family(best.covariance_type).words
        st.caption(f"BIC is lowest at {best.n_components} ({words}), see How many.")


def family(key: str) -> None:
    """Choose the covariance family, in words."""
    families = [get_family(name) for name in COMMON]
    _show(key, session.workspace().settings.covariance_type)
    st.segmented_control(
        "Shape of the groups",
        COMMON,
        format_func=lambda name: get_family(name).words.capitalize(),
        key=key,
        required=True,
        help="  \n".join(f"**{each.words.capitalize()}**: {each.sentence}" for each in families),
        on_change=_take_setting,
        args=(key, "covariance_type", lambda value: value if value in COMMON else None),
    )


def starts(key: str) -> None:
    """Number of starts and seed."""
    settings = session.workspace().settings
    _show(f"{key}-starts", settings.n_init)
    _show(f"{key}-seed", settings.seed)
    st.number_input(
        "Starts",
        1,
        200,
        key=f"{key}-starts",
        help="EM is run from so many different starts, and the best sound solution is kept.",
        on_change=_take_setting,
        args=(f"{key}-starts", "n_init", _between(1, 200)),
    )
    st.number_input(
        "Seed",
        0,
        2**31 - 1,
        key=f"{key}-seed",
        help="The same seed gives the same starts.",
        on_change=_take_setting,
        args=(f"{key}-seed", "seed", _between(0, 2**31 - 1)),
    )


def example(key: str) -> None:
    """Choose a built-in example; empty while a person's own table is loaded."""
    _show(key, session.workspace().table.example)
    st.selectbox(
        "Example",
        list(EXAMPLES),
        index=None,
        format_func=lambda name: EXAMPLES[name].title,
        placeholder="Choose an example",
        key=key,
        on_change=_take_example,
        args=(key,),
    )


def upload(key: str, label: str = "Your own table (CSV, TSV, Excel)") -> None:
    """Upload a file; its bytes go to the session at once. What it is, its bytes say, not its name."""
    st.file_uploader(
        label,
        key=key,
        on_change=_take_upload,
        args=(key,),
        help="The file stays in this session's memory and is sent nowhere else.",
    )


def paste(key: str) -> None:
    """Paste cells from a spreadsheet, or numbers."""
    st.text_area(
        "Paste cells or numbers",
        key=key,
        placeholder="name\tvalue\nA\t1.2\nB\t3.4",
        help="Copied from a spreadsheet with its header line, or plain numbers, one a line.",
    )
    st.button("Use these", key=f"{key}-go", on_click=_take_paste, args=(key,))


def sheet(key: str, table: LoadedTable) -> None:
    """Choose the sheet of a workbook that has several."""
    if len(table.sheets) < 2:
        return
    _show(key, table.sheet)
    st.selectbox("Sheet", list(table.sheets), key=key, on_change=_take_sheet, args=(key,))


def choice(key: str, label: str, options: dict[str, str], value: str, take: Callable[[str], None], note: str) -> None:
    """One of a few options, each with its words."""
    _show(key, value)
    st.segmented_control(
        label,
        list(options),
        format_func=lambda name: options[name],
        key=key,
        required=True,
        help=note,
        on_change=lambda: take(st.session_state[key]) if st.session_state[key] in options else None,
    )


def _show(key: str, value: Any) -> None:
    """Make the widget that is about to be drawn show this value."""
    st.session_state[key] = value


def _take_columns(key: str, options: list[str]) -> None:
    picked = set(st.session_state[key])
    session.change_spec(columns=tuple(name for name in options if name in picked))


def _take_setting(key: str, name: str, valid: Callable[[Any], Any]) -> None:
    value = valid(st.session_state[key])  # the browser's limits are no guard
    if value is not None:
        session.change_settings(**{name: value})


def _between(low: int, high: int) -> Callable[[Any], int | None]:
    return lambda value: min(max(int(value), low), high) if isinstance(value, int | float) else None


def _take_example(key: str) -> None:
    if st.session_state[key] in EXAMPLES:
        session.use_example(st.session_state[key])


def _take_upload(key: str) -> None:
    file = st.session_state[key]
    if file is not None:
        session.use_bytes(file.getvalue(), file.name)


def _take_paste(key: str) -> None:
    session.use_bytes(st.session_state[key].encode(), "Pasted table")


def _take_sheet(key: str) -> None:
    if st.session_state[key] in session.workspace().table.sheets:
        session.use_sheet(st.session_state[key])
