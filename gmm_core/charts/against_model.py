"""One column's rows against the mixture: the share below each value, and quantiles against quantiles."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    NEUTRAL,
    PERCENT_LABELS,
    Width,
    haloed,
    linear,
    lines,
    numbered,
    only,
    percent,
    sized,
    span,
    tick_format,
    x_axis,
    y_axis,
)

_FEW = 40
"""Rows up to which the dots are larger."""
_MODEL: dict[str, Any] = {"color": NEUTRAL, "strokeWidth": 5, "opacity": 0.5, "strokeCap": "round", "tooltip": None}


def cumulative(
    ranks: pd.DataFrame, model: pd.DataFrame, *, x_title: str, width: Width = "container", height: int = 380
) -> alt.LayerChart:
    """The share of rows below each value as dots, that of the mixture as a broad grey line.

    Parameters
    ----------
    ranks, model : pandas.DataFrame
        Columns x and share (0..1): of rows, and of the mixture.
    x_title : str
        The user's column name; any characters.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    across = span([ranks["x"]])
    dots, line = (only(frame.rename(columns={"share": "y"}), "x", "y") for frame in (ranks, model))
    dots = dots.assign(below=dots["y"].map(percent))
    asked = [numbered(ranks["x"], "x", x_title), ("below:N", "Rows below", None)]
    curve = alt.Chart(line).mark_line(**_MODEL).encode(**_places(), order=alt.Order("x:Q"))
    placed = alt.layer(curve, _dots(dots, asked)).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, **tick_format(*across))),
        y=alt.Y(scale=linear(0.0, 1.0), axis=y_axis("Share below", labelExpr=PERCENT_LABELS)),
    )
    return sized(placed, width, height)


def quantile_plot(
    ranks: pd.DataFrame, *, x_title: str, width: Width = "container", height: int = 380
) -> alt.LayerChart:
    """Each row's value against where the mixture expects the row of its rank; on the grey line where they agree.

    Parameters
    ----------
    ranks : pandas.DataFrame
        Columns x, share (0..1) and expected.
    x_title : str
        The user's column name; any characters.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    both = span([ranks["x"], ranks["expected"]])
    dots = only(ranks, "x", "expected").rename(columns={"x": "y", "expected": "x"})
    dots["below"] = ranks["share"].map(percent).to_numpy()
    asked = [
        numbered(ranks["x"], "y", x_title),
        numbered(ranks["expected"], "x", "Expected by the mixture"),
        ("below:N", "Rows below", None),
    ]
    ends = pd.DataFrame({"x": both, "y": both})
    line = alt.Chart(ends).mark_line(**_MODEL).encode(**_places())
    placed = alt.layer(line, _dots(dots, asked)).encode(
        x=alt.X(scale=linear(*both), axis=x_axis("Expected by the mixture", grid=True, **tick_format(*both))),
        y=alt.Y(scale=linear(*both), axis=y_axis(x_title, **tick_format(*both))),
    )
    return sized(placed, width, height)


def with_handovers(chart: alt.LayerChart, handovers: pd.DataFrame) -> alt.LayerChart:
    """A chart of one column with an upright line where the likeliest group changes, and both letters at its upper end.

    Parameters
    ----------
    chart : altair.LayerChart
        From `gmm_core.charts.histogram` or `cumulative`.
    handovers : pandas.DataFrame
        Columns x, below, above (letters).

    Returns
    -------
    altair.LayerChart
    """
    if handovers.empty:
        return chart
    frame = only(handovers, "x", "below", "above")
    frame["text"] = frame.pop("below") + " | " + frame.pop("above")
    rules = alt.Chart(frame).mark_rule(color=NEUTRAL, strokeWidth=1, strokeDash=[3, 3], tooltip=None)
    top: Any = alt.YValue  # Altair's value channels carry no types
    text = alt.Chart(frame).encode(x=alt.X("x:Q"), y=top(4), text=alt.Text("text:N"))
    whole = chart.copy()
    whole.layer = [rules.encode(x=alt.X("x:Q")), *chart.layer, *haloed(text, fontSize=11, baseline="top")]
    return whole


def _dots(frame: pd.DataFrame, asked: list[tuple[str, str, str | None]]) -> alt.Chart:
    size = 50 if len(frame) <= _FEW else 18
    mark: dict[str, Any] = {"filled": True, "size": size, "color": ACCENT, "opacity": 0.8, "strokeWidth": 0}
    return alt.Chart(frame).mark_point(shape="circle", **mark).encode(**_places(), tooltip=lines(asked))


def _places() -> dict[str, Any]:
    return {"x": alt.X("x:Q"), "y": alt.Y("y:Q")}
