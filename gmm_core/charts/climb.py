"""How EM climbs as it plays: the log-likelihood of the steps taken so far, with the present one marked."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    KNOWN,
    LIKELIHOOD,
    NEUTRAL,
    Width,
    below_top,
    haloed,
    linear,
    lines,
    only,
    playing,
    sized,
    span,
    tick_format,
    x_axis,
    y_axis,
)

_STEEP = 3
"""Where the first steps gain this many times as much as the others together, they lie below the axis."""
_ROOM = 0.05
"""Room on the right for half of the value that is written at the last step, as a share of the axis."""


def climb(
    trace: pd.DataFrame, *, value_title: str = "Log-likelihood", width: Width = "container", height: int = 200
) -> alt.LayerChart:
    """Log-likelihood by iteration; what is still to come is grey. First steps far below the others are arrows there.

    Parameters
    ----------
    trace : pandas.DataFrame
        Columns iteration, log_likelihood.
    value_title : str
        What the values are; "(higher is better)" is added.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
        With a slider below it, which a page may hide and move.
    """
    frame = only(trace, "iteration", "log_likelihood")
    low, high = span([frame["iteration"]], padding=0.03)
    steps = low, high + _ROOM * (high - low)
    values = span([_seen(frame["log_likelihood"])], padding=0.12)
    base = alt.Chart(frame).encode(x=alt.X("iteration:Q"), y=alt.Y("log_likelihood:Q"))
    past = base.transform_filter(f"datum.iteration < {KNOWN}")
    here = base.transform_filter(f"datum.iteration == ceil({KNOWN}) - 1")
    shown = lines([("iteration:Q", "Iteration", COUNT), ("log_likelihood:Q", value_title, ",.3f")])
    side: dict[str, Any] = {"baseline": "top", "dy": 9, "align": "center", "fontWeight": "bold"}
    layers = [
        base.mark_line(color=NEUTRAL, strokeWidth=1.5, opacity=0.5, clip=True, tooltip=None),
        past.mark_line(color=ACCENT, strokeWidth=2, clip=True, tooltip=None),
        past.mark_point(color=ACCENT, filled=True, size=26, opacity=1, clip=True).encode(tooltip=shown),
        here.mark_point(color=ACCENT, filled=False, size=170, strokeWidth=2, opacity=1, clip=True, tooltip=None),
        *haloed(here.encode(text=alt.Text("log_likelihood:Q", format=LIKELIHOOD)), **side),
        *_below(frame[frame["log_likelihood"] < values[0]], shown),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*steps), axis=x_axis("Iteration", format=COUNT, tickMinStep=1)),
        y=alt.Y(scale=linear(*values), axis=y_axis(f"{value_title} (higher is better)", **tick_format(*values))),
    )
    return playing(sized(placed, width, height), len(frame))


def _below(cut: pd.DataFrame, shown: list[alt.Tooltip]) -> list[alt.Chart]:
    """What lies below the axis: an arrow on its edge for each, and the first one's value."""
    edge = below_top({"expr": "height - 6"})
    base = alt.Chart(cut).encode(x=alt.X("iteration:Q"), y=edge)
    here = base.transform_filter(f"datum.iteration == ceil({KNOWN}) - 1")
    arrow: dict[str, Any] = {"shape": "triangle-down", "filled": True, "size": 70, "opacity": 1}
    told = alt.Chart(cut.head(1)).encode(x=alt.X("iteration:Q"), y=edge)
    told = told.encode(text=alt.Text("log_likelihood:Q", format=LIKELIHOOD))
    marks = [
        base.mark_point(color=NEUTRAL, **arrow).encode(tooltip=shown),
        here.mark_point(color=ACCENT, **arrow).encode(tooltip=shown),
        *haloed(told, align="left", dx=9, fontSize=11),
    ]
    return marks if len(cut) else []


def _seen(values: pd.Series) -> pd.Series:
    """The values without the first ones where these would flatten the rest."""
    gains = values.diff().iloc[1:]
    for first in range(len(values) - 3):
        if gains.iloc[first] <= _STEEP * gains.iloc[first + 1 :].sum():
            return values.iloc[first:]
    return values
