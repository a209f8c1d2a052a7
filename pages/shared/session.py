"""The session: the one workspace that all pages share, and the actions that replace it.

Actions run as callbacks, before a page is drawn. One that fails leaves the workspace as it was and a sentence behind.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import jobs
from pages.shared.links import from_query
from pages.shared.workspace import Workspace, example_workspace, file_workspace

_WORKSPACE = "workspace"
_COMPLAINT = "complaint"
_PLACE = "place"
_LOADS = "loads"
_CSV_STYLE = "csv-style"


def workspace() -> Workspace:
    """The session's workspace; the first time, what the link asks for."""
    if _WORKSPACE not in st.session_state:
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[_WORKSPACE] = from_query(query)
    found: Workspace = st.session_state[_WORKSPACE]
    return found


def complaint() -> str:
    """What went wrong with the last action, for the person; "" where nothing did."""
    return str(st.session_state.get(_COMPLAINT, ""))


def turn_to(page: str) -> bool:
    """Note which page is open with which table; whether that is new. What went wrong on another page is over."""
    last, now = st.session_state.get(_PLACE), (page, workspace().table.digest)
    if last is not None and last[0] != page:
        st.session_state[_COMPLAINT] = ""
    st.session_state[_PLACE] = now
    return last is not None and last != now


def loads() -> int:
    """How often this session was given a table: part of an uploader's key, so that it is empty again afterwards."""
    return int(st.session_state.get(_LOADS, 0))


def csv_style() -> str:
    """How this session's downloads are written: a key of ``gmm_core.tables.export.CSV_STYLES``."""
    return str(st.session_state.get(_CSV_STYLE, "comma"))


def use_csv_style(name: str) -> None:
    """Write downloads in this style from now on."""
    st.session_state[_CSV_STYLE] = name


def use_example(name: str) -> None:
    """Go on with a built-in example."""
    _replace(lambda: example_workspace(name))


def use_bytes(content: bytes, name: str, sheet: str | None = None) -> None:
    """Go on with a person's own table, or keep the last one and say why."""
    st.session_state[_LOADS] = loads() + 1
    _replace(lambda: file_workspace(content, name, sheet))


def use_sheet(sheet: str) -> None:
    """Go on with another sheet of the loaded workbook."""
    table = workspace().table
    use_bytes(table.raw, table.name, sheet)


def change_spec(**changes: object) -> None:
    """Choose other columns, or prepare them otherwise."""
    _replace(lambda: workspace().with_spec(**changes))


def change_settings(**changes: object) -> None:
    """Choose another number of groups, family, or way of starting."""
    _replace(lambda: workspace().with_settings(**changes))


def take_model(n_components: int, covariance_type: str) -> None:
    """Go on with one of the models that were compared."""
    _replace(lambda: workspace().with_model(n_components, covariance_type))


def merge_into(n: int) -> None:
    """Merge the fit's groups into this many clusters; as many as there are groups undoes it."""
    _replace(lambda: workspace().with_clusters(n))


def _replace(make: Callable[[], Workspace]) -> None:
    try:
        made = make()
    except GmmError as error:
        st.session_state[_COMPLAINT] = str(error)
        return
    st.session_state[_WORKSPACE], st.session_state[_COMPLAINT] = made, ""
    compared = (made.grid_key, made.on_sample().grid_key)
    wanted = {"grid": compared, "folds": compared, "test": (made.key,), "k-means": (made.key,)}
    jobs.keep_only({**wanted, **dict.fromkeys(("fit", "sure", "population"), (made.fit_key,))})
