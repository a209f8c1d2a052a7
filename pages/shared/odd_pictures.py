"""The picture of scored rows: over the fitted groups, with rings around the odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, pictures
from pages.shared.scoring import Scored
from pages.shared.stores import kept
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_RINGS = 400
"""Odd rows that are ringed, the oddest; more would hide the rest."""


def draw(scored: Scored, n_flagged: int) -> None:
    """Draw the rows over the groups."""
    if len(scored.features.columns) == 1:
        _histogram(scored, n_flagged)
    else:
        _map(scored, n_flagged, *pictures.pair(scored.fitted))


def _histogram(scored: Scored, n_flagged: int) -> None:
    name = scored.features.columns[0]
    content = f"{scored.key}|{scored.fitted.rows_key}|{n_flagged}"
    drawing.chart(
        "odd-map", content, lambda: _histogram_chart(scored, n_flagged), f"Histogram of {name}, odd rows as ticks"
    )
    st.caption(f"Bars: the rows. Curves: the fitted groups. Ticks below: {_some(n_flagged, pictures.MOST_TICKS)}.")


def _histogram_chart(scored: Scored, n_flagged: int) -> View:
    from gmm_core.tables import plotting

    features, odd = scored.features, scored.oddness.order[: min(n_flagged, pictures.MOST_TICKS)]
    both = [scored.fitted.features.column_values(0), features.column_values(0)]
    low, high = min(each.min() for each in both), max(each.max() for each in both)
    curves = plotting.curves_frame(
        scored.fitted.mixture, low - 0.08 * (high - low), high + 0.08 * (high - low), transform=features.transforms[0]
    )
    rug = plotting.rug_frame(
        features.table_values[odd, 0], scored.memberships[odd], scored.rows[odd], letters=scored.fitted.names
    )
    return charts.histogram(plotting.bins_frame(both[1]), curves, x_title=features.columns[0], rug=rug)


def _map(scored: Scored, n_flagged: int, across: int, up: int) -> None:
    names = scored.features.columns
    content = f"{scored.key}|{scored.fitted.rows_key}|{across}|{up}|{n_flagged}"
    alt = f"Map of {names[across]} against {names[up]}: rows over the fitted ellipses, odd rows ringed"
    drawing.chart("odd-map", content, lambda: _map_chart(scored, n_flagged, across, up), alt)
    text = f"Ellipses: the fitted groups. Rings: {_some(n_flagged, MOST_RINGS)}."
    if len(names) > 2:
        text += " A row may be odd in columns that are not shown here."
    st.caption(text)


def _some(n_flagged: int, most: int) -> str:
    return counted(n_flagged, "odd row") if n_flagged <= most else f"the {most} oddest of {n_flagged:,} odd rows"


def _map_chart(scored: Scored, n_flagged: int, across: int, up: int) -> View:
    import pandas as pd

    names, found = scored.features.columns, scored.oddness
    frames = kept(
        "odd-frames", 12, f"{scored.key}|{scored.fitted.rows_key}|{across}|{up}", lambda: _frames(scored, across, up)
    )
    odd = found.order[: min(n_flagged, MOST_RINGS)]
    values = scored.features.table_values[odd][:, [across, up]]
    rings = pd.DataFrame(
        {
            "x": values[:, 0],
            "y": values[:, 1],
            "row": scored.rows[odd] + 1,
            "p_value": [f"{each:.2g}" for each in found.p_value[odd]],
        }
    )
    scatter = charts.scatter(**frames, x_title=names[across], y_title=names[up])
    return charts.flagged(scatter, rings.dropna())


def _frames(scored: Scored, across: int, up: int) -> dict[str, pd.DataFrame | None]:
    from gmm_core.tables import plotting

    fitted, letters = scored.fitted, scored.fitted.names
    x, memberships, rows = plotting.without_gaps(
        scored.features.table_values[:, [across, up]], scored.memberships, scored.rows
    )
    mixture, carry = fitted.mixture.marginal([across, up]), fitted.features.carrier([across, up])
    many = len(x) > pictures.MOST_POINTS
    return {
        "points": plotting.points_frame(x, memberships, rows, limit=pictures.MOST_POINTS, letters=letters),
        "ellipses": plotting.ellipses_frame(mixture, carry=carry),
        "centres": plotting.centres_frame(mixture, carry),
        "tiles": plotting.tiles_frame(x, memberships, letters=letters) if many else None,
    }
