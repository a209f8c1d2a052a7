"""How unlike the others each group is in each column: a heat map whose colours run both ways from nothing."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    BADGE,
    BADGES,
    HALO,
    Width,
    bands,
    colour_scale,
    heat_cells,
    in_cells,
    ink_scale,
    lines,
    only,
    plain,
    short,
    sized,
    words,
    y_axis,
)

_AT = ("group", "column")
"""The fields that name a cell, across and up."""
_ROW, _FRAME = 34, 40
_MANY = 10
"""Groups from which cells have no room for words."""
_TOP = "\u200b"
"""Stands for the line of badges above the columns' names."""


def differences(cells: pd.DataFrame, *, width: Width = "container") -> alt.LayerChart:
    """A row a column of the table, a cell a group: the fuller the more the group differs; blue above, orange below.

    Let the words of a strong difference carry an arrow, too: colour should not be the only sign.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns column (the user's name), group, delta (-1..1, Cliff's), text (what to write into the cell) and note
        (what to tell of it), in the order wanted.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of columns.
    """
    frame = only(cells, "column", "group", "delta", "text", "note")
    frame = frame.assign(column=frame["column"].map(plain))
    columns, groups = list(dict.fromkeys(frame["column"])), list(dict.fromkeys(frame["group"]))
    layers = [_fills(frame), *([_texts(frame)] if len(groups) < _MANY else []), *_badges(groups)]
    axis = y_axis(None, grid=False, labelLimit=150)
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=bands(groups), axis=None),
        y=alt.Y(scale=bands([_TOP, *columns]), axis=axis),
    )
    return sized(placed, width, _FRAME + _ROW * (len(columns) + 1))


def _fills(frame: pd.DataFrame) -> alt.Chart:
    asked = [("group:N", "Group"), ("column:N", "Row"), ("note:N", "Beside the others")]
    tooltip = lines([(field, title, None) for field, title in asked])
    return heat_cells(only(frame, "column", "group", "note"), frame["delta"], *_AT).encode(tooltip=tooltip)


def _texts(frame: pd.DataFrame) -> alt.Chart:
    written = in_cells(only(frame, "column", "group", "text"), *_AT).mark_text(**words(fontSize=12))
    return written.encode(text=alt.Text("text:N"))


def _badges(groups: list[str]) -> list[alt.Chart]:
    base = in_cells(pd.DataFrame({"group": groups, "column": _TOP}), *_AT)
    texts = pd.DataFrame({"group": groups, "column": _TOP, "text": [short(each) for each in groups]})
    disc: dict[str, Any] = {"size": BADGE, "filled": True, "stroke": HALO, "strokeWidth": 1.5, "tooltip": None}
    colour = alt.Color("group:N", scale=colour_scale(groups), legend=None)
    ink = alt.Fill("group:N", scale=ink_scale(groups), legend=None)
    letters = in_cells(texts, *_AT).mark_text(fontSize=11, fontWeight="bold", tooltip=None)
    return [
        base.mark_point(shape="circle", opacity=1, **disc).encode(color=colour).properties(name=BADGES),
        letters.encode(text=alt.Text("text:N"), fill=ink),
    ]
