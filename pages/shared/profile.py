"""The parts of "What is in this table?": a sentence, and a row for each column with its tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import beware, downloads, on_screen, session
from pages.shared.stores import kept
from pages.shared.tables import profile_of
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

MOST_HISTOGRAMS = 300
"""Columns that get a small histogram in the profile."""

MANY_COLUMNS = 10
"""Columns from which they can be searched and put in another order."""

_SHOWN = {
    "kind": "kind",
    "gaps": "gaps",
    "distinct": "distinct",
    "min": "lowest",
    "max": "highest",
    "mean": "mean",
    "sd": "spread",
    "skew": "skew",
}
_FIGURES = ("lowest", "highest", "mean", "spread", "skew")
_SETTINGS = {
    "use": st.column_config.CheckboxColumn("use", help="Tick the columns to group by"),
    "distribution": st.column_config.BarChartColumn("distribution", width=110),
    "why not": st.column_config.TextColumn("why not", width=190),
    **{name: st.column_config.NumberColumn(format="localized") for name in _FIGURES},
}
_ROUND = "profile-round"
_DRAWN = "profile-drawn"
_REFUSED = "profile-refused"


def summary(workspace: Workspace) -> str:
    """What the table is, in a sentence."""
    frame, profile = workspace.table.frame, profile_of(workspace)
    usable = int(profile["usable"].sum())
    size = f"{counted(len(frame), 'row')} and {counted(frame.shape[1], 'column')}"
    return f"{escaped(workspace.table.name)}: {size}, {usable:,} of them usable for finding groups."


def columns(workspace: Workspace) -> None:
    """The profile, a row a column, with a tick for those to use."""
    with st.container():  # so that what stands below keeps its place on the page, and the table its scroll bar
        beware.cautions(workspace)
    profile = profile_of(workspace)
    shown = _found(workspace, profile)
    _choices(workspace, profile, shown)
    names = profile["name"].iloc[shown].tolist()
    key = f"profile-{workspace.table.digest}-{hash(tuple(shown))}-{st.session_state.get(_ROUND, 0)}"
    st.data_editor(
        _for_the_eye(workspace, profile.iloc[shown], _ticked_at_first(key)),
        hide_index=True,
        key=key,
        alt="The table's columns, with a tick for those to use",
        disabled=["column", "distribution", "why not", *_SHOWN.values()],
        column_config=_SETTINGS,
        placeholder=on_screen.EMPTY,
        on_change=_take_ticks,
        args=(key, names),
    )
    for sentence in st.session_state.pop(_REFUSED, ()):
        st.warning(sentence)
    downloads.button(lambda: profile, "columns", "profile-csv")


def _found(workspace: Workspace, profile: pd.DataFrame) -> list[int]:
    """Positions of the columns that are searched for, in the order that is chosen."""
    if len(profile) < MANY_COLUMNS:
        return list(range(len(profile)))
    wanted, order = st.columns([2, 1])
    with wanted:
        words = st.text_input(
            "Find columns", key=f"profile-find-{workspace.table.digest}", placeholder="Part of a name"
        )
    with order:
        chosen = st.selectbox("In the order of", list(ORDERS), key="profile-order", persist_state="session")
    names = profile["name"].str.casefold()
    return [i for i in ORDERS[chosen](profile) if words.strip().casefold() in names.iloc[i]]


def _choices(workspace: Workspace, profile: pd.DataFrame, shown: list[int]) -> None:
    """Ticks for several columns at once."""
    usable = profile.iloc[shown]
    usable = usable.loc[usable["usable"], "name"].tolist()
    here = set(profile["name"].iloc[shown])
    others = [name for name in workspace.spec.columns if name not in here]
    with st.container(horizontal=True):
        ways: Iterable[tuple[str, Iterable[str]]] = (
            ("Tick the first choice", workspace.table.suggested),
            ("Tick all usable ones shown", [*others, *usable]),
            ("Untick all", ()),
        )
        for label, names in ways:
            st.button(label, key=f"profile-{label}", on_click=_choose, args=(tuple(names),))


def _choose(names: Iterable[str]) -> None:
    """Group by these columns, and draw the ticks anew."""
    _use(names)
    _draw_anew()


def _draw_anew() -> None:
    """Forget what was ticked in the editor: it shows what the workspace says."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _use(names: Iterable[str]) -> None:
    """Group by these columns, in the order of the table."""
    wanted, frame = set(names), session.workspace().table.frame
    made = [name for name in session.workspace().spec.columns if name in wanted and name not in frame.columns]
    session.change_spec(columns=(*(name for name in frame.columns if name in wanted), *made))


