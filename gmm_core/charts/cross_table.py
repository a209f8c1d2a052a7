"""Two groupings laid against each other: how many rows of each group carry each label."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    Width,
    bands,
    colour_scale,
    in_order,
    lines,
    only,
    percent,
    plain,
    sized,
    value_format,
    words,
    x_axis,
    y_axis,
)

_CELL, _FRAME = (24, 40), (70, 130)
"""Pixels of a cell's height where there are many and few, and around the cells where labels lie and where they lean."""
_MANY = 12
_LEVEL = 40
"""Letters of all labels up to which they are written level."""
_LIMIT = 110
"""Pixels after which a label is cut; the tooltip has it whole."""


def cross_table(
    cells: pd.DataFrame, *, x_title: str, y_title: str = "Group", width: Width = "container"
) -> alt.LayerChart:
    """A cell for each group and label with its count, the fuller the larger the part of the group.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns group (a letter, joined letters or "noise"), label (any text), count, share (of the group, 0..1) and
        matched (whether the group goes with the label), a row a cell, in the order wanted. With sign, a letter whose
        colour the group takes, groups may be called anything.
    x_title, y_title : str
        What the labels and the groups are; any characters.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of groups.
    """
    signed = cells if "sign" in cells else cells.assign(sign=cells["group"])
    frame = only(signed, "group", "label", "count", "share", "matched", "sign")
    named = {name: frame[name].map(plain) for name in ("group", "label")}
    frame = frame.assign(**named, part=frame["share"].map(percent))
    groups, labels = list(dict.fromkeys(frame["group"])), list(dict.fromkeys(frame["label"]))
    leaning = sum(map(len, labels)) > _LEVEL
    turned: dict[str, Any] = {"labelAngle": -35, "labelAlign": "right"} if leaning else {"labelAngle": 0}
    placed = alt.layer(_fills(frame, x_title, y_title), _matched(frame), _counts(frame)).encode(
        x=alt.X(scale=bands(labels), axis=x_axis(x_title, **turned, labelLimit=_LIMIT, labelOverlap=False)),
        y=alt.Y(scale=bands(groups), axis=y_axis(y_title, grid=False, labelLimit=_LIMIT)),
    )
    return sized(placed, width, _FRAME[leaning] + _CELL[len(groups) <= _MANY] * len(groups))


def _fills(frame: pd.DataFrame, x_title: str, y_title: str) -> alt.Chart:
    shown = [
        ("group:N", y_title, None),
        ("label:N", x_title, None),
        ("count:Q", "Rows", value_format(frame["count"])),
        ("part:N", f"Of the {y_title.lower()}", None),
    ]
    return (
        _cells(frame.drop(columns="matched"))
        .mark_rect(cornerRadius=2)
        .encode(
            fill=alt.Fill("sign:N", scale=colour_scale(in_order(frame["sign"])), legend=None),
            fillOpacity=alt.FillOpacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 0.6]), legend=None),
            tooltip=lines(shown),
        )
    )


def _matched(frame: pd.DataFrame) -> alt.Chart:
    """A frame around the label that a group goes with."""
    mark: dict[str, Any] = {"filled": False, "strokeWidth": 2, "cornerRadius": 2, "tooltip": None}
    stroke = alt.Stroke("sign:N", scale=colour_scale(in_order(frame["sign"])), legend=None)
    return _cells(only(frame[frame["matched"]], "group", "label", "sign")).mark_rect(**mark).encode(stroke=stroke)


def _counts(frame: pd.DataFrame) -> alt.Chart:
    """Numbers where there are rows."""
    form = value_format(frame["count"])
    held = only(frame[frame["count"] > 0], "group", "label", "count")
    size = 12 if frame["label"].nunique() <= _MANY else 10
    return _cells(held).mark_text(**words(fontSize=size)).encode(text=alt.Text("count:Q", format=form))


def _cells(frame: pd.DataFrame) -> alt.Chart:
    return alt.Chart(frame).encode(x=alt.X("label:N"), y=alt.Y("group:N"))
