"""What principal components are made of: a cell for each column and component, the fuller the more it weighs."""

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    Width,
    bands,
    heat_cells,
    in_cells,
    lines,
    only,
    percent,
    plain,
    sized,
    words,
    x_axis,
    y_axis,
)

_AT = ("head", "column")
"""The fields that name a cell, across and up."""
ROW, FRAME = 24, 56
_LIMIT = 220
"""Pixels after which a column's name is cut; the tooltip has it whole."""
_MOST_NUMBERED = 8
"""Components up to which each cell holds its number."""


def loadings(frame: pd.DataFrame, *, width: Width = "container") -> alt.LayerChart:
    """A heat map of loadings: blue for a column that rises with the component, orange for one that falls.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns column (any text), component (from 1), loading (-1 to 1), share (of the variance, of the component), a
        row a cell, in the order wanted.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of columns.
    """
    cells = only(frame, "column", "component", "loading", "share")
    part = cells.pop("share").map(percent)
    head = cells["component"].astype(str) + ": " + part
    cells = cells.assign(column=cells["column"].map(plain), part=part, head=head)
    names, heads = list(dict.fromkeys(cells["column"])), list(dict.fromkeys(cells["head"]))
    layers = [_fills(cells)]
    if len(heads) <= _MOST_NUMBERED:
        layers.append(_numbers(cells))
    title = "Component and its share of the variance"
    # Above the cells, where the eye begins; the tick labels are short.
    heading = x_axis(title, orient="top", labelAngle=0, labelOverlap=True)
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=bands(heads), axis=heading),
        y=alt.Y(scale=bands(names), axis=y_axis(None, grid=False, labelLimit=_LIMIT)),
    )
    return sized(placed, width, FRAME + ROW * len(names))


def _fills(cells: pd.DataFrame) -> alt.Chart:
    shown = [
        ("column:N", "Column", None),
        ("component:Q", "Component", ".0f"),
        ("loading:Q", "Loading", ".3f"),
        ("part:N", "Share of the variance", None),
    ]
    return heat_cells(cells, cells["loading"], *_AT).encode(tooltip=lines(shown))


def _numbers(cells: pd.DataFrame) -> alt.Chart:
    text = alt.Text("loading:Q", format=".2f")
    return in_cells(only(cells, "column", "head", "loading"), *_AT).mark_text(**words(fontSize=11)).encode(text=text)
