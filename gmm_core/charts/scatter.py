"""Two columns: the rows, where each group lies, and how sure each row's place is."""

from collections.abc import Mapping
from types import MappingProxyType

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    COUNT,
    Width,
    badges,
    colour_scale,
    data_of,
    ellipse_bundle,
    ellipse_fills,
    ellipse_outlines,
    ellipses_seen,
    in_order,
    linear,
    lines,
    marked,
    numbered,
    only,
    outline_labels,
    percent,
    shape_scale,
    sized,
    span,
    thinned,
    value_format,
    with_parts,
    x_axis,
    y_axis,
)

MOST_POINTS = 5_000
MOST_BEYOND = 0.15
"""How far beyond the rows the axes reach for an ellipse, as a share of the rows' range; the rest of it is cut off."""
FEW_ROWS = 30
"""Rows below which ellipses reach far as a matter of course, and are never cut off."""

_COLUMNS = ("x", "y", "component", "certainty", "row", "label")


def scatter(
    points: pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    ellipses: pd.DataFrame | None = None,
    centres: pd.DataFrame | None = None,
    tiles: pd.DataFrame | None = None,
    bundle: pd.DataFrame | None = None,
    width: Width = "container",
    height: int = 440,
    marks: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> alt.LayerChart:
    """Rows as points, groups as ellipses labelled with the probability they hold, centres as lettered badges.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns x, y, component, certainty (0..1), row, label ("" where a row has no name). Beyond 5,000 rows only
        every so many is drawn; hand over a sample and `tiles` then.
    x_title, y_title : str
        The user's column names; any characters.
    ellipses : pandas.DataFrame, optional
        Columns component, probability, outline, order, x, y.
    centres : pandas.DataFrame, optional
        Columns component, x, y, weight.
    tiles : pandas.DataFrame, optional
        Columns x0, x1, y0, y1, component, count: the background where there are too many rows to draw.
    bundle : pandas.DataFrame, optional
        Columns component, outline, order, x, y: outlines of the groups in replicates, a hair line each. The axes make
        no room for them.
    width : int or "container"
        For equal units give both sizes in pixels.
    height : int
        Height in pixels.
    marks : mapping of "x" or "y" to pandas.DataFrame, optional
        For axes that are stretched: columns value (a place on the axis) and text (what stands there). Points and
        centres may then have columns x_shown and y_shown: what is read off them.

    Returns
    -------
    altair.LayerChart
        Its scales and axes sit on the whole, not on its layers, so that `with_marginals` can widen them.
    """
    drawn = thinned(points, MOST_POINTS)
    x_span, y_span = (_axis_span(axis, drawn, tiles, centres, ellipses) for axis in "xy")
    layers = [
        *([] if tiles is None else [_tiles(tiles)]),
        *([] if ellipses is None else [ellipse_fills(ellipses, x_span, y_span)]),
        _rows(drawn, x_title, y_title),
        *([] if bundle is None else [ellipse_bundle(bundle, x_span, y_span)]),
        *([] if ellipses is None else _outlines(ellipses, drawn, centres, x_span, y_span)),
        *([] if centres is None else _centres(centres, x_title, y_title)),
    ]
    axes = alt.layer().encode(
        x=alt.X(scale=linear(*x_span), axis=x_axis(x_title, grid=True, **marked(marks.get("x"), *x_span))),
        y=alt.Y(scale=linear(*y_span), axis=y_axis(y_title, **marked(marks.get("y"), *y_span))),
    )
    return sized(with_parts(axes, layer=layers), width, height)


def _axis_span(
    axis: str,
    points: pd.DataFrame,
    tiles: pd.DataFrame | None,
    centres: pd.DataFrame | None,
    ellipses: pd.DataFrame | None,
) -> tuple[float, float]:
    """Room for all rows and centres, and for ellipses as far as they don't dwarf these.

    The room for ellipses is all or nothing, so the axes mostly stay where they are from one fit to the next: groups
    are seen to move, and a browser need not build the chart anew.
    """
    rows = [points[axis]] if tiles is None else [points[axis], tiles[f"{axis}0"], tiles[f"{axis}1"]]
    low, high = span([*rows, *([] if centres is None else [centres[axis]])])
    if ellipses is None:
        return low, high
    least, most = span([*rows, ellipses[axis]])
    if len(points) < FEW_ROWS:
        return min(low, least), max(high, most)
    room = MOST_BEYOND * (high - low)
    return low - room if least < low else low, high + room if most > high else high


def _rows(points: pd.DataFrame, x_title: str, y_title: str) -> alt.Chart:
    across, up = _shown(points)
    frame = only(points, *dict.fromkeys([*_COLUMNS, across, up]))
    frame["sure"] = frame["certainty"].map(percent)
    letters = in_order(frame["component"])
    named = [("label:N", "Name", None)] if frame["label"].fillna("").ne("").any() else []
    frame = frame if named else frame.drop(columns="label")
    tooltip = [
        ("row:Q", "Row", COUNT),
        *named,
        ("component:N", "Group", None),
        ("sure:N", "Certainty", None),
        numbered(points[across], across, x_title),
        numbered(points[up], up, y_title),
    ]
    return (
        alt.Chart(data_of(frame))
        .mark_point(filled=True, strokeWidth=0, size=_size(len(frame)))
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("y:Q"),
            color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
            shape=alt.Shape("component:N", scale=shape_scale(letters), legend=None),
            opacity=alt.Opacity("certainty:Q", scale=_fading(len(frame)), legend=None),
            tooltip=lines(tooltip),
        )
    )


