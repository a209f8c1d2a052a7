"""Calm axes: no box, no ticks, few lines; titles that hold any column name and never clip.

What Streamlit adds under ``theme="streamlit"`` (read from 1.67's own bundle): font, text, grid and background
colours, no ticks, no axis line, titles and labels in its sizes, ``labelLimit`` 100, a padding of 20 px below, tooltips
on every mark, and ``autosize`` "fit". What a chart states itself wins over that. So nothing here names a colour of
text or grid: light, dark and one's own theme all hold. Properties sit on each axis, not in a ``config``, which would
forbid to lay or join these charts in a notebook.
"""

import json
from typing import Any, Literal

import altair as alt
import pandas as pd

from gmm_core.charts.style.numbers import axis_format
from gmm_core.charts.style.parts import with_parts

Width = int | Literal["container"]

_QUIET: dict[str, Any] = {"domain": False, "ticks": False, "labelPadding": 6, "labelFlush": False, "labelLimit": 180}
_ABOVE: dict[str, Any] = {
    "titleAngle": 0,
    "titleAlign": "left",
    "titleAnchor": "start",
    "titleBaseline": "bottom",
    "titleX": 0,
    "titleY": -10,
}
"""A vertical axis carries its title above, where a long name has the whole width and can be read upright."""

_TICKS = {"x": "clamp(width / 90, 2, 8)", "y": "clamp(height / 55, 2, 7)"}
_LOOKS = ("color", "fill", "opacity", "fillOpacity", "shape", "strokeDash", "strokeWidth")
_TITLE_LIMIT = {"expr": "width"}


def plain(title: str) -> str:
    """A column's name as one line of text; an empty one stays visible as a dash."""
    return " ".join(str(title).split()) or "–"


def x_axis(title: str | None, **changes: Any) -> alt.Axis:
    """A calm horizontal axis, its title below."""
    return alt.Axis(**{**_common("x", title), "titlePadding": 10, "grid": False, **changes})


def y_axis(title: str | None, **changes: Any) -> alt.Axis:
    """A calm vertical axis, its title upright above the plot."""
    return alt.Axis(**{**_common("y", title), **_ABOVE, "grid": True, **changes})


def linear(low: float, high: float) -> alt.Scale:
    """A linear scale over exactly this domain."""
    return alt.Scale(domain=[low, high], nice=False, zero=False)


def tick_format(low: float, high: float) -> dict[str, str]:
    """The axis property ``format`` where Vega's own labels would be too long."""
    chosen = axis_format(low, high)
    return {"format": chosen} if chosen else {}


def marked(marks: pd.DataFrame | None, low: float, high: float) -> dict[str, Any]:
    """Axis properties: each ``text`` of the marks stands at its ``value``; without marks, those of `tick_format`."""
    if marks is None:
        return tick_format(low, high)
    seen = marks[marks["value"].between(low, high)]
    pairs = zip(seen["value"].tolist(), seen["text"].tolist(), strict=True)
    label = "".join(f"datum.value == {value!r} ? {json.dumps(str(text))} : " for value, text in pairs)
    # The count must be stated: Vega thins out values that are more than an axis counts on.
    return {"values": seen["value"].tolist(), "tickCount": len(seen), "labelExpr": f"{label}''"}


def below_top(pixels: float | dict[str, str]) -> Any:
    """A vertical place so many pixels (or what an expression gives) below the plot's upper edge."""
    channel: Any = alt.YValue  # Altair's value channels carry no types
    return channel(pixels)


def sized(chart: alt.LayerChart, width: Width, height: int) -> alt.LayerChart:
    """The chart at a width ("container" fills the place it is put in) and height in pixels, without a box.

    Each layer keeps its own colours and shapes: where layers hold different groups, Vega-Lite would take one layer's
    list for all, and a group missing from it would get another group's colour.
    """
    alone = alt.Resolve(scale=dict.fromkeys(_LOOKS, "independent"))
    return with_parts(chart, width=width, height=height, view=alt.ViewBackground(stroke=None), resolve=alone)


def _common(channel: str, title: str | None) -> dict[str, Any]:
    shown = None if title is None else plain(title)
    return {**_QUIET, "title": shown, "titleLimit": _TITLE_LIMIT, "tickCount": {"expr": _TICKS[channel]}}


def bands(names: list[str]) -> alt.Scale:
    """The scale of a table's rows or columns of cells, in this order, with thin gaps between."""
    return alt.Scale(domain=names, paddingInner=0.06, paddingOuter=0.03)
