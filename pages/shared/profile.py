"""The parts of "What is in this table?": a sentence, what to beware of, and a row for each column with its tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from gmm_core.model.families import get_family
from pages.shared import downloads, session
from pages.shared.results import features_of
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

MOST_CAUTIONS = 3

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
    "why not": st.column_config.TextColumn(width=290),
    "distribution": st.column_config.BarChartColumn("distribution", width=110),
    **{name: st.column_config.NumberColumn(format="localized") for name in _FIGURES},
}
_ROUND = "profile-round"
_REFUSED = "profile-refused"


def summary(workspace: Workspace) -> str:
    """What the table is, in a sentence."""
    frame, profile = workspace.table.frame, profile_of(workspace)
    usable = int(profile["usable"].sum())
    size = f"{counted(len(frame), 'row')} and {counted(frame.shape[1], 'column')}"
    return f"{escaped(workspace.table.name)}: {size}, {usable:,} of them usable for finding groups."


def _cautions(workspace: Workspace) -> list[str]:
    from gmm_core.tables.cautions import cautions as found_in

    if not workspace.spec.columns:
        return ["No column is ticked, so there is nothing to find groups in: tick at least one."]
    try:
        features = features_of(workspace)
    except GmmError as error:
        return [escaped(error)]
    settings = workspace.settings
    family = get_family(settings.covariance_type)
    n_parameters = family.n_parameters(settings.n_components, features.values.shape[1])
    found = [f"{each.sentence} {each.remedy}" for each in found_in(features, n_parameters)]
    return [escaped(sentence) for sentence in (*_advice(workspace), *found)]


def _advice(workspace: Workspace) -> list[str]:
    """For each ticked column that is better left out, why."""
    profile = profile_of(workspace)
    poor = profile[profile["name"].isin(workspace.spec.columns) & ~profile["usable"]]
    return [f"Column “{each.name}” {each.why}; leave it out unless you mean it." for each in poor.itertuples()]


def cautions(workspace: Workspace) -> None:
    """What to beware of in the ticked columns, the most important first, and the rest a click below."""
    found = kept("cautions", 8, workspace.fit_key, lambda: _cautions(workspace))
    for sentence in found[:MOST_CAUTIONS]:
        st.caption(f":material/warning: {sentence}")
    rest = found[MOST_CAUTIONS:]
    if rest:
        with st.expander(f"{counted(len(rest), 'more caution')} on the ticked columns"):
            st.markdown("\n".join(f"- {sentence}" for sentence in rest))


def columns(workspace: Workspace) -> None:
    """The profile, a row a column, with a tick for those to use."""
    profile = profile_of(workspace)
    shown = _found(workspace, profile)
    _choices(workspace, profile, shown)
    for sentence in st.session_state.pop(_REFUSED, ()):
        st.warning(sentence)
    names = profile["name"].iloc[shown].tolist()
    key = f"profile-{workspace.table.digest}-{hash(tuple(shown))}-{st.session_state.get(_ROUND, 0)}"
    st.data_editor(
        _for_the_eye(workspace, profile.iloc[shown]),
        hide_index=True,
        key=key,
        alt="The table's columns, with a tick for those to use",
        disabled=["column", "distribution", "why not", *_SHOWN.values()],
        column_config=_SETTINGS,
        placeholder="",
        on_change=_take_ticks,
        args=(key, names),
    )
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
    """Group by these columns, in the order of the table; the ticks are drawn anew."""
    wanted, frame = set(names), session.workspace().table.frame
    made = [name for name in session.workspace().spec.columns if name in wanted and name not in frame.columns]
    session.change_spec(columns=(*(name for name in frame.columns if name in wanted), *made))
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _take_ticks(key: str, names: list[str]) -> None:
    changed = {names[at]: new["use"] for at, new in st.session_state[key]["edited_rows"].items() if "use" in new}
    before = session.workspace().spec.columns
    picked, refused = sort_ticks(profile_of(session.workspace()), changed, before)
    _choose(picked)
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


def _for_the_eye(workspace: Workspace, profile: pd.DataFrame) -> pd.DataFrame:
    """The profile for the eye: ticks, a small histogram, figures with four significant digits."""
    shown = profile[list(_SHOWN)].rename(columns=_SHOWN)
    for name in _FIGURES:
        shown[name] = [_four_digits(value) for value in shown[name].astype(float)]
    shown.insert(0, "distribution", _histograms(workspace, profile))
    shown.insert(0, "column", profile["name"])
    shown.insert(0, "use", profile["name"].isin(workspace.spec.columns))
    shown["why not"] = [_remark(*each) for each in zip(profile["why"], profile["possible"], strict=True)]
    return shown


def _remark(why: str, possible: bool) -> str:
    return f"better not: {why}" if why and possible else why


def _four_digits(value: float) -> float:
    return float(f"{value:.4g}")


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
