"""Small pictures of a data set, for a gallery of examples and for column profiles: no axes, no words."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    Width,
    colour_scale,
    in_order,
    linear,
    only,
    shape_scale,
    span,
    thinned,
)

MOST_POINTS = 400
_PADDING = {"left": 2, "right": 2, "top": 2, "bottom": 2}
_PLAIN: dict[str, Any] = {"opacity": 0.6, "color": ACCENT}


def thumbnail_scatter(points: pd.DataFrame, *, width: Width = "container", height: int = 110) -> alt.Chart:
    """A data set of two columns at a glance.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns x, y; with component they take their group's colour and shape. At most 400 are drawn, evenly chosen.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.Chart
    """
    grouped = ["component"] if "component" in points else []
    frame = only(thinned(points, MOST_POINTS), "x", "y", *grouped)
    mark: dict[str, Any] = {"filled": True, "strokeWidth": 0, "size": 16 if len(frame) > 60 else 40, "tooltip": None}
    chart = alt.Chart(frame).mark_point(**mark, **_PLAIN).encode(x=_bare("x", frame), y=_bare("y", frame))
    if grouped:
        letters = in_order(frame["component"])
        chart = chart.encode(
            color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
            shape=alt.Shape("component:N", scale=shape_scale(letters), legend=None),
        )
    return _framed(chart, width, height)


def thumbnail_histogram(bins: pd.DataFrame, *, width: Width = "container", height: int = 110) -> alt.Chart:
    """One column at a glance.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right, density.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.Chart
    """
    frame = only(bins, "left", "right", "density")
    across = linear(*span([frame["left"], frame["right"]], padding=0.0))
    up = linear(0, 1.05 * (float(frame["density"].max()) or 1.0))
    chart = (
        alt.Chart(frame)
        .mark_bar(binSpacing=0.5, tooltip=None, **_PLAIN)
        .encode(
            x=alt.X("left:Q", bin="binned", axis=None, scale=across),
            x2=alt.X2("right"),
            y=alt.Y("density:Q", axis=None, scale=up),
        )
    )
    return _framed(chart, width, height)


def thumbnail_ellipses(outlines: pd.DataFrame, *, width: int = 216, height: int = 54) -> alt.LayerChart:
    """Groups as ellipses, each in its colour; a unit is as long on one axis as on the other.

    Parameters
    ----------
    outlines : pandas.DataFrame
        Columns x, y, component: closed outlines, each group's rows in the order of the line.
    width, height : int
        In pixels, with the padding.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(outlines, "x", "y", "component")
    across, up = width - _PADDING["left"] - _PADDING["right"], height - _PADDING["top"] - _PADDING["bottom"]
    per_pixel = max(np.ptp(frame["x"]) / across, np.ptp(frame["y"]) / up) * 1.06
    letters = in_order(frame["component"])
    path: dict[str, Any] = {"interpolate": "linear-closed", "order": False, "tooltip": None}
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q", axis=None, scale=_middle(frame["x"], per_pixel * across)),
        y=alt.Y("y:Q", axis=None, scale=_middle(frame["y"], per_pixel * up)),
        color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
    )
    fills = base.mark_line(**path, filled=True, strokeWidth=0, fillOpacity=0.12)
    both = alt.LayerChart(layer=[fills, base.mark_line(**path, strokeWidth=2)])
    return both.properties(width=width, height=height, view=alt.ViewBackground(stroke=None), padding=dict(_PADDING))


def _middle(values: pd.Series, extent: float) -> alt.Scale:
    """A scale of that extent with the values in its middle."""
    centre = (float(values.min()) + float(values.max())) / 2
    return linear(centre - extent / 2, centre + extent / 2)


def _bare(axis: str, frame: pd.DataFrame) -> alt.X | alt.Y:
    channel = alt.X if axis == "x" else alt.Y
    return channel(f"{axis}:Q", axis=None, scale=linear(*span([frame[axis]], padding=0.06)))


def _framed(chart: alt.Chart, width: Width, height: int) -> alt.Chart:
    view = alt.ViewBackground(stroke=None)
    # Streamlit adds 20 px below a chart that doesn't state its padding.
    return chart.properties(width=width, height=height, view=view, padding=dict(_PADDING))
