"""How an ellipse is drawn: a hint of a fill, a line by probability, and the probability written on the line."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style.frames import data_of, only
from gmm_core.charts.style.labels import haloed
from gmm_core.charts.style.numbers import percent
from gmm_core.charts.style.palette import colour_scale, dash_scale, in_order
from gmm_core.charts.style.placement import Places, clearance, roomy_vertices
from gmm_core.charts.style.tooltips import lines

Span = tuple[float, float]

FILL = 0.06
BUNDLE = 0.25
"""Opacity of a line among many."""
STROKES = (2.0, 1.3, 0.8)
"""Line widths in pixels, from the outermost ellipse inwards."""

_ROUND = 30
"""Vertices, or more, through which a spline looks like the outline: within 0.01 px in a chart of 400, and 0.53 px where
the exponential of columns with a standard deviation of 1.5 bends it (measured)."""
_MANY_VERTICES = 1_500
_SPLINE: dict[str, Any] = {"interpolate": "cardinal-closed", "order": False}
"""The line goes through its rows in the order of the frame."""
_CLOSED: dict[str, Any] = {**_SPLINE, "interpolate": "linear-closed"}
_BROKEN: dict[str, Any] = {**_SPLINE, "interpolate": "linear"}
"""Where a missing row breaks the line: a closed one would join the ends of each piece."""


def ellipse_fills(ellipses: pd.DataFrame, x_span: Span, y_span: Span) -> alt.Chart:
    """The outermost ellipse of each group, faintly filled, up to the picture's edge.

    Parameters
    ----------
    ellipses : pandas.DataFrame
        Columns component, probability, outline, order, x, y.
    x_span, y_span : tuple of float
        Ends of the axes.

    Returns
    -------
    altair.Chart
    """
    outer = _outermost(ellipses)
    pushed_in = {"x": outer["x"].clip(*x_span), "y": outer["y"].clip(*y_span)}
    whole = _inside(outer, x_span, y_span).all()
    way, path = (_round(outer), _SPLINE) if whole else (_dense(outer.assign(**pushed_in)), _CLOSED)
    mark: dict[str, Any] = {**path, "filled": True, "strokeWidth": 0, "fillOpacity": FILL, "tooltip": None}
    frame = only(way, "outline", "component", "x", "y")
    return alt.Chart(data_of(frame)).mark_line(**mark).encode(**_path(in_order(frame["component"])))


def ellipse_outlines(ellipses: pd.DataFrame, x_span: Span, y_span: Span) -> alt.Chart:
    """All outlines up to the picture's edge, 2 px for the outermost and thinner inside; the ninth group and on dashed.

    Parameters as for `ellipse_fills`.
    """
    vertices, path = _outlined(ellipses, x_span, y_span)
    named = vertices.assign(inside=vertices["probability"].map(percent))
    frame = only(named, "outline", "component", "inside", "x", "y")
    letters = in_order(frame["component"])
    levels = sorted(set(ellipses["probability"]), reverse=True)
    widths = [STROKES[min(rank, len(STROKES) - 1)] for rank in range(len(levels))]
    scale = alt.Scale(type="ordinal", domain=[percent(level) for level in levels], range=widths)
    return (
        alt.Chart(data_of(frame))
        .mark_line(**path)
        .encode(
            **_path(letters),
            strokeDash=alt.StrokeDash("component:N", scale=dash_scale(letters), legend=None),
            strokeWidth=alt.StrokeWidth("inside:O", scale=scale, legend=None),
            tooltip=lines([("component:N", "Group", None), ("inside:N", "Of the group inside", None)]),
        )
    )


def ellipse_bundle(outlines: pd.DataFrame, x_span: Span, y_span: Span) -> alt.Chart:
    """Where the groups might lie as well: a hair line for each of many outlines, which nothing can be asked of.

    Parameters
    ----------
    outlines : pandas.DataFrame
        Columns component, outline, order, x, y.
    x_span, y_span : tuple of float
        Ends of the axes.

    Returns
    -------
    altair.Chart
    """
    vertices, path = _outlined(outlines, x_span, y_span)
    frame = only(vertices, "outline", "component", "x", "y")
    base = alt.Chart(data_of(frame)).mark_line(strokeWidth=1, strokeOpacity=BUNDLE, **path, tooltip=None)
    return base.encode(**_path(in_order(frame["component"])))


def ellipses_seen(ellipses: pd.DataFrame, x_span: Span, y_span: Span) -> pd.DataFrame:
    """The vertices that lie in the picture."""
    return ellipses[_inside(ellipses, x_span, y_span)]


def outline_labels(
    ellipses: pd.DataFrame, extent: np.ndarray, *, crowd: np.ndarray, keep: np.ndarray
) -> tuple[alt.Chart, alt.Chart]:
    """The probability upon the outlines of one group, the one with most room; the line widths tell the others'.

    Parameters
    ----------
    ellipses : pandas.DataFrame
        As for `ellipse_fills`.
    extent : array (2,)
        Length of both axes, in the columns' units.
    crowd : array (N, 2)
        The points, which labels avoid where they can.
    keep : array (M, 2)
        The badges, which no label may cover.

    Returns
    -------
    tuple of altair.Chart
        The halo, and the words.
    """
    outer = _outermost(ellipses)
    letter = _freest(outer, extent)
    own = ellipses[ellipses["component"] == letter]
    own = own[own["outline"] == own.groupby("probability")["outline"].transform("min")]  # one of a cluster's several
    inwards = own.sort_values("probability", ascending=False, kind="stable")
    outlines = [outline for _, outline in inwards.groupby("outline", sort=False)]
    others = np.vstack([crowd, _places(outer[outer["component"] != letter])])
    chosen = roomy_vertices([_places(outline) / extent for outline in outlines], others / extent, keep / extent)
    rows = [outline.iloc[[at]] for outline, at in zip(outlines, chosen, strict=True) if at is not None]
    places = pd.concat([inwards.head(0), *rows])
    frame = only(places, "x", "y").assign(text=[percent(share) for share in places["probability"]])
    return haloed(alt.Chart(frame).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N")), fontSize=11)


def _outermost(ellipses: pd.DataFrame) -> pd.DataFrame:
    return ellipses[ellipses["probability"] == ellipses["probability"].max()]


def _inside(outlines: pd.DataFrame, x_span: Span, y_span: Span) -> pd.Series:
    return outlines["x"].between(*x_span) & outlines["y"].between(*y_span)


def _outlined(outlines: pd.DataFrame, x_span: Span, y_span: Span) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The vertices to draw, missing where they lie outside the picture, and how the line goes through them."""
    inside = _inside(outlines, x_span, y_span)
    if inside.all():
        return _round(outlines), _SPLINE
    return _dense(outlines.assign(x=outlines["x"].where(inside), y=outlines["y"].where(inside))), _BROKEN


