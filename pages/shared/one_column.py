"""The picture of a fit along one axis: its density, the share below each value, or quantiles against quantiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, joined, wording
from pages.shared.results import Fitted
from pages.shared.sides import Side
from pages.shared.stores import kept

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_TICKS = 100
"""Rows up to which a histogram shows each as a tick."""

STRIP_POINTS = 100
"""Points of a curve along a map's edge, at least; a strip is low, and every point costs the browser time."""

MOST_NAMED = 4
"""Places of a handover that the caption names."""

_SIGHT = "fit-sight"


@dataclass(frozen=True)
class Sight:
    """One way to look along an axis: its name, what draws it, its caption and its text for who can't see it."""

    title: str
    make: Callable[[Fitted, Side], View]
    caption: str
    alt: str
    across: bool = True
    """Whether the column lies across, so that a box along it chooses rows."""

    def drawn(self, fitted: Fitted, side: Side) -> View:
        """The chart, with a brush where one can choose rows."""
        chart = self.make(fitted, side)
        return charts.brushed(chart, ("x",)) if self.across else chart


def draw(fitted: Fitted, side: Side) -> None:
    """Draw the sight that the person chose, and say where membership changes hands."""
    st.segmented_control("See", list(SIGHTS), default="Density", key=_SIGHT, required=True, persist_state="session")
    sight = _chosen()
    content, alt = f"{fitted.rows_key}|{side.names}|{sight.title}", f"{side.names[0]}: {sight.alt}"
    groups, belongs = (fitted.names if sight.across else ()), brush(side)
    box = None if belongs is None else drawing.Brush(belongs)
    drawing.chart("fit-chart", content, lambda: sight.drawn(fitted, side), alt, brush=box, groups=groups)
    st.caption(" ".join(text for text in (sight.caption, _handed_over(fitted, side), side.note) if text))


def brush(side: Side) -> str | None:
    """What a box on the chosen sight belongs to, for another sight begins without one; None where there is no box."""
    sight = _chosen()
    return f"{side.key}|{sight.title}" if sight.across else None


def _chosen() -> Sight:
    return SIGHTS.get(str(st.session_state.get(_SIGHT)), SIGHTS["Density"])


def strip(fitted: Fitted, side: Side, axis: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows along one axis of a side, and what the mixture says of it; other pairs with this axis need them too."""
    key = f"{fitted.rows_key}|{side.names[axis]}|{bool(side.stretch)}"
    found: tuple[pd.DataFrame, pd.DataFrame] = kept("strips", 64, key, lambda: _strip(fitted, side, axis))
    return found


def _strip(fitted: Fitted, side: Side, axis: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    from gmm_core.tables import merging, mixture_frames, plotting

    mixture, transform = side.mixture.marginal([axis]), side.transforms[axis]
    curves = mixture_frames.curves_frame(mixture, *_range(side, axis), STRIP_POINTS, transform)
    bins = plotting.bins_frame(side.values[:, axis], fitted.features.weights)
    return bins, merging.summed_curves(curves, joined.clusters(fitted))


def _range(side: Side, axis: int = 0, margin: float = 0.08) -> tuple[float, float]:
    """From the smallest value to the largest, with a margin."""
    values = side.column(axis)
    low, high = float(values.min()), float(values.max())
    return low - margin * (high - low), high + margin * (high - low)


def _density(fitted: Fitted, side: Side) -> View:
    bins, curves = strip(fitted, side, 0)
    histogram = charts.histogram(bins, curves, x_title=side.names[0], rug=_rug(fitted, side))
    return charts.with_handovers(histogram, _within(fitted, side))


def _cumulative(fitted: Fitted, side: Side) -> View:
    from gmm_core.tables.one_column import shares_frame

    model = shares_frame(side.mixture, *_range(side, margin=0.04), transform=side.transforms[0])
    chart = charts.cumulative(_ranks(fitted, side), model, x_title=side.names[0])
    return charts.with_handovers(chart, _within(fitted, side))


def _quantiles(fitted: Fitted, side: Side) -> View:
    return charts.quantile_plot(_ranks(fitted, side), x_title=side.names[0])


def _ranks(fitted: Fitted, side: Side) -> pd.DataFrame:
    from gmm_core.tables.one_column import ranks_frame

    return ranks_frame(side.values[:, 0], side.mixture, side.transforms[0], fitted.features.weights)


def _within(fitted: Fitted, side: Side) -> pd.DataFrame:
    """The handovers between the smallest and the largest value; none where groups are merged, which have others."""
    from gmm_core.tables.one_column import handovers_frame

    found, values = handovers_frame(side.mixture, side.transforms[0]), side.column(0)
    seen = found["x"].between(values.min(), values.max())
    return found[seen & (fitted.workspace.n_clusters is None)]


def _handed_over(fitted: Fitted, side: Side) -> str:
    found = _within(fitted, side)
    if found.empty or len(found) > MOST_NAMED:
        return ""
    spread = float(side.column(0).std())
    places = [
        f"{wording.number(x, spread)} (from {below} to {above})"
        for x, below, above in zip(found["x"], found["below"], found["above"], strict=True)
    ]
    return f"Membership changes hands at {wording.listed(places)}."


def _rug(fitted: Fitted, side: Side) -> pd.DataFrame | None:
    from gmm_core.tables import plotting

    features = fitted.features
    if len(features.rows) > MOST_TICKS:
        return None
    return plotting.rug_frame(side.column(0), fitted.memberships, features.rows, fitted.names, features.names)


SIGHTS = {
    each.title: each
    for each in (
        Sight(
            "Density",
            _density,
            "Bars: the rows. Coloured curves: the groups, scaled by their share. Grey: their sum, the mixture.",
            "histogram with each group's curve and their sum",
        ),
        Sight(
            "Cumulative",
            _cumulative,
            "Dots: the share of rows below each value. Grey: that of the mixture.",
            "share of rows and of the mixture below each value",
        ),
        Sight(
            "Q-Q",
            _quantiles,
            "Dots: each row's value against where the mixture expects a row of its rank. On the grey line both agree.",
            "quantiles of the rows against those of the mixture",
            across=False,
        ),
    )
}
