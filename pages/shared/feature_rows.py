"""A row for each chosen column: how it is spread, its transform, and what that makes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.errors import GmmError
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.spec_changes import with_transforms
from pages.shared import controls, drawing, session
from pages.shared.looks import Look, look_of, rows_key
from pages.shared.named import named
from pages.shared.prepared import prepared
from pages.shared.wording import capital, counted, escaped, number
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.charts.export import View
    from gmm_core.model.em.forms import Array
    from gmm_core.model.transforms.base import Transform
    from gmm_core.tables.feature_matrix import FeatureMatrix
    from gmm_core.tables.features import FeatureSpec

MOST_SHOWN = 12
"""Columns that have a row at once; of more, those found by their name."""

REFUSED = "transform-refused"
"""Where the session keeps the last transform that could not be taken: the workspace's key, the column, and why."""


def show(workspace: Workspace, features: FeatureMatrix | None) -> None:
    """The rows of the chosen columns."""
    if features is None:
        st.caption("The chosen columns are shown here once they can be used.")
        return
    names = _shown(features.columns)
    looks = {name: look_of(workspace, features, name) for name in names}
    _use_all(workspace, looks)
    for at, name in enumerate(names):
        with st.container(border=True):
            _row(workspace, features, name, looks[name], at)


def _shown(columns: tuple[str, ...]) -> list[str]:
    if len(columns) <= MOST_SHOWN:
        return list(columns)
    searched = st.text_input("Find a column", key="features-find", placeholder="Part of its name")
    found = [name for name in columns if searched.casefold() in name.casefold()]
    st.caption(f"{min(len(found), MOST_SHOWN)} of {counted(len(columns), 'column')} shown. Find others by their name.")
    return found[:MOST_SHOWN]


def _use_all(workspace: Workspace, looks: dict[str, Look]) -> None:
    """All suggestions at once, where there are several."""
    spec = workspace.spec
    open_ones = {name: look.suggestion.transform for name, look in looks.items() if _is_open(spec, name, look)}
    if len(open_ones) < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{counted(len(open_ones), 'column')} would lie straighter once transformed.", width="content")
        st.button(
            "Use all suggestions",
            key="features-use-all",
            on_click=session.prepare,
            args=(with_transforms(spec, open_ones),),
        )


def _row(workspace: Workspace, features: FeatureMatrix, name: str, look: Look, at: int) -> None:
    position = features.columns.index(name)
    x, transform = features.column_values(position), features.transforms[position]
    here = f"{rows_key(workspace)}|{name}"
    used, is_open = transform.name == "none", _is_open(workspace.spec, name, look)
    places = st.columns(3 if is_open or not used else [1, 2], gap="medium")
    menu, before, after = places[0], places[1], places[-1]
    with menu:
        st.markdown(f"**{escaped(name)}**")
        _menu(workspace, name, at)
        refused = _refusal(workspace, name)
        _suggestion(workspace, name, look, at)
        if refused and not is_open:
            _way_out(workspace, name, x, at)
    with before:
        st.caption(_figures(look, _of_which(workspace, features)))
        drawing.chart(f"feature-{at}", f"{used}|{here}", partial(_before, x, not used), f"Histogram of {name}")
    with after:
        if not used:
            st.caption(capital(transform.words))
            picture = partial(_after, x, transform)
            drawing.chart(f"feature-after-{at}", f"{transform!r}|{here}", picture, f"Histogram of {name}, transformed")
        elif is_open:
            kind = look.suggestion.transform
            st.caption(f"{capital(TRANSFORMS[kind].words)}, as suggested")
            picture = partial(_promised, x, kind)
            drawing.chart(f"feature-after-{at}", f"{kind}?|{here}", picture, f"Histogram of {name}, as suggested")


def _figures(look: Look, of_which: str) -> str:
    ends = (
        f"{end:,.0f}" if look.low.is_integer() and look.high.is_integer() else number(end, look.spread)
        for end in (look.low, look.high)
    )
    figures = (number(look.mean, look.spread), number(look.spread, look.spread), *ends)
    gaps = f"; {counted(look.gaps, 'gap')} in the table" if look.gaps else ""
    return capital("{}mean {}, spread {}, from {} to {}".format(of_which, *figures)) + gaps


def _of_which(workspace: Workspace, features: FeatureMatrix) -> str:
    """Of which rows the figures are, where that is not all of the table."""
    n = len(features.rows)
    if n == len(workspace.table.frame):
        return ""
    whole = workspace.spec.gaps == "drop" and not features.n_filtered
    return f"of the {counted(n, 'row')} {'without gaps' if whole else 'used'}: "


def _menu(workspace: Workspace, name: str, at: int) -> None:
    label = f"Transform of {name}"
    with named(label):
        controls.choose(
            f"feature-transform-{at}",
            label,
            list(TRANSFORMS),
            workspace.spec.transform_of(name).name,
            lambda kind: _take(workspace, name, kind),
            words=lambda kind: capital(TRANSFORMS[kind].words),
            label_visibility="collapsed",
        )


def _refusal(workspace: Workspace, name: str) -> bool:
    """Why the transform last asked for cannot be taken, where that is so."""
    key, column, why = st.session_state.get(REFUSED, ("", "", ""))
    if (key, column) != (workspace.key, name):
        return False
    st.warning(escaped(why), icon=":material/block:")
    return True


def _suggestion(workspace: Workspace, name: str, look: Look, at: int) -> None:
    st.caption(escaped(look.suggestion.reason))
    if _is_open(workspace.spec, name, look):
        kind = look.suggestion.transform
        st.button("Use it", key=f"feature-use-{at}", on_click=_take, args=(workspace, name, kind))


def _way_out(workspace: Workspace, name: str, x: Array, at: int) -> None:
    """Another transform in place of one that was refused."""
    from gmm_core.tables.suggestions import plainest

    kind = plainest(x)
    label = f"Take {TRANSFORMS[kind].words} instead"
    st.button(label, key=f"feature-instead-{at}", on_click=_take, args=(workspace, name, kind))


def _is_open(spec: FeatureSpec, name: str, look: Look) -> bool:
    """Whether a transform is suggested that the column does not have."""
    return look.suggestion.transform not in ("none", spec.transform_of(name).name)


def _take(workspace: Workspace, name: str, kind: str) -> None:
    """Transform a column, or keep to what it has and note why."""
    wanted = with_transforms(workspace.spec, {name: kind})
    try:
        prepared(workspace, wanted)
    except GmmError as error:
        st.session_state[REFUSED] = (workspace.key, name, error.problem)
        return
    session.prepare(wanted)


def _before(x: Array, quiet: bool) -> View:
    from gmm_core.tables.plotting import bins_frame

    return charts.distribution(bins_frame(x), quiet=quiet)


def _after(x: Array, transform: Transform, quiet: bool = False) -> View:
    """The column once transformed, its axis marked in the table's units."""
    from gmm_core.tables.plotting import bins_frame
    from gmm_core.tables.working_axis import ticks_frame

    ticks = ticks_frame(transform, float(x.min()), float(x.max()))
    return charts.distribution(bins_frame(transform.forward(x)), ticks=ticks, quiet=quiet)


def _promised(x: Array, kind: str) -> View:
    return _after(x, TRANSFORMS[kind].fit(x), quiet=True)
