"""Parallel coordinates of the groups' centres: a row a column of the table, all on one scale, a line a group."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    NEUTRAL,
    Width,
    badges,
    colour_scale,
    dash_scale,
    in_order,
    linear,
    lines,
    marked,
    only,
    plain,
    shape_scale,
    sized,
    span,
    x_axis,
    y_axis,
)

_ROW, _STEP, _FRAME = 28, 8, 48
"""Pixels of a row's height, what each group adds to it, and around the rows."""
_APART = 0.6
"""Part of a row over which the groups' marks lie, one below the other."""
_LIMIT = 150
_TOLD = [
    ("component:N", "Group", None),
    ("column:N", "Column", None),
    ("centre:N", "Centre", None),
    ("rows:N", "Its rows", None),
    ("interval:N", "95\u00a0% interval of the centre", None),
]
"""What a mark tells when it is asked."""


def parallel(frame: pd.DataFrame, *, x_title: str, width: Width = "container") -> alt.LayerChart:
    """Each group's centres as dots on a line, with the middle of its rows and an interval of the centre.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns column (any text), component, x, x_from, x_to, x_low, x_high (missing where there is no interval), and
        what to tell of a dot: centre, rows, interval (texts), a row a column and group, in the order wanted.
    x_title : str
        What the common scale counts.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the numbers of columns and groups.
    """
    names, letters = list(dict.fromkeys(frame["column"])), in_order(frame["component"])
    placed = _placed(frame, names, letters)
    across = span([placed[name] for name in ("x", "x_from", "x_to", "x_low", "x_high")], padding=0.04)
    ticks = pd.DataFrame({"value": range(len(names)), "text": [plain(name) for name in names]})
    low, high = -0.5, len(names) - 0.5
    rows = y_axis(None, **marked(ticks, low, high) | {"labelLimit": _LIMIT, "labelOverlap": False})
    chart = alt.layer(_middle(len(names)), *_marks(placed, letters)).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, grid=True)),
        y=alt.Y(scale=linear(high, low), axis=rows),
    )
    return sized(chart, width, _FRAME + (_ROW + _STEP * len(letters)) * len(names))


def _placed(frame: pd.DataFrame, names: Sequence[str], letters: Sequence[str]) -> pd.DataFrame:
    """With the height ``y`` of each mark: within a row the groups lie one below the other, so that none hides one."""
    lane = frame["component"].map(letters.index) - (len(letters) - 1) / 2
    at = frame["column"].map(names.index)
    return frame.assign(at=at, y=at + _APART * lane / max(len(letters), 3), column=frame["column"].map(plain))


def _marks(frame: pd.DataFrame, letters: list[str]) -> list[alt.Chart]:
    """From behind: each group's path, the middle of its rows, the intervals of its centres, these, and its letter."""
    known = frame[frame["x_low"].notna()]
    told, tooltip = ["component", "column", "centre", "rows", "interval"], lines(_TOLD)
    bars = [
        _bars(only(frame, "x_from", "x_to", "y", *told), strokeWidth=1.5, strokeOpacity=0.8),
        _bars(only(known, "x_low", "x_high", "y", *told), strokeWidth=6, strokeOpacity=0.65),
    ]
    dots = _dots(only(frame, "x", "y", *told), letters)
    up: dict[str, Any] = {
        "y": alt.Y("y:Q"),
        "color": alt.Color("component:N", scale=colour_scale(letters), legend=None),
    }
    return [
        _path(only(frame, "component", "x", "y"), letters).encode(**up),
        *(each.encode(tooltip=tooltip, **up) for each in (*bars, dots)),
        *badges(only(_free_places(frame), "x", "y", *told), tooltip),
    ]


def _path(frame: pd.DataFrame, letters: list[str]) -> alt.Chart:
    dash = alt.StrokeDash("component:N", scale=dash_scale(letters), legend=None)
    path = alt.Chart(frame).mark_line(strokeWidth=1.5, strokeOpacity=0.5, tooltip=None)
    return path.encode(x=alt.X("x:Q"), order=alt.Order("y:Q"), strokeDash=dash)


def _bars(frame: pd.DataFrame, **look: Any) -> alt.Chart:
    """A bar a row, from the frame's first column to its second."""
    low, high = frame.columns[:2]
    return alt.Chart(frame).mark_rule(**look).encode(x=alt.X(f"{low}:Q"), x2=alt.X2(high))


def _dots(frame: pd.DataFrame, letters: list[str]) -> alt.Chart:
    shape = alt.Shape("component:N", scale=shape_scale(letters), legend=None)
    return alt.Chart(frame).mark_point(filled=True, opacity=1, size=46).encode(x=alt.X("x:Q"), shape=shape)


def _middle(n_rows: int) -> alt.Chart:
    """The mean of all rows."""
    ends = pd.DataFrame({"x": [0.0], "y": [-0.5], "y2": [n_rows - 0.5]})
    rule = alt.Chart(ends).mark_rule(color=NEUTRAL, strokeWidth=1, tooltip=None)
    return rule.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2"))


def _free_places(frame: pd.DataFrame) -> pd.DataFrame:
    """For each group its row of the frame farthest from the other groups': its letter stands there."""
    wide = frame.pivot(index="at", columns="component", values="x")
    gaps = {letter: wide.drop(columns=letter).sub(wide[letter], axis=0).abs().min(axis=1) for letter in wide}
    best = {letter: each.fillna(0.0).idxmax() for letter, each in gaps.items()}
    return frame[frame["at"] == frame["component"].map(best)]