def _take_ticks(key: str, names: list[str]) -> None:
    changed = {names[at]: new["use"] for at, new in st.session_state[key]["edited_rows"].items() if "use" in new}
    # A tick that is taken back is no change any more: changes are told from what the editor began with.
    picked, refused = sort_ticks(profile_of(session.workspace()), changed, _ticked_at_first(key))
    _use(picked)
    if refused or session.complaint():
        _draw_anew()
        st.session_state[_REFUSED] = refused


def sort_ticks(profile: pd.DataFrame, changed: dict[str, bool], before: Iterable[str]) -> tuple[set[str], list[str]]:
    """The ticked columns that can be used, and for each of the others a sentence that says why not."""
    impossible = profile[~profile["possible"]].set_index("name")["why"]
    ticked = {name for name, use in changed.items() if use}
    refused = [
        f"{escaped(name)} {escaped(why)}, so it is left out." for name, why in impossible.items() if name in ticked
    ]
    unticked = {name for name, use in changed.items() if not use}
    return (set(before) - unticked) | (ticked - set(impossible.index)), refused


def _ticked_at_first(key: str) -> tuple[str, ...]:
    """The columns that were chosen when this editor was made; with others it would be made anew, and scroll back."""
    if key not in st.session_state or st.session_state.get(_DRAWN, ("",))[0] != key:
        st.session_state[_DRAWN] = (key, session.workspace().spec.columns)
    ticked: tuple[str, ...] = st.session_state[_DRAWN][1]
    return ticked


def _for_the_eye(workspace: Workspace, profile: pd.DataFrame, ticked: tuple[str, ...]) -> pd.DataFrame:
    """The profile for the eye: ticks, a small histogram, figures with four significant digits."""
    shown = profile[list(_SHOWN)].rename(columns=_SHOWN)
    for name in _FIGURES:
        shown[name] = [_four_digits(value) for value in shown[name].astype(float)]
    shown.insert(0, "distribution", _histograms(workspace, profile))
    shown.insert(0, "column", profile["name"])
    shown.insert(0, "use", profile["name"].isin(ticked))
    if profile["why"].any():
        remarks = [_remark(*each) for each in zip(profile["why"], profile["possible"], strict=True)]
        shown.insert(list(shown.columns).index("kind") + 1, "why not", remarks)
    return shown


def _remark(why: str, possible: bool) -> str:
    return f"better not: {why}" if why and possible else why


def _four_digits(value: float) -> float:
    return float(f"{value:.4g}") + 0.0  # 0 is added so that none is "-0"


def _histograms(workspace: Workspace, profile: pd.DataFrame) -> list[list[int] | None]:
    drawn = set(profile.loc[profile["possible"], "name"][:MOST_HISTOGRAMS])
    return [_histogram(workspace, name) if name in drawn else None for name in profile["name"]]


def _histogram(workspace: Workspace, name: str) -> list[int]:
    from gmm_core.tables.plotting import bar_counts

    table = workspace.table
    return kept("bars", 2000, f"{table.digest}|{name}", lambda: bar_counts(table.frame[name].to_numpy(float)))


def _in_table(profile: pd.DataFrame) -> Iterable[int]:
    return range(len(profile))


def _promising(profile: pd.DataFrame) -> Iterable[int]:
    from gmm_core.tables.profile import ranking

    return dict.fromkeys([*ranking(profile), *range(len(profile))])


def _largest(figure: str) -> Callable[[pd.DataFrame], Iterable[int]]:
    return lambda profile: (
        profile[figure].abs().reset_index(drop=True).sort_values(ascending=False, kind="stable").index
    )


ORDERS: dict[str, Callable[[pd.DataFrame], Iterable[int]]] = {
    "the table": _in_table,
    "promise for groups": _promising,
    "gaps": _largest("gaps"),
    "skew": _largest("skew"),
}
"""Orders of the columns, from a profile to positions in it."""
