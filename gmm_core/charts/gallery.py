"""Small pictures of a data set, for a gallery of examples and for column profiles: no axes, no words."""

from typing import Any

import altair as alt
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


def _bare(axis: str, frame: pd.DataFrame) -> alt.X | alt.Y:
    channel = alt.X if axis == "x" else alt.Y
    return channel(f"{axis}:Q", axis=None, scale=linear(*span([frame[axis]], padding=0.06)))


def _framed(chart: alt.Chart, width: Width, height: int) -> alt.Chart:
    view = alt.ViewBackground(stroke=None)
    # Streamlit adds 20 px below a chart that doesn't state its padding.
    return chart.properties(
        width=width, height=height, view=view, padding={"left": 2, "right": 2, "top": 2, "bottom": 2}
    )
