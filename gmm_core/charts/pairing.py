"""Two maps of the same rows, to be laid side by side: the same axes, and rings around the rows on which they differ."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import NEUTRAL, data_of, only


def same_axes(*scatters: alt.LayerChart) -> tuple[alt.LayerChart, ...]:
    """Scatters of the same two columns, each with axes that hold all of them.

    They stay charts of their own, each of which fills its container, so that a narrow window may stack them. In a
    notebook ``first | second`` joins two that have a width in pixels.

    Parameters
    ----------
    *scatters : altair.LayerChart
        From `gmm_core.charts.scatter`, of the same height.

    Returns
    -------
    tuple of altair.LayerChart
    """
    spans = {axis: _union([chart.encoding[axis]["scale"]["domain"] for chart in scatters]) for axis in "xy"}
    return tuple(_over(chart, spans) for chart in scatters)


_FEW = 60
"""Rings up to which each stands out; more are small and thin, or they would hide what they are around."""


def ringed(scatter: alt.LayerChart, points: pd.DataFrame) -> alt.LayerChart:
    """A scatter with rings around the rows that another grouping puts elsewhere.

    Parameters
    ----------
    scatter : altair.LayerChart
        From `gmm_core.charts.scatter`.
    points : pandas.DataFrame
        Columns x, y, differs.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(points[points["differs"].astype(bool)], "x", "y")
    size, width = (110, 1.5) if len(frame) <= _FEW else (36, 0.8)
    ring: dict[str, Any] = {"filled": False, "size": size, "color": NEUTRAL, "strokeWidth": width, "opacity": 1}
    rings = alt.Chart(data_of(frame)).mark_point(shape="circle", tooltip=None, **ring)
    whole = scatter.copy()
    whole.layer = [*scatter.layer, rings.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))]
    return whole


def _union(domains: list[list[float]]) -> list[float]:
    return [min(low for low, _ in domains), max(high for _, high in domains)]


def _over(scatter: alt.LayerChart, spans: dict[str, list[float]]) -> alt.LayerChart:
    channels: dict[str, Any] = {axis: scatter.encoding[axis].copy(deep=True) for axis in spans}
    for axis, span in spans.items():
        channels[axis]["scale"]["domain"] = span
    return scatter.copy().encode(**channels)