def _shown(frame: pd.DataFrame) -> list[str]:
    """The columns that hold what is read off both axes."""
    return [f"{axis}_shown" if f"{axis}_shown" in frame else axis for axis in "xy"]


def _size(rows: int) -> float:
    return float(np.clip(10_000 / max(rows, 1), 14, 64))


def _fading(rows: int) -> alt.Scale:
    """Half sure is faint, sure is solid; where there are many points all are fainter."""
    most = float(np.interp(rows, [300, 2_000], [0.85, 0.6]))
    return alt.Scale(domain=[0.5, 1.0], range=[0.22, most], clamp=True)


def _tiles(tiles: pd.DataFrame) -> alt.Chart:
    frame = only(tiles, "x0", "x1", "y0", "y1", "component", "count")
    return (
        alt.Chart(data_of(frame))
        .mark_rect(filled=True, strokeWidth=0)
        .encode(
            x=alt.X("x0:Q"),
            x2=alt.X2("x1"),
            y=alt.Y("y0:Q"),
            y2=alt.Y2("y1"),
            color=alt.Color("component:N", scale=colour_scale(in_order(frame["component"])), legend=None),
            fillOpacity=alt.FillOpacity("count:Q", scale=alt.Scale(type="sqrt", range=[0.08, 0.5]), legend=None),
            tooltip=lines([("count:Q", "Rows here", COUNT), ("component:N", "Mostly group", None)]),
        )
    )


def _outlines(
    ellipses: pd.DataFrame,
    points: pd.DataFrame,
    centres: pd.DataFrame | None,
    x_span: tuple[float, float],
    y_span: tuple[float, float],
) -> list[alt.Chart]:
    """The labels keep off the badges, and off the points as far as they can."""
    badged = points.head(0) if centres is None else centres
    extent, shown = np.ptp([x_span, y_span], axis=1), ellipses_seen(ellipses, x_span, y_span)
    labels = outline_labels(shown, extent, crowd=points[["x", "y"]].to_numpy(), keep=badged[["x", "y"]].to_numpy())
    return [ellipse_outlines(ellipses, x_span, y_span), *labels]


def _centres(centres: pd.DataFrame, x_title: str, y_title: str) -> list[alt.Chart]:
    across, up = _shown(centres)
    frame = only(centres, *dict.fromkeys(["component", "x", "y", "weight", across, up]))
    frame["share"] = frame["weight"].map(percent)
    frame = frame.drop(columns="weight")
    tooltip = [
        ("component:N", "Centre of group", None),
        ("share:N", "Share", None),
        (f"{across}:Q", x_title, value_format(centres[across])),
        (f"{up}:Q", y_title, value_format(centres[up])),
    ]
    return [*badges(frame, lines(tooltip))]
