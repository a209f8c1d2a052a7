"""Who moved where between two groupings: bands from the groups before to the groups now."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    NEUTRAL,
    Width,
    badges,
    colour_scale,
    data_of,
    in_order,
    linear,
    lines,
    only,
    sized,
    value_format,
    words,
)

_BLOCK = 0.025
"""Width of a block, as a part of the way."""
_STAYED, _MOVED = 0.22, 0.72


def flow(
    bands: pd.DataFrame,
    blocks: pd.DataFrame,
    *,
    called: Mapping[str, str] | None = None,
    width: Width = "container",
    height: int = 360,
) -> alt.LayerChart:
    """A band for each pair of groups that share rows, in the colour of the group now; rows that moved stand out.

    Parameters
    ----------
    bands : pandas.DataFrame
        Columns band, x (0..1), low, high, before, after, rows, stayed.
    blocks : pandas.DataFrame
        Columns side ("before", "after"), group, low, high, rows.
    called : mapping of str to str, optional
        The names of groups before, by letter: those of the groups now may be others.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    told = {letter: f"{letter}, {name}" for letter, name in (called or {}).items()}
    bands, blocks = (
        frame.assign(was=frame[column].replace(told)) for frame, column in ((bands, "before"), (blocks, "group"))
    )
    before, after = (blocks[blocks["side"] == side] for side in ("before", "after"))
    layers = [_bands(bands), _blocks(before, 0.0), _blocks(after, 1.0), _letters(before), *_badges(after), _heads()]
    lowest = float(blocks["low"].min())
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(-0.12, 1.12), axis=None), y=alt.Y(scale=linear(lowest - 0.01, 1.09), axis=None)
    )
    return sized(placed, width, height)


def _bands(bands: pd.DataFrame) -> alt.Chart:
    frame = only(bands, "band", "x", "low", "high", "was", "after", "rows", "stayed")
    asked = [("was:N", "Before", None), ("after:N", "Now", None), ("rows:Q", "Rows", value_format(frame["rows"]))]
    faint = alt.Scale(domain=[True, False], range=[_STAYED, _MOVED])
    return (
        alt.Chart(data_of(frame))
        .mark_area(line=False)
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("low:Q"),
            y2=alt.Y2("high"),
            detail=alt.Detail("band:N"),
            fill=alt.Fill("after:N", scale=colour_scale(in_order(frame["after"])), legend=None),
            fillOpacity=alt.FillOpacity("stayed:N", scale=faint, legend=None),
            tooltip=lines(asked),
        )
    )


def _blocks(blocks: pd.DataFrame, x: float) -> alt.Chart:
    """The groups of one side: grey before, in their colours now."""
    now = x > 0.5
    ends = sorted((x, x + _BLOCK if now else x - _BLOCK))
    group = "group" if now else "was"
    frame = only(blocks, group, "low", "high", "rows").assign(start=ends[0], end=ends[1])
    asked = [(f"{group}:N", "Group", None), ("rows:Q", "Rows", value_format(frame["rows"]))]
    look: dict[str, Any] = {"cornerRadius": 2, **({} if now else {"color": NEUTRAL})}
    base = alt.Chart(frame).mark_rect(**look)
    placed = base.encode(
        x=alt.X("start:Q"), x2=alt.X2("end"), y=alt.Y("low:Q"), y2=alt.Y2("high"), tooltip=lines(asked)
    )
    if not now:
        return placed
    return placed.encode(color=alt.Color("group:N", scale=colour_scale(in_order(frame["group"])), legend=None))


def _letters(before: pd.DataFrame) -> alt.Chart:
    """Groups before have no colour here: it would be another group's now."""
    frame = only(_middles(before, -_BLOCK).rename(columns={"group": "before"}), "before", "x", "y")
    mark = words(align="right", dx=-7, fontWeight="bold")
    return alt.Chart(frame).mark_text(**mark).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("before:N"))


def _badges(after: pd.DataFrame) -> list[alt.Chart]:
    frame = only(_middles(after, 1.0 + _BLOCK + 0.04).rename(columns={"group": "component"}), "component", "x", "y")
    return list(badges(frame, lines([("component:N", "Group", None)])))


def _middles(blocks: pd.DataFrame, x: float) -> pd.DataFrame:
    return blocks.assign(x=x, y=(blocks["low"] + blocks["high"]) / 2)


def _heads() -> alt.Chart:
    frame = pd.DataFrame({"x": [0.0, 1.0], "y": [1.055, 1.055], "text": ["Before", "Now"]})
    mark: dict[str, Any] = words(fontSize=12)
    return alt.Chart(frame).mark_text(**mark).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N"))
