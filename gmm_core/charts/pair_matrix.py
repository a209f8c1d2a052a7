"""Every two of a few columns at a glance: maps below the diagonal, each column on it, and the overlap above it."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    MIXTURE,
    NEUTRAL,
    Width,
    colour_scale,
    data_of,
    in_order,
    linear,
    lines,
    only,
    percent,
    plain,
    shape_scale,
    sized,
    words,
)

_GAP = 0.03
"""Room around a cell, as a part of its side."""
_FAINT = 0.07
"""Opacity of rows that are not chosen."""
_CURVE = 0.7
"""Part of a cell that a column's highest curve takes; the name stands above."""


def pair_matrix(
    points: pd.DataFrame,
    ellipses: pd.DataFrame,
    curves: pd.DataFrame,
    overlaps: pd.DataFrame,
    *,
    titles: Sequence[str],
    pick: str | None = None,
    width: Width = "container",
    height: int = 560,
) -> alt.LayerChart:
    """A matrix of small maps, as one view that fills its container.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns across, up (positions of the columns, across < up), x, y (0..1 within the cell), component, certainty,
        chosen (those that are not are faint).
    ellipses : pandas.DataFrame
        Columns across, up, component, outline, order, x, y.
    curves : pandas.DataFrame
        Columns at (position), x, density (0..1), component.
    overlaps : pandas.DataFrame
        Columns across, up, overlap (0..1).
    titles : sequence of str
        The user's column names; any characters.
    pick : str, optional
        Name of a selection: a click on a map then tells its ``first`` and ``second`` column, as positions.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    n = len(titles)
    layers = [
        _points(points),
        _ellipses(ellipses),
        *_curves(curves),
        _names(titles),
        _numbers(overlaps),
        _cells(overlaps, titles, pick),
    ]
    placed = alt.layer(*layers).encode(x=alt.X(scale=linear(0, n), axis=None), y=alt.Y(scale=linear(n, 0), axis=None))
    return sized(placed, width, height)


def _inside(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Places within cells as places in the matrix."""
    x = frame["across"] + _GAP + (1 - 2 * _GAP) * frame["x"]
    y = frame["up"] + 1 - _GAP - (1 - 2 * _GAP) * frame["y"]
    return only(frame.assign(x=x, y=y), "x", "y", *columns)


def _points(points: pd.DataFrame) -> alt.Chart:
    frame = _inside(points, "component", "certainty", "chosen")
    letters = in_order(frame["component"])
    size, fading = (9, [0.2, 0.6]) if frame["chosen"].all() else (20, [0.5, 1.0])
    sure = alt.Opacity("certainty:Q", scale=alt.Scale(domain=[0.5, 1], range=fading, clamp=True), legend=None)
    return (
        alt.Chart(data_of(frame))
        .mark_point(filled=True, strokeWidth=0, size=size, tooltip=None)
        .encode(
            **_place(),
            color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
            shape=alt.Shape("component:N", scale=shape_scale(letters), legend=None),
            opacity=alt.condition("datum.chosen", sure, alt.value(_FAINT)),
        )
    )


def _ellipses(ellipses: pd.DataFrame) -> alt.Chart:
    whole = ellipses.assign(outline=ellipses["outline"] + 1_000 * ellipses["across"] + 100_000 * ellipses["up"])
    frame = _inside(whole, "outline", "component")
    mark: dict[str, Any] = {"interpolate": "linear", "order": False, "strokeWidth": 1.5, "tooltip": None}
    colour = alt.Color("component:N", scale=colour_scale(in_order(frame["component"])), legend=None)
    base = alt.Chart(data_of(frame)).mark_line(**mark)
    return base.encode(**_place(), detail=alt.Detail("outline:N"), color=colour)


def _curves(curves: pd.DataFrame) -> list[alt.Chart]:
    """Each column's groups on the diagonal, and their sum behind them."""
    placed = curves.rename(columns={"density": "y"}).assign(across=curves["at"], up=curves["at"])
    frame = _inside(placed.assign(y=_CURVE * placed["y"]), "component", "at")
    frame = frame.assign(line=frame["component"] + frame["at"].astype(str)).drop(columns="at")
    together = frame["component"] == MIXTURE
    grey: dict[str, Any] = {"color": NEUTRAL, "strokeWidth": 3, "opacity": 0.45, "tooltip": None}
    groups = frame[~together]
    colour = alt.Color("component:N", scale=colour_scale(in_order(groups["component"])), legend=None)
    shape = {**_place(), "detail": alt.Detail("line:N"), "order": alt.Order("x:Q")}
    return [
        alt.Chart(only(frame[together], "x", "y", "line")).mark_line(**grey).encode(**shape),
        alt.Chart(data_of(groups)).mark_line(strokeWidth=1.5, tooltip=None).encode(**shape, color=colour),
    ]


def _names(titles: Sequence[str]) -> alt.Chart:
    names = [plain(title) for title in titles]
    frame = pd.DataFrame({"text": names, "x": [at + 0.5 for at in range(len(names))], "y": range(len(names))})
    frame["y"] = frame["y"] + 0.12
    bold = words(fontSize=12, fontWeight="bold", limit={"expr": f"width / {len(names)} - 6"})
    return alt.Chart(frame).mark_text(**bold).encode(**_place(), text=alt.Text("text:N"))


def _numbers(overlaps: pd.DataFrame) -> alt.Chart:
    frame = pd.DataFrame(
        {
            "x": overlaps["up"] + 0.5,
            "y": overlaps["across"] + 0.5,
            "text": [percent(min(each, 1.0)) for each in overlaps["overlap"]],
        }
    )
    return alt.Chart(frame).mark_text(**words(fontSize=13)).encode(**_place(), text=alt.Text("text:N"))


def _cells(overlaps: pd.DataFrame, titles: Sequence[str], pick: str | None) -> alt.Chart:
    """A faint ground for each map, on top of all so that all of it can be asked and clicked."""
    frame = pd.DataFrame(
        {
            "first": overlaps["across"],
            "second": overlaps["up"],
            "x": overlaps["across"] + _GAP,
            "x2": overlaps["across"] + 1 - _GAP,
            "y": overlaps["up"] + _GAP,
            "y2": overlaps["up"] + 1 - _GAP,
            "pair": [
                f"{plain(titles[i])}, {plain(titles[j])}"
                for i, j in zip(overlaps["across"], overlaps["up"], strict=True)
            ],
            "text": [percent(min(each, 1.0)) for each in overlaps["overlap"]],
        }
    )
    cells = (
        alt.Chart(frame if pick else frame.drop(columns=["first", "second"]))
        .mark_rect(color=NEUTRAL, fillOpacity=0.05, cornerRadius=3, cursor="pointer" if pick else "default")
        .encode(
            **_place(),
            x2=alt.X2("x2"),
            y2=alt.Y2("y2"),
            tooltip=lines([("pair:N", "Columns", None), ("text:N", "Overlap at most", None)]),
        )
    )
    if pick is None:
        return cells
    picked = alt.selection_point(name=pick, fields=["first", "second"])
    return cells.encode(detail=[alt.Detail("first:N"), alt.Detail("second:N")]).add_params(picked)


def _place() -> dict[str, Any]:
    return {"x": alt.X("x:Q"), "y": alt.Y("y:Q")}
