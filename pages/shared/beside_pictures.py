"""The parts of "Would k-means see the same?" below its answer: both maps, the cross table and the rows that differ."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.charts.style import NOISE
from pages.shared import downloads, drawing, pictures, selected, session, sides, tabbed, tagging
from pages.shared.beside import NAME, Beside
from pages.shared.results import Fitted
from pages.shared.sides import Side
from pages.shared.tables import with_cells
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View
    from gmm_core.tables.selecting import Rows

MAP = 380
"""Pixels of a map's height."""

MAPS = {"beside-0": "The mixture", "beside-1": NAME}
"""Titles of the maps, by their keys."""

TABS, CROSS, DIFFERENT = "beside-tabs", "Cross table", "Rows that differ"


@st.fragment
def board(fitted: Fitted, other: Beside) -> None:
    """All that follows from the rows chosen on a map; a box draws only this part of the page anew."""
    session.draw_all_if_due()
    side = _side(fitted)
    if side is not None:
        _maps(fitted, other, side)
        other = _chosen(fitted, other, side)
    tabbed.tabs(TABS, {CROSS: lambda: _cross(fitted, other), DIFFERENT: lambda: _differences(fitted, other)})


def _side(fitted: Fitted) -> Side | None:
    """The axes of both maps; None where there is one column only."""
    if len(sides.axes(fitted)) == 1:
        return None
    side = sides.chosen(fitted)
    return side if len(side.names) == 2 else None


def _maps(fitted: Fitted, other: Beside, side: Side) -> None:
    """Both groupings of the rows on two axes, side by side; a box on one is seen on the other."""
    boxes = {key: drawing.limits(key, side.key) for key in MAPS}
    for (key, title), beside, place in zip(MAPS.items(), reversed(MAPS), st.columns(2, gap="medium"), strict=True):
        with place:
            st.subheader(title, anchor=False)
            drawing.chart(
                key,
                f"{fitted.key}|{side.key}",
                partial(_map, key, fitted, other, side),
                f"{title}: rows coloured by group",
                on_pick=partial(_boxed, beside),
                brush=drawing.Brush(side.key, boxes[beside]),
            )
    sampled = f" {pictures.SAMPLED}" if len(fitted.memberships) > pictures.MOST_POINTS else ""
    st.caption(
        f"Rings on the second map: rows that k-means puts into another group.{sampled} Drag a box over rows on either "
        "map to compare these alone."
    )


def _boxed(beside: str) -> None:
    """A box on one map takes the place of the other's, and asks for the rows in it."""
    drawing.forget_box(beside)
    st.session_state[TABS] = DIFFERENT


def _map(key: str, fitted: Fitted, other: Beside, side: Side) -> View:
    """One of the maps, on the axes of both."""
    from gmm_core.tables import agreement, mixture_frames

    points = pictures.points(fitted, side, fitted.group_memberships, other.names)
    points = points[points["row"].isin(other.rows + 1)]
    again = agreement.regrouped(points, other.rows, other.clusters)
    again["differs"] &= (points["component"] != NOISE).to_numpy()
    axes, ellipses = side.titled(), mixture_frames.ellipses_frame(side.mixture, carry=side.carry)
    first = charts.scatter(points, ellipses=ellipses, height=MAP, **axes)
    both = charts.same_axes(first, charts.ringed(charts.scatter(again, height=MAP, **axes), again))
    return charts.brushed(dict(zip(MAPS, both, strict=True))[key])


def _chosen(fitted: Fitted, other: Beside, side: Side) -> Beside:
    """The rows in the box, of which is told how many are in the same groups; all of them where there is no box."""
    from gmm_core.tables.row_views import places_among

    at = places_among(fitted.features.rows, other.rows)
    limits = selected.limits(replace(side, values=side.values[at]), *MAPS)
    found = selected.chosen(other, limits)
    if found is None:
        return other
    chosen = other.among(found.places)
    selected.told(other, found, limits, "beside-clear", agreement(chosen))
    return chosen if len(found.places) else other


def agreement(other: Beside) -> str:
    """How many of some rows are in the same groups, in a sentence or two."""
    n = len(other.rows) - other.n_noise
    if not n:
        return "All of them are noise, which is not compared."
    change = "changes group" if other.n_different == 1 else "change group"
    on = f"{n - other.n_different:,}; **{other.n_different:,}** {change}" if other.n_different else f"all {n:,}"
    noise = f" {counted(other.n_noise, 'row')} of noise are not compared." if other.n_noise else ""
    return f"Both methods agree on {on}.{noise}"


def _cross(fitted: Fitted, other: Beside) -> None:
    from gmm_core.tables.agreement import cross_frame, wide_cross_frame

    cells = cross_frame(other.table)
    cells["matched"] = (cells["group"] == cells["label"]) & (cells["count"] > 0)  # by all rows, not by those chosen
    drawing.chart("beside-cross", None, lambda: charts.cross_table(cells, x_title=NAME), "Rows by group and k-means")
    wide = tagging.with_names(fitted, wide_cross_frame(other.table))
    downloads.counts(wide, "k-means", "beside-wide", "Rows by group and by k-means")


def _differences(fitted: Fitted, other: Beside) -> None:
    if not other.n_different:
        st.caption("k-means puts them all into the same groups.")
        return
    alt = "Rows that k-means puts elsewhere"
    downloads.rows(partial(_rows, fitted, other), other.different, "rows that differ", "beside-rows", alt)


def _rows(fitted: Fitted, other: Beside, places: Rows) -> pd.DataFrame:
    """The rows at some places with both of their groups, and their cells."""
    import pandas as pd

    found = other.among(places)
    told = pd.DataFrame({"row": found.rows + 1, "group": found.groups, NAME: found.clusters})
    return with_cells(fitted.workspace, tagging.with_names(fitted, told), found.rows)
