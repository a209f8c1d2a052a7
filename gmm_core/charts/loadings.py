"""What principal components are made of: a cell for each column and component, the fuller the more it weighs."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import PALETTE, Width, lines, only, percent, plain, sized, words, x_axis, y_axis

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
    cells = cells.assign(column=cells["column"].map(plain), part=cells["share"].map(percent))
    names = list(dict.fromkeys(cells["column"]))
    cells["head"] = cells["component"].astype(str) + ": " + cells["part"]
    heads = list(dict.fromkeys(cells["head"]))
    base = alt.Chart(cells).encode(x=alt.X("head:N"), y=alt.Y("column:N"))
    layers = [_fills(base, cells)]
    if len(heads) <= _MOST_NUMBERED:
        layers.append(base.mark_text(**words(fontSize=11)).encode(text=alt.Text("loading:Q", format=".2f")))
    title = "Component and its share of the variance"
    # Above the cells, where the eye begins; the tick labels are short.
    heading = x_axis(title, orient="top", labelAngle=0, labelOverlap=True)
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=_bands(heads), axis=heading),
        y=alt.Y(scale=_bands(names), axis=y_axis(None, grid=False, labelLimit=_LIMIT)),
    )
    return sized(placed, width, FRAME + ROW * len(names))


def _fills(base: alt.Chart, cells: pd.DataFrame) -> alt.Chart:
    sign: Any = alt.when(alt.datum.loading >= 0).then(alt.value(PALETTE[0])).otherwise(alt.value(PALETTE[1]))
    strength: dict[str, Any] = {"domain": [0, 1], "range": [0.0, 0.75]}
    shown = [
        ("column:N", "Column", None),
        ("component:Q", "Component", ".0f"),
        ("loading:Q", "Loading", ".3f"),
        ("part:N", "Share of the variance", None),
    ]
    return (
        base.transform_calculate(size="abs(datum.loading)")
        .mark_rect(cornerRadius=2)
        .encode(
            fill=sign,
            fillOpacity=alt.FillOpacity("size:Q", scale=alt.Scale(**strength), legend=None),
            tooltip=lines(shown),
        )
    )


def _bands(names: list[str]) -> alt.Scale:
    return alt.Scale(domain=names, paddingInner=0.06, paddingOuter=0.03)
