"""The picture of a fit: a histogram for one column, a map for two, any pair of more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, firmness, wording
from pages.shared.results import Fitted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View
    from gmm_core.model.choice.uncertainty import Bootstrap
    from gmm_core.model.em.forms import Array

PROBABILITY = 0.95
MOST_POINTS = 5_000
"""Rows up to which each is a point; beyond, squares count all and a sample of points lies on them."""

MOST_TICKS = 100
"""Rows up to which a histogram shows each as a tick."""


def groups(fitted: Fitted) -> None:
    """Draw the fit, and say what of the rows the ellipses hold."""
    if fitted.mixture.n_features == 1:
        _histogram(fitted)
    else:
        _map(fitted, *pair(fitted))


def _histogram(fitted: Fitted) -> None:
    alt = f"Histogram of {fitted.features.columns[0]} with each group's curve and their sum"
    drawing.chart("fit-chart", fitted.rows_key, lambda: _histogram_chart(fitted), alt)
    st.caption("Bars: the rows. Coloured curves: the groups, scaled by their share. Grey: their sum, the mixture.")


def _histogram_chart(fitted: Fitted) -> View:
    from gmm_core.tables import plotting

    values, name = fitted.features.column_values(0), fitted.features.columns[0]
    bins = plotting.bins_frame(values)
    curves = plotting.curves_frame(fitted.mixture, *_range(values))
    return charts.histogram(bins, curves, x_title=name, rug=_rug(fitted, values))


def pair(fitted: Fitted) -> tuple[int, int]:
    """The two columns to show; with more than two the person chooses."""
    names = fitted.features.columns
    if len(names) == 2:
        return 0, 1
    chosen = "|".join(names)  # other columns are other menus: a kept choice would name a column and mean another
    with st.container(horizontal=True):
        across = names.index(st.selectbox("Across", names, 0, key=f"fit-across-{chosen}"))
        others = [name for name in names if name != names[across]]
        up = names.index(st.selectbox("Up", others, 0, key=f"fit-up-{chosen}"))
    return across, up


def _map(fitted: Fitted, across: int, up: int) -> None:
    names = fitted.features.columns
    alt = f"Map of {names[across]} against {names[up]}: rows coloured by group, with ellipses"
    found = firmness.known_replicates(fitted)
    if found is not None and not st.toggle(
        "Where else the groups may lie", True, key="fit-bundle", persist_state="session"
    ):
        found = None
    content = f"{fitted.rows_key}|{across}|{up}|{0 if found is None else len(found.replicates)}"
    drawing.chart("fit-chart", content, lambda: _map_chart(fitted, across, up, found), alt)
    st.caption(_caption(fitted, across, up))


def _map_chart(fitted: Fitted, across: int, up: int, found: Bootstrap | None) -> View:
    from gmm_core.tables import plotting
    from gmm_core.tables.uncertainty import bundle_frame

    x, memberships, _, rows = whole(fitted, across, up)
    along, upwards = (fitted.features.column_values(column) for column in (across, up))
    mixture = fitted.mixture.marginal([across, up])
    names = fitted.features.columns
    tiles = plotting.tiles_frame(x, memberships, letters=fitted.names) if len(x) > MOST_POINTS else None
    scatter = charts.scatter(
        plotting.points_frame(x, memberships, rows, limit=MOST_POINTS, letters=fitted.names),
        x_title=names[across],
        y_title=names[up],
        ellipses=plotting.ellipses_frame(mixture),
        centres=plotting.centres_frame(mixture),
        tiles=tiles,
        bundle=None if found is None else bundle_frame(found, (across, up)),
    )
    return charts.with_marginals(
        scatter,
        x_curves=plotting.curves_frame(mixture.marginal([0]), *_range(along)),
        y_curves=plotting.curves_frame(mixture.marginal([1]), *_range(upwards)),
        x_bins=plotting.bins_frame(along),
        y_bins=plotting.bins_frame(upwards),
    )


def whole(fitted: Fitted, across: int, up: int) -> tuple[Any, ...]:
    """Of the rows without a gap in two columns: values, memberships in clusters and in groups, and positions."""
    from gmm_core.tables import plotting

    features = fitted.features
    values = features.table_values[:, [across, up]]
    return plotting.without_gaps(values, fitted.memberships, fitted.group_memberships, features.rows)


def _caption(fitted: Fitted, across: int, up: int) -> str:
    from gmm_core.tables import plotting

    x, _, memberships, _ = whole(fitted, across, up)
    if not len(x):
        return "No row has a value in both columns, so none can be shown."
    inside = plotting.share_inside(fitted.mixture.marginal([across, up]), x, PROBABILITY, memberships)
    shares = ", ".join(f"{letter} {wording.share(each)}" for letter, each in zip(fitted.letters, inside, strict=True))
    text = f"The outer ellipses should hold 95 % of each group; of these rows they hold {shares}."
    if fitted.mixture.n_features > 2:
        text += " All columns were fitted together; this is the side seen in these two."
    if hidden := len(fitted.memberships) - len(x):
        text += f" {wording.counted(hidden, 'row')} with a gap in these columns cannot be shown."
    if len(x) > MOST_POINTS:
        text += f" Shaded squares count all {len(x):,} rows; the points are a sample with the odd ones kept."
    return text


def _rug(fitted: Fitted, values: Array) -> pd.DataFrame | None:
    from gmm_core.tables import plotting

    if len(values) > MOST_TICKS:
        return None
    return plotting.rug_frame(values, fitted.memberships, fitted.features.rows, letters=fitted.names)


def _range(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.08 * (high - low)
    return low - margin, high + margin
