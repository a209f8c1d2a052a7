"""One group's covariances at a glance: correlations as a heat map, the standard deviations on its diagonal."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    NEUTRAL,
    Width,
    bands,
    heat_cells,
    in_cells,
    lines,
    numbered,
    only,
    plain,
    sized,
    words,
    x_axis,
    y_axis,
)

_AT = ("column", "row")
"""The fields that name a cell, across and up."""
_CELL, _FRAME = 30, 34
"""Pixels of a cell's height, and around the cells."""
_LEVEL = 4
"""Columns up to which their names are written level below the cells, and cut to these; beyond, they stand upright."""
_LIMIT, _UPRIGHT, _LETTER = 120, 72, 6
"""Pixels after which a name is cut on the left and below, and those of a letter; the tooltip has it whole."""
_DIGITS = {4: ".2f", 8: ".1f"}
"""Up to so many columns cells have room for numbers in these formats; beyond, for a sign where one falls as the other
rises."""
_CLEAR = 0.1
"""Size of a correlation from which it has a sign."""


def correlations(cells: pd.DataFrame, *, width: Width = "container") -> alt.LayerChart:
    """A row and a column of cells for each column of the table, in one order: blue where two rise together, orange
    where one falls as the other rises, the fuller the stronger.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns row, column (both any text), covariance, correlation, a row an entry of one group's matrix.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of columns.
    """
    frame = only(cells, "row", "column", "covariance", "correlation")
    frame = frame.assign(row=frame["row"].map(plain), column=frame["column"].map(plain))
    names, diagonal = list(dict.fromkeys(frame["row"])), frame["row"] == frame["column"]
    between, own = frame[~diagonal], frame[diagonal]
    own = only(own.assign(sd=np.sqrt(own["covariance"])), "row", "column", "sd")
    upright = 0 if len(names) <= _LEVEL else min(_LETTER * max(map(len, names)), _UPRIGHT)
    form: dict[str, Any] = {"labelAngle": -90, "labelAlign": "right", "labelLimit": upright}
    level: dict[str, Any] = {"labelAngle": 0, "labelLimit": {"expr": f"width / {len(names)} - 6"}}
    placed = alt.layer(_own(own), *_filled(own, between)).encode(
        x=alt.X(scale=bands(names), axis=x_axis(None, labelOverlap=False, **(form if upright else level))),
        y=alt.Y(scale=bands(names), axis=y_axis(None, grid=False, labelLimit=_LIMIT)),
    )
    return sized(placed, width, _FRAME + upright + _CELL * len(names))


def _filled(own: pd.DataFrame, between: pd.DataFrame) -> list[alt.Chart]:
    """The cells beside the diagonal, and what is written into all as far as there is room."""
    form = next((form for most, form in _DIGITS.items() if len(own) <= most), None)
    if not len(between):
        return [_spreads(own)]
    return [_fills(between), *([_signs(between)] if form is None else [_numbers(between, form), _spreads(own)])]


def _fills(between: pd.DataFrame) -> alt.Chart:
    shown = [
        ("row:N", "Column", None),
        ("column:N", "With", None),
        ("correlation:Q", "Correlation", ".3f"),
        numbered(between["covariance"], "covariance", "Covariance"),
    ]
    return heat_cells(between, between["correlation"], *_AT).encode(tooltip=lines(shown))


def _own(own: pd.DataFrame) -> alt.Chart:
    shown = [("row:N", "Column", None), numbered(own["sd"], "sd", "Standard deviation")]
    cell: dict[str, Any] = {"filled": False, "stroke": NEUTRAL, "strokeOpacity": 0.4, "cornerRadius": 2}
    return in_cells(own, *_AT).mark_rect(**cell).encode(tooltip=lines(shown))


def _numbers(between: pd.DataFrame, form: str) -> alt.Chart:
    text = alt.Text("correlation:Q", format=form)
    return _written(only(between, "row", "column", "correlation")).encode(text=text)


def _spreads(own: pd.DataFrame) -> alt.Chart:
    """The standard deviations, each with its own digits: their columns have units of their own."""
    digits = 3 if len(own) <= _LEVEL else 2
    texts = only(own, "row", "column").assign(text=[_brief(sd, digits) for sd in own["sd"]])
    return _written(texts, fontStyle="italic").encode(text=alt.Text("text:N"))


def _brief(value: float, digits: int) -> str:
    if 1e-3 <= value < 1e5:
        return f"{value:#.{digits}g}".rstrip(".") if value < 10**digits else f"{value:,.0f}"
    return f"{value:.1e}"


def _signs(between: pd.DataFrame) -> alt.Chart:
    falling = between[between["correlation"] <= -_CLEAR]
    return _written(only(falling, "row", "column").assign(text="\N{MINUS SIGN}")).encode(text=alt.Text("text:N"))


def _written(frame: pd.DataFrame, **changes: Any) -> alt.Chart:
    return in_cells(frame, *_AT).mark_text(**words(fontSize=11, **changes))
