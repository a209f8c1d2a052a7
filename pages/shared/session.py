"""The session: the one workspace that all pages share, and the actions that replace it.

Actions run as callbacks, before a page is drawn. One that fails leaves the workspace as it was and a sentence behind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import jobs
from pages.shared.customers import customers_workspace
from pages.shared.links import from_query, unknown_example
from pages.shared.prepared import prepared, recipe_workspace
from pages.shared.replacing import read_again, with_file, with_rows, with_sheet, without_edits
from pages.shared.tags import Naming
from pages.shared.workspace import Workspace, example_workspace

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.features import FeatureSpec

_WORKSPACE, _HISTORY, _CSV_STYLE = "workspace", "history", "csv-style"
_COMPLAINT, _NOTICE = "complaint", "notice"
_PLACE, _LOADS = "place", "loads"
_FOCUS, _BRUSHES, _DUE = "focus", "brushes", "due"

MOST_REMEMBERED = 8
"""Fits that a later one can be compared with."""


def workspace() -> Workspace:
    """The session's workspace; the first time, what the link asks for."""
    if _WORKSPACE not in st.session_state:
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[_WORKSPACE], st.session_state[_NOTICE] = from_query(query), unknown_example(query)
    found: Workspace = st.session_state[_WORKSPACE]
    return found


def complaint() -> str:
    """What went wrong with the last action, for the person; "" where nothing did."""
    return str(st.session_state.get(_COMPLAINT, ""))


def notice() -> str:
    """What the last action did, for the person, where that cannot be seen; "" elsewhere."""
    return str(st.session_state.get(_NOTICE, ""))


def turn_to(page: str) -> bool:
    """Note which page is open with which table; whether that is new. What went wrong on another page is over."""
    last, now = st.session_state.get(_PLACE), (page, workspace().table.digest)
    if last is not None and last[0] != page:
        st.session_state[_COMPLAINT] = st.session_state[_NOTICE] = ""
    if last != now:
        st.session_state.pop(_FOCUS, None)
    st.session_state.pop(_DUE, None)
    st.session_state[_PLACE] = now
    return last is not None and last != now


def loads() -> int:
    """How often this session was given a table: part of an uploader's key, so that it is empty again afterwards."""
    return int(st.session_state.get(_LOADS, 0))


def csv_style() -> str:
    """How this session's downloads are written, a key of ``CSV_STYLES``: as was chosen, else as the loaded file is."""
    return str(st.session_state.get(_CSV_STYLE) or own_csv_style())


def own_csv_style() -> str:
    """How the loaded file itself is written, a key of ``CSV_STYLES``."""
    from gmm_core.tables.export import style_like

    file = workspace().table.read_from
    return style_like(file.notes if file else None).name


def use_csv_style(name: str) -> None:
    """Write downloads in this style from now on."""
    st.session_state[_CSV_STYLE] = name


def focus() -> tuple[str, ...]:
    """The groups that are looked at, by letter; none while all are."""
    return tuple(name for name, chosen in st.session_state.get(_FOCUS, {}).items() if chosen)


def out_of_focus() -> tuple[str, ...]:
    """The groups that step back on charts while others are looked at."""
    return tuple(name for name, chosen in st.session_state.get(_FOCUS, {}).items() if not chosen)


def look_at(names: Sequence[str], chosen: Collection[str]) -> None:
    """Look at these groups of all that have names; at none or all of them is the same. It ends with the page or fit."""
    found = {name: name in chosen for name in names}
    st.session_state[_FOCUS] = found if 0 < sum(found.values()) < len(found) else {}


def brushes() -> int:
    """How often boxes on charts were cleared: part of a brushed chart's key, so that it is whole again afterwards."""
    return int(st.session_state.get(_BRUSHES, 0))


def draw_all() -> None:
    """Note, in a callback of one part of a page, that the other parts are due as well."""
    st.session_state[_DUE] = True


def draw_all_if_due() -> None:
    """Draw the whole page instead of one part, where that is due; called first thing in that part."""
    if st.session_state.pop(_DUE, False):
        st.rerun()


def look_at_all() -> None:
    """Take away what was chosen on charts: boxes and groups."""
    st.session_state[_FOCUS], st.session_state[_BRUSHES] = {}, brushes() + 1
    draw_all()


def resume(chosen: Workspace, told: str = "") -> None:
    """Go on with a workspace as it is, names and all: that of a tour's step, or the one from before the tour."""
    _take(chosen)
    st.session_state[_NOTICE] = told


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
    """Prepare the columns as a saved recipe says, and say what was done; or keep to the present way and say why."""
    told: list[str] = []

    def make() -> Workspace:
        made, said = recipe_workspace(workspace(), content)
        told.append(said)
        return made

    _replace(make)
    st.session_state[_NOTICE] = "".join(told)


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
    st.session_state[_NOTICE] = ""
    try:
        made = make()
    except GmmError as error:
        st.session_state[_COMPLAINT] = str(error)
        return
    if made.naming is None:  # another table may hold the same groups again
        made = replace(made, naming=workspace().naming)
    _take(made)


def _take(made: Workspace) -> None:
    if made.groups_key != workspace().groups_key:
        st.session_state.pop(_FOCUS, None)
    st.session_state[_WORKSPACE], st.session_state[_COMPLAINT] = made, ""
    compared = (made.grid_key, made.on_sample().grid_key)
    of_columns = dict.fromkeys(("test", "population", "k-means", "classes", "class-mixtures", "sklearn"), (made.key,))
    wanted = {"grid": compared, "folds": compared, **of_columns}
    jobs.keep_only({**wanted, **dict.fromkeys(("fit", "sure"), (made.fit_key,))})