def _round(outlines: pd.DataFrame) -> pd.DataFrame:
    """In drawing order, as many as a spline needs; the first does not come again as the last."""
    ordered = outlines.sort_values(["outline", "order"], kind="stable")
    places, order = ordered[["x", "y"]], ordered["order"]
    first = ordered.groupby("outline")[["x", "y"]].transform("first")
    again = (order > 0) & (places == first).all(axis=1)
    return ordered[(order % max(1, (order.max() + 1) // _ROUND) == 0) & ~again]


def _dense(outlines: pd.DataFrame) -> pd.DataFrame:
    """In drawing order; every second or third vertex where there are many outlines, which no eye can tell."""
    ordered = outlines.sort_values(["outline", "order"], kind="stable")
    closing = ordered["order"] == ordered.groupby("outline")["order"].transform("max")
    return ordered[closing | (ordered["order"] % (1 + len(ordered) // _MANY_VERTICES) == 0)]


def _path(letters: list[str]) -> dict[str, Any]:
    colour = alt.Color("component:N", scale=colour_scale(letters), legend=None)
    return {"x": alt.X("x:Q"), "y": alt.Y("y:Q"), "detail": alt.Detail("outline:N"), "color": colour}


def _freest(outer: pd.DataFrame, extent: np.ndarray) -> str:
    """The group whose outermost outline keeps farthest from all others at some point."""
    places, groups = _places(outer) / extent, outer["component"].to_numpy()
    return max(in_order(groups), key=lambda letter: clearance(places[groups == letter], places[groups != letter]))


def _places(frame: pd.DataFrame) -> Places:
    return frame[["x", "y"]].to_numpy(dtype=float)
