"""Shares of the groups among two sets of rows, with their intervals: two lines a group."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    PERCENT_LABELS,
    Width,
    badges,
    colour_scale,
    in_order,
    linear,
    lines,
    only,
    percent,
    sized,
    span,
    words,
    x_axis,
)

_ROW, _FRAME, _APART = 56, 44, 0.2
_ENDS = {"estimate": "Share", "low": "From", "high": "To"}


def shares(rows: pd.DataFrame, *, x_title: str = "Share of rows", width: Width = "container") -> alt.LayerChart:
    """Each group's share among the fitted rows (hollow) and the new ones (filled), on the lines of their intervals.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns component, rows ("fitted" or "new"), estimate, low, high (shares, 0 to 1).
    x_title : str
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of groups.
    """
    frame = only(rows, "component", "rows", "estimate", "low", "high")
    letters = in_order(frame["component"])
    frame["y"] = frame["component"].map(letters.index) + _APART * (2 * (frame["rows"] == "new") - 1)
    for name in _ENDS:
        frame[f"{name}_text"] = frame[name].map(percent)
    low, high = span([frame[name] for name in _ENDS], padding=0.12)
    frame["x"] = low  # where the letters stand
    placed = alt.layer(*_marks(frame, letters)).encode(
        x=alt.X(
            scale=linear(low - 0.04 * (high - low), high), axis=x_axis(x_title, grid=True, labelExpr=PERCENT_LABELS)
        ),
        y=alt.Y(scale=linear(len(letters) - 0.4, -0.6), axis=None),
    )
    return sized(placed, width, _FRAME + _ROW * len(letters))


def _marks(frame: pd.DataFrame, letters: list[str]) -> list[alt.Chart]:
    texts = [f"{name}_text" for name in _ENDS]
    told = lines(
        [("component:N", "Group", None), ("rows:N", "Rows", None)]
        + [(f"{name}:N", title, None) for name, title in zip(texts, _ENDS.values(), strict=True)]
    )
    looks: dict[str, Any] = {
        "y": alt.Y("y:Q"),
        "color": alt.Color("component:N", scale=colour_scale(letters), legend=None),
        "tooltip": told,
    }
    common = ["component", "rows", "y", *texts]
    line = alt.Chart(frame[[*common, "low", "high"]]).mark_rule(strokeWidth=3, strokeCap="round")
    dots = [
        alt.Chart(frame.loc[frame["rows"] == rows, [*common, "estimate"]])
        .mark_point(shape="circle", filled=filled, opacity=1, size=70, strokeWidth=2.5)
        .encode(x=alt.X("estimate:Q"), **looks)
        for rows, filled in (("fitted", False), ("new", True))
    ]
    said = alt.Chart(frame[["high", "y", "rows"]]).mark_text(**words(fontSize=11, align="left", dx=8))
    middles = frame[frame["rows"] == "new"].assign(y=frame["component"].map(letters.index))
    return [
        line.encode(x=alt.X("low:Q"), x2=alt.X2("high"), **looks),
        *dots,
        said.encode(x=alt.X("high:Q"), y=alt.Y("y:Q"), text=alt.Text("rows:N")),
        *badges(only(middles, "component", "x", "y"), lines([("component:N", "Group", None)])),
    ]
