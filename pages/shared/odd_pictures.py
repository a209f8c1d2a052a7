"""The picture of scored rows: over the fitted groups, with rings around the odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, joined, one_column, pictures, sides, tagging
from pages.shared.scoring import Scored
from pages.shared.sides import Side
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, p_value

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

CHART = "odd-map"

MOST_RINGS = 100
"""Odd rows that are ringed, the oddest; more would hide the rest."""


def draw(scored: Scored, side: Side, n_flagged: int, picked: int | None) -> None:
    """Draw the rows over the groups, and point out one of them, by its place, where one is picked."""
    one, content = len(side.names) == 1, f"{_key(scored, side)}|{n_flagged}"
    names = " against ".join(side.names)
    if not len(side.whole()[0]):
        where = " and ".join(map(escaped, side.names))
        st.info(f"None of these rows has a value in {where}, so there is nothing to draw.")
        return

    def marked() -> View:
        key, make = f"{content}|{tagging.present()[1]}", _histogram if one else _map
        chart = kept("odd-maps", 12, key, lambda: make(scored, side, n_flagged))
        chart = chart if picked is None else charts.pointed_out(chart, _place(scored, side, picked))
        return charts.brushed(chart, ("x",) if one else ("x", "y"))

    if one:
        alt = f"Histogram of {names}: the rows and the fitted curves, odd rows as ticks"
        odd = _some(n_flagged, one_column.MOST_TICKS)
        said = f"Bars: the rows. Curves: the fitted groups. Ticks below: {odd}."
    else:
        alt = f"Map of {names}: the rows over the fitted ellipses, odd rows ringed"
        said = _caption(scored, n_flagged)
    drawing.chart(CHART, f"{content}|{picked}", marked, alt, brush=drawing.Brush(side.key), groups=scored.names)
    st.caption(f"{said} {pictures.how_to_choose(scored.names)}")


def _place(scored: Scored, side: Side, at: int) -> pd.DataFrame:
    """Where a row lies, and what it is called; empty where it has a gap there."""
    import pandas as pd

    values = dict(zip("xy", side.values[at], strict=False))
    return pd.DataFrame([{**values, "told": _called(scored, at)}]).dropna()


def _called(scored: Scored, at: int) -> str:
    names, number = scored.features.names, f"row {scored.rows[at] + 1:,}"
    return number if names is None or not names[at] else f"{names[at]}, {number}"


def _caption(scored: Scored, n_flagged: int) -> str:
    rings = f" Rings: {_some(n_flagged, MOST_RINGS)}." if n_flagged else ""
    text = f"Ellipses: the fitted groups.{rings}"
    if scored.n_rows > pictures.MOST_POINTS:
        text += f" Shaded squares count all {scored.n_rows:,} rows. {pictures.SAMPLED}"
    hidden = len(sides.axes(scored.fitted)) > 2
    return f"{text} A row may be odd in columns that are not shown here." if hidden else text


def _some(n_flagged: int, most: int) -> str:
    return counted(n_flagged, "odd row") if n_flagged <= most else f"the {most} oddest of {n_flagged:,} odd rows"


def _histogram(scored: Scored, side: Side, n_flagged: int) -> View:
    from gmm_core.tables import merging, mixture_frames, plotting

    odd = scored.oddness.order[: min(n_flagged, one_column.MOST_TICKS)]
    both = [sides.side(each, side.names).column(0) for each in (scored.fitted, scored.as_fitted)]
    low, high = min(each.min() for each in both), max(each.max() for each in both)
    margin = 0.08 * (high - low)
    curves = mixture_frames.curves_frame(side.mixture, low - margin, high + margin, transform=side.transforms[0])
    curves = merging.summed_curves(curves, joined.clusters(scored.fitted))
    rug = plotting.rug_frame(side.values[odd, 0], scored.memberships[odd], scored.rows[odd], scored.fitted.names)
    return charts.histogram(plotting.bins_frame(both[1]), curves, x_title=side.names[0], rug=rug)


def _map(scored: Scored, side: Side, n_flagged: int) -> View:
    key = f"{_key(scored, side)}|{tagging.present()[1]}"
    scatter = kept("odd-scatters", 12, key, lambda: charts.scatter(**_frames(scored, side), **side.titled()))
    return charts.flagged(scatter, _rings(scored, side, n_flagged))


def _key(scored: Scored, side: Side) -> str:
    return f"{scored.rows_key}|{side.key}"


def _rings(scored: Scored, side: Side, n_flagged: int) -> pd.DataFrame:
    import pandas as pd

    found = scored.oddness
    odd = found.order[: min(n_flagged, MOST_RINGS)]
    x, y = side.values[odd].T
    p_values = list(map(p_value, found.p_value[odd]))
    names = "" if scored.features.names is None else scored.features.names[odd]
    return pd.DataFrame({"x": x, "y": y, "row": scored.rows[odd] + 1, "label": names, "p_value": p_values}).dropna(
        subset=["x", "y"]
    )


def _frames(scored: Scored, side: Side) -> dict[str, Any]:
    """What the map shows whatever is flagged."""
    from gmm_core.tables import merging, mixture_frames, plotting

    letters, centres = scored.names, mixture_frames.centres_frame(side.mixture, side.carry)
    x, memberships = side.whole(scored.memberships)
    return {
        "points": pictures.points(scored.as_fitted, side, scored.memberships, letters),
        "ellipses": joined.named(scored.fitted, mixture_frames.ellipses_frame(side.mixture, carry=side.carry)),
        "centres": side.read_off(merging.middle_centres(centres, joined.clusters(scored.fitted))),
        "tiles": plotting.tiles_frame(x, memberships, letters=letters) if len(x) > pictures.MOST_POINTS else None,
    }
