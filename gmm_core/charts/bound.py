"""One step of EM: the log-likelihood along its way, and the lower bound that it raises instead."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    LIKELIHOOD,
    NEUTRAL,
    Width,
    haloed,
    linear,
    lines,
    only,
    sized,
    span,
    x_axis,
    y_axis,
)


def bound(way: pd.DataFrame, *, width: Width = "container", height: int = 260) -> alt.LayerChart:
    """Two curves that touch at 0, and where the bound is highest.

    Parameters
    ----------
    way : pandas.DataFrame
        Columns place (0 where the step begins, 1 where it leads), log_likelihood, lower_bound.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(way, "place", "log_likelihood", "lower_bound")
    across = span([frame["place"]], padding=0.02)
    up = span([frame["log_likelihood"], frame["lower_bound"]], padding=0.1)
    layers = [
        *_curve(frame, "log_likelihood", "log-likelihood", ACCENT, [1, 0], -8),
        *_curve(frame, "lower_bound", "lower bound", NEUTRAL, [6, 4], 10),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*across), axis=x_axis("From the parameters before (0) to those after (1)")),
        y=alt.Y(scale=linear(*up), axis=y_axis("Nats, higher is better", format=LIKELIHOOD)),
    )
    return sized(placed, width, height)


def _curve(frame: pd.DataFrame, column: str, name: str, colour: str, dash: list[int], away: int) -> list[alt.Chart]:
    """A curve with its name at its right end, and dots at both ends of the step."""
    base = alt.Chart(only(frame, "place", column)).encode(x=alt.X("place:Q"), y=alt.Y(f"{column}:Q"))
    ends = base.transform_filter("abs(datum.place) < 1e-9 || abs(datum.place - 1) < 1e-9")
    last = base.transform_filter(f"datum.place >= {float(frame['place'].max())!r}")
    side: dict[str, Any] = {"align": "right", "baseline": "bottom" if away < 0 else "top", "dy": away}
    told = lines([(f"{column}:Q", name.capitalize(), ",.3f")])
    return [
        base.mark_line(color=colour, strokeWidth=2.25, strokeDash=dash, tooltip=None),
        ends.mark_point(color=colour, filled=True, size=60, opacity=1).encode(tooltip=told),
        *haloed(last.encode(text=alt.value(name)), fontWeight="bold", **side),
    ]
