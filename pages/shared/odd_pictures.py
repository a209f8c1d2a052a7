"""The picture of scored rows: over the fitted groups, with rings around the odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, one_column, pictures, sides, tagging
from pages.shared.scoring import Scored
from pages.shared.sides import Side
from pages.shared.stores import kept
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_RINGS = 400
"""Odd rows that are ringed, the oddest; more would hide the rest."""


def draw(scored: Scored, n_flagged: int) -> None:
    """Draw the rows over the groups."""
    side = sides.chosen(scored.as_fitted)
    content = f"{_key(scored, side)}|{n_flagged}"
    names = " against ".join(side.names)
    if len(side.names) == 1:
        alt = f"Histogram of {names}: the rows and the fitted curves, odd rows as ticks"
        drawing.chart("odd-map", content, lambda: _histogram(scored, side, n_flagged), alt)
        odd = _some(n_flagged, one_column.MOST_TICKS)
        st.caption(f"Bars: the rows. Curves: the fitted groups. Ticks below: {odd}.")
    else:
        alt = f"Map of {names}: the rows over the fitted ellipses, odd rows ringed"
        drawing.chart("odd-map", content, lambda: _map(scored, side, n_flagged), alt)
        st.caption(_caption(scored, n_flagged))


def _caption(scored: Scored, n_flagged: int) -> str:
    text = f"Ellipses: the fitted groups. Rings: {_some(n_flagged, MOST_RINGS)}."
    if scored.n_rows > pictures.MOST_POINTS:
        text += f" Shaded squares count all {scored.n_rows:,} rows. {pictures.SAMPLED}"
    hidden = len(sides.axes(scored.fitted)) > 2
    return f"{text} A row may be odd in columns that are not shown here." if hidden else text


def _some(n_flagged: int, most: int) -> str:
    return counted(n_flagged, "odd row") if n_flagged <= most else f"the {most} oddest of {n_flagged:,} odd rows"


def _histogram(scored: Scored, side: Side, n_flagged: int) -> View:
    from gmm_core.tables import plotting

    odd = scored.oddness.order[: min(n_flagged, one_column.MOST_TICKS)]
    both = [sides.side(each, side.names).column(0) for each in (scored.fitted, scored.as_fitted)]
    low, high = min(each.min() for each in both), max(each.max() for each in both)
    margin = 0.08 * (high - low)
    curves = plotting.curves_frame(side.mixture, low - margin, high + margin, transform=side.transforms[0])
    rug = plotting.rug_frame(side.values[odd, 0], scored.memberships[odd], scored.rows[odd], scored.fitted.names)
    return charts.histogram(plotting.bins_frame(both[1]), curves, x_title=side.names[0], rug=rug)


def _map(scored: Scored, side: Side, n_flagged: int) -> View:
    key = f"{_key(scored, side)}|{tagging.present()[1]}"
    scatter = kept("odd-scatters", 12, key, lambda: charts.scatter(**_frames(scored, side), **side.titled()))
    return charts.flagged(scatter, _rings(scored, side, n_flagged))


def _key(scored: Scored, side: Side) -> str:
    return f"{scored.key}|{scored.fitted.rows_key}|{side.key}"


def _rings(scored: Scored, side: Side, n_flagged: int) -> pd.DataFrame:
    import pandas as pd

    found = scored.oddness
    odd = found.order[: min(n_flagged, MOST_RINGS)]
    x, y = side.values[odd].T
    p_values = [f"{each:.1e}" for each in found.p_value[odd]]
    return pd.DataFrame({"x": x, "y": y, "row": scored.rows[odd] + 1, "p_value": p_values}).dropna()


def _frames(scored: Scored, side: Side) -> dict[str, Any]:
    """What the map shows whatever is flagged."""
    from gmm_core.tables import plotting

    letters = scored.fitted.names
    x, memberships = side.whole(scored.memberships)
    return {
        "points": pictures.points(scored.as_fitted, side, scored.memberships, letters),
        "ellipses": plotting.ellipses_frame(side.mixture, carry=side.carry),
        "centres": side.read_off(plotting.centres_frame(side.mixture, side.carry)),
        "tiles": plotting.tiles_frame(x, memberships, letters=letters) if len(x) > pictures.MOST_POINTS else None,
    }
