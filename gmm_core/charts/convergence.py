"""How EM climbed: the log-likelihood by iteration, which never falls."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    LIKELIHOOD,
    Width,
    linear,
    lines,
    only,
    sized,
    span,
    thinned,
    words,
    x_axis,
    y_axis,
)

MOST_ITERATIONS = 500
_DOTS = 60


def convergence(
    trace: pd.DataFrame, *, value_title: str = "Log-likelihood", width: Width = "container", height: int = 300
) -> alt.LayerChart:
    """Log-likelihood by iteration, its last value written at the end.

    Parameters
    ----------
    trace : pandas.DataFrame
        Columns iteration, log_likelihood; above 500 iterations every so many is drawn, the last one always.
    value_title : str
        What the values are; "(higher is better)" is added.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(thinned(trace, MOST_ITERATIONS), "iteration", "log_likelihood")
    steps = span([frame["iteration"]], padding=0.02)
    values = span([frame["log_likelihood"]], padding=0.12)
    layers = [_line(frame, value_title), _last(frame)]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*steps), axis=x_axis("Iteration", format=COUNT, tickMinStep=1)),
        y=alt.Y(scale=linear(*values), axis=y_axis(f"{value_title} (higher is better)")),
    )
    return sized(placed, width, height)


def _line(frame: pd.DataFrame, value_title: str) -> alt.Chart:
    dots: dict[str, Any] | bool = {"size": 30, "color": ACCENT} if len(frame) <= _DOTS else False
    shown = [("iteration:Q", "Iteration", COUNT), ("log_likelihood:Q", value_title, ",.3f")]
    return (
        alt.Chart(frame)
        .mark_line(color=ACCENT, strokeWidth=2, point=dots)
        .encode(x=alt.X("iteration:Q"), y=alt.Y("log_likelihood:Q"), tooltip=lines(shown))
    )


def _last(frame: pd.DataFrame) -> alt.Chart:
    last = frame.tail(1)
    mark = words(fontWeight="bold", align="right", baseline="bottom", dy=-8)
    text = alt.Text("log_likelihood:Q", format=LIKELIHOOD)
    return alt.Chart(last).mark_text(**mark).encode(x=alt.X("iteration:Q"), y=alt.Y("log_likelihood:Q"), text=text)
