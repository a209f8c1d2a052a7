"""What chance gives, and what the data gave: the statistics of replicates, with the observed one marked."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    NEUTRAL,
    Width,
    below_top,
    haloed,
    linear,
    lines,
    numbered,
    only,
    sized,
    span,
    tick_format,
    x_axis,
    y_axis,
)


def chance(
    bins: pd.DataFrame,
    *,
    observed: float,
    x_title: str,
    note: str = "your rows",
    width: Width = "container",
    height: int = 240,
) -> alt.LayerChart:
    """Replicates under the null hypothesis by their statistic, and a rule where the data's own lies.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right, count.
    observed : float
        The data's statistic.
    x_title : str
        What the statistic is.
    note : str
        What to write at the rule.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(bins, "left", "right", "count")
    across = span([frame["left"], frame["right"], pd.Series([observed])])
    most = 1.2 * max(1.0, float(frame["count"].max()))
    placed = alt.layer(_bars(frame), *_rule(observed, note, across)).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, **tick_format(*across))),
        y=alt.Y(scale=linear(0, most), axis=y_axis("Tables drawn", tickMinStep=1)),
    )
    return sized(placed, width, height)


def _bars(frame: pd.DataFrame) -> alt.Chart:
    tooltip = [
        numbered(frame["left"], "left", "From"),
        numbered(frame["right"], "right", "to"),
        ("count:Q", "Tables", COUNT),
    ]
    return (
        alt.Chart(frame)
        .mark_bar(color=NEUTRAL, opacity=1, binSpacing=1)
        .encode(x=alt.X("left:Q", bin="binned"), x2=alt.X2("right"), y=alt.Y("count:Q"), tooltip=lines(tooltip))
    )


def _rule(observed: float, note: str, across: tuple[float, float]) -> list[alt.Chart]:
    base = alt.Chart(pd.DataFrame({"observed": [observed], "text": [note]})).encode(x=alt.X("observed:Q"))
    right = observed > sum(across) / 2
    side: dict[str, Any] = {"align": "right" if right else "left", "dx": -6 if right else 6}
    label = base.encode(y=below_top(6), text=alt.Text("text:N"))
    return [
        base.mark_rule(color=ACCENT, strokeWidth=2, tooltip=None),
        *haloed(label, fontWeight="bold", baseline="top", **side),
    ]
