"""Principal components in place of many columns: how many, what they hold, and what they are made of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import controls, downloads, drawing, session
from pages.shared.wording import counted, listed, share
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.principal import PrincipalAxes
    from gmm_core.tables.feature_matrix import FeatureMatrix

FIRST_NUMBER, FIRST_SHARE = 2, 0.9
MOST_SHOWN = 30
"""Columns whose loadings are drawn: those that weigh most."""

MOST_DRAWN = 12
"""Components whose loadings are drawn: the first."""

WAYS = {"none": "columns", "number": "components", "share": "share of variance"}

CARRIED_BACK = (
    "Groups are found among the components, and carried back: centres, spreads and outlines on every page are those "
    "of the columns. Along the directions left out all groups are taken to be alike."
)


def section(workspace: Workspace, features: FeatureMatrix | None) -> None:
    """Choose components, and see what they are."""
    n_columns = len(workspace.spec.columns)
    if n_columns < 2:
        st.markdown("Components are made of two columns or more.")
        return
    choose, show = st.columns([2, 3], gap="medium")
    with choose:
        _way(workspace.spec.components, n_columns)
    if features is not None and features.way.axes is not None:
        with choose:
            _held(features.way.axes, n_columns)
        with show:
            _loadings(workspace, features)


def _way(chosen: Any, n_columns: int) -> None:
    way = "none" if chosen is None else "share" if isinstance(chosen, float) else "number"
    first = {"none": None, "number": min(FIRST_NUMBER, n_columns), "share": FIRST_SHARE}
    note = "Fewer directions in place of many columns, those in which the rows differ most. Columns are standardised."
    controls.choice("features-way", "Group by", WAYS, way, lambda name: _take(first[name]), note)
    if way == "number":
        _number("Components", chosen, 1, n_columns, int)
    elif way == "share":
        _number("Per cent of the variance", round(100 * chosen), 1, 100, lambda percents: percents / 100)


def _number(label: str, value: int, low: int, high: int, as_wanted: Any) -> None:
    key = "features-components"
    controls.show(key, min(max(value, low), high))
    take = controls.between(low, high)

    def changed() -> None:
        number = take(st.session_state[key])
        if number is not None:
            _take(as_wanted(number))

    st.number_input(label, low, high, key=key, on_change=changed)


def _take(components: int | float | None) -> None:
    """Take these; with the first the columns become standardised, so that none counts more for its unit."""
    spec = session.workspace().spec
    first = spec.components is None and components is not None
    session.prepare(replace(spec, components=components, scaling="standard" if first else spec.scaling))


def _held(axes: PrincipalAxes, n_columns: int) -> None:
    held = float(axes.shares[: axes.n_kept].sum())
    verb = "holds" if axes.n_kept == 1 else "hold"
    kept = f"{counted(axes.n_kept, 'component')} {verb} {share(held)} of the variance of {n_columns} columns."
    st.markdown(f"**{kept}**")
    st.caption(CARRIED_BACK)


def _loadings(workspace: Workspace, features: FeatureMatrix) -> None:
    from gmm_core.tables.results import loadings_frame

    axes = features.way.axes
    assert axes is not None
    frame = loadings_frame(axes, features.columns)
    picture = partial(_picture, frame)
    drawing.chart("features-loadings", workspace.key, picture, "What each component is made of, column by column")
    cut = [
        f"the {MOST_SHOWN} columns that weigh most" if len(features.columns) > MOST_SHOWN else "",
        f"the first {MOST_DRAWN} components" if axes.n_kept > MOST_DRAWN else "",
    ]
    if any(cut):
        st.caption(f"Shown are {listed([each for each in cut if each])}. The download has all.")
    downloads.button(lambda: frame, "loadings", "features-loadings-csv")


def _picture(frame: pd.DataFrame) -> Any:
    frame = frame[frame["component"] <= MOST_DRAWN]
    weight = frame["loading"].abs().groupby(frame["column"]).max()
    heaviest = set(weight.nlargest(MOST_SHOWN).index)
    return charts.loadings(frame[frame["column"].isin(heaviest)])
