"""One column of the table by group: a small histogram each, with that of all rows behind it."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    NEUTRAL,
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

_BAND, _FRAME = 44, 46
_FILLED = 0.86
"""Part of its band that a group's tallest bar takes."""
_BADGES = 0.09
"""Room on the left, as a part of the range."""


def group_histograms(bins: pd.DataFrame, *, x_title: str, width: Width = "container") -> alt.LayerChart:
    """A band a group: its bars in colour, those of all rows in grey behind, to one height within a band.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns group, left, right, share (of the group, 0..1), overall (of all rows), groups in the order wanted.
    x_title : str
        The user's column name; any characters.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of groups.
    """
    frame = only(bins, "group", "left", "right", "share", "overall")
    groups = list(dict.fromkeys(frame["group"]))
    frame = frame.assign(base=frame["group"].map(groups.index) + 1.0)
    low, high = span([frame["left"], frame["right"]], padding=0.0)
    room = _BADGES * (high - low)
    frame = _raised(frame)
    placed = alt.layer(
        _bars(frame, "overall", x_title), _bars(frame, "share", x_title), *_signs(groups, low - room / 2)
    )
    scale = linear(low - room, high)
    placed = placed.encode(
        x=alt.X(scale=scale, axis=x_axis(x_title, **tick_format(low, high))),
        y=alt.Y(scale=linear(len(groups) + 0.02, 0), axis=None),
    )
    return sized(placed, width, _FRAME + _BAND * len(groups))


def _raised(frame: pd.DataFrame) -> pd.DataFrame:
    """With the upper ends of both kinds of bars: the taller of them fills the group's band."""
    tallest = frame[["share", "overall"]].max(axis=1).groupby(frame["group"]).transform("max")
    scale = _FILLED / tallest.where(tallest > 0, 1.0)
    tops = {f"top_{name}": frame["base"] - scale * frame[name] for name in ("share", "overall")}
    return frame.assign(**tops)


def _bars(frame: pd.DataFrame, name: str, x_title: str) -> alt.Chart:
    """The bars of the groups (share), or of all rows behind each of them (overall), which nothing can be asked of."""
    top = f"top_{name}"
    behind = name == "overall"
    shown = only(
        frame[frame[name] > 0], "left", "right", "base", top, *([] if behind else ["group", "share", "overall"])
    )
    look: dict[str, Any] = {"color": NEUTRAL, "opacity": 0.32, "tooltip": None} if behind else {"opacity": 0.72}
    base = alt.Chart(shown).mark_bar(binSpacing=0.5, **look)
    bars = base.encode(x=alt.X("left:Q", bin="binned"), x2=alt.X2("right"), y=alt.Y(f"{top}:Q"), y2=alt.Y2("base"))
    return bars if behind else _coloured(bars, shown, x_title)


def _coloured(bars: alt.Chart, shown: pd.DataFrame, x_title: str) -> alt.Chart:
    parts = shown.drop(columns=["share", "overall"]).assign(
        part=shown["share"].map(percent), of_all=shown["overall"].map(percent)
    )
    asked = [
        ("group:N", "Group", None),
        numbered(shown["left"], "left", f"{x_title}, from"),
        numbered(shown["right"], "right", "to"),
        ("part:N", "Of the group", None),
        ("of_all:N", "Of all rows", None),
    ]
    colour = alt.Color("group:N", scale=colour_scale(in_order(shown["group"])), legend=None)
    return bars.properties(data=parts).encode(color=colour, tooltip=lines(asked))


def _signs(groups: list[str], x: float) -> list[alt.Chart]:
    places = pd.DataFrame({"component": groups, "x": x, "y": [rank + 0.6 for rank in range(len(groups))]})
    return list(badges(places, lines([("component:N", "Group", None)]), size=240))
