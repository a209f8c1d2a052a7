"""The session: the one workspace that all pages share, and the actions that replace it.

Actions run as callbacks, before a page is drawn. One that fails leaves the workspace as it was and a sentence behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import jobs
from pages.shared.customers import customers_workspace
from pages.shared.links import from_query
from pages.shared.prepared import prepared, recipe_workspace
from pages.shared.replacing import read_again, with_file, with_rows, with_sheet, without_edits
from pages.shared.tags import Naming
from pages.shared.workspace import Workspace, example_workspace

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.features import FeatureSpec

_WORKSPACE = "workspace"
_COMPLAINT = "complaint"
_PLACE = "place"
_LOADS = "loads"
_CSV_STYLE = "csv-style"
_HISTORY = "history"

MOST_REMEMBERED = 8
"""Fits that a later one can be compared with."""


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


def resume(chosen: Workspace) -> None:
    """Go on with a workspace as it is, names and all: that of a tour's step, or the one from before the tour."""
    _take(chosen)


def use_example(name: str) -> None:
    """Go on with a built-in example."""
    _replace(lambda: example_workspace(name))


def use_bytes(content: bytes, name: str) -> None:
    """Go on with a person's own table, or keep the last one and say why."""
    st.session_state[_LOADS] = loads() + 1
    _replace(lambda: with_file(workspace(), content, name))


def read_otherwise(**changes: object) -> None:
    """Read the file again with these decisions taken as given, or with none where there are no changes."""
    _replace(lambda: read_again(workspace(), **changes))


def use_sheet(sheet: str) -> None:
    """Go on with another sheet of the loaded workbook."""
    _replace(lambda: with_sheet(workspace(), sheet))


def use_rows(frame: pd.DataFrame) -> None:
    """Go on with the table's rows as edited on the page."""
    _replace(lambda: with_rows(workspace(), frame))


def undo_edits() -> None:
    """Go back to the table as it was before rows were edited."""
    _replace(lambda: without_edits(workspace()))


def change_spec(**changes: object) -> None:
    """Choose other columns, or prepare them otherwise."""
    _replace(lambda: workspace().with_spec(**changes))


def prepare(spec: FeatureSpec) -> None:
    """Prepare the columns so, or keep to the present way and say why, where that one works and this one does not."""
    _replace(lambda: prepared(workspace(), spec))


def apply_recipe(content: bytes) -> None:
    """Prepare the columns as a saved recipe says, or keep to the present way and say why."""
    _replace(lambda: recipe_workspace(workspace(), content))


def make_customers(customer: str, date: str, amount: str, reference: str) -> None:
    """Go on with one row a customer, made from the table's transactions."""
    _replace(lambda: customers_workspace(workspace(), customer, date, amount, reference))


def go_back() -> None:
    """Go back to the table that this one was made from."""
    _replace(lambda: workspace().table.made_from or workspace())


def change_settings(**changes: object) -> None:
    """Choose another number of groups, family, or way of starting."""
    _replace(lambda: workspace().with_settings(**changes))


def take_model(n_components: int, covariance_type: str) -> None:
    """Go on with one of the models that were compared."""
    _replace(lambda: workspace().with_model(n_components, covariance_type))


def merge_into(n: int) -> None:
    """Merge the fit's groups into this many clusters; as many as there are groups undoes it."""
    _replace(lambda: workspace().with_clusters(n))


def name_groups(make: Callable[[], Naming]) -> None:
    """Call the groups so from now on, in this fit and where they are found again."""
    _replace(lambda: replace(workspace(), naming=make()))


def remember(fitted_one: Workspace) -> None:
    """Note a workspace whose fit was shown, so that a later fit of its table can be compared with it."""
    same_table = [each for each in history() if each.table.digest == fitted_one.table.digest]
    others = [each for each in same_table if each.groups_key != fitted_one.groups_key]
    st.session_state[_HISTORY] = (*others, fitted_one)[-MOST_REMEMBERED:]


def history() -> tuple[Workspace, ...]:
    """Workspaces of the same table whose fits this session has seen, the latest last."""
    return tuple(st.session_state.get(_HISTORY, ()))


def _replace(make: Callable[[], Workspace]) -> None:
    try:
        made = make()
    except GmmError as error:
        st.session_state[_COMPLAINT] = str(error)
        return
    if made.naming is None:  # another table may hold the same groups again
        made = replace(made, naming=workspace().naming)
    _take(made)


def _take(made: Workspace) -> None:
    st.session_state[_WORKSPACE], st.session_state[_COMPLAINT] = made, ""
    compared = (made.grid_key, made.on_sample().grid_key)
    of_columns = dict.fromkeys(("test", "k-means", "classes", "class-mixtures"), (made.key,))
    wanted = {"grid": compared, "folds": compared, **of_columns}
    jobs.keep_only({**wanted, **dict.fromkeys(("fit", "sure", "population", "sklearn"), (made.fit_key,))})
