"""One parameter of each group with its interval: a row a group, a dot on a line, and the letter above."""

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
    numbered,
    only,
    percent,
    sized,
    span,
    tick_format,
    x_axis,
)

_ENDS = {"x": "Estimate", "low": "From", "high": "To"}
_ROW, _FRAME = 42, 44
_LIFT = 15


def whiskers(
    intervals: pd.DataFrame, *, x_title: str, shares: bool = False, width: Width = "container"
) -> alt.LayerChart:
    """Each group's estimate as a dot on the line of its interval, under the group's badge.

    Parameters
    ----------
    intervals : pandas.DataFrame
        Columns component, estimate, low, high: one parameter of each group, such as its mean in one column. One chart
        for each column of the table, side by side, shows them all, each in its own units.
    x_title : str
        The user's column name; any characters.
    shares : bool
        Whether the values are shares, 0 to 1, to be read in per cent.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of groups.
    """
    frame = only(intervals, "component", "estimate", "low", "high").rename(columns={"estimate": "x"})
    letters = in_order(frame["component"])
    frame["y"] = frame["component"].map(letters.index)
    across = span([frame[name] for name in _ENDS], padding=0.08)
    form: dict[str, Any] = {"labelExpr": PERCENT_LABELS} if shares else tick_format(*across)
    placed = alt.layer(*_marks(frame, shares)).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, grid=True, **form)),
        y=alt.Y(scale=linear(len(letters) - 0.6, -0.7), axis=None),
    )
    return sized(placed, width, _FRAME + _ROW * len(letters))


def _marks(frame: pd.DataFrame, shares: bool) -> list[alt.Chart]:
    shown, texts = [numbered(frame[name], name, words) for name, words in _ENDS.items()], list(_ENDS)
    if shares:
        texts = [f"{name}_text" for name in _ENDS]
        frame = frame.assign(**{f"{name}_text": frame[name].map(percent) for name in _ENDS})
        shown = [(f"{name}_text:N", words, None) for name, words in _ENDS.items()]
    tooltip = lines([("component:N", "Group", None), *shown])
    ends, middle = (frame[list(dict.fromkeys(["component", "y", *own, *texts]))] for own in (("low", "high"), ("x",)))
    looks = {
        "y": alt.Y("y:Q"),
        "color": alt.Color("component:N", scale=colour_scale(in_order(frame["component"])), legend=None),
        "tooltip": tooltip,
    }
    line = alt.Chart(ends).mark_rule(strokeWidth=3, strokeCap="round")
    dot = alt.Chart(middle).mark_point(shape="circle", filled=True, opacity=1, size=60)
    return [
        line.encode(x=alt.X("low:Q"), x2=alt.X2("high"), **looks),
        dot.encode(x=alt.X("x:Q"), **looks),
        *badges(middle, tooltip, lift=_LIFT),
    ]
