"""How many clusters the components make up: the entropy of the memberships by number of clusters."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    HALO,
    NEUTRAL,
    Width,
    below_top,
    haloed,
    linear,
    lines,
    only,
    sized,
    tick_format,
    x_axis,
    y_axis,
)

_ROOM = 1.12
"""How far the axis goes, in largest entropies: words stand above the line."""

_BELOW = 0.06
"""Room below 0, as a part of the axis, for the ring."""


def entropy(path: pd.DataFrame, *, width: Width = "container", height: int = 300) -> alt.LayerChart:
    """Entropy by number of clusters, the suggested number ringed; where the line bends, merging should stop.

    Parameters
    ----------
    path : pandas.DataFrame
        Columns n_clusters, entropy, suggested (true in one row), clusters (words for the tooltip).
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(path, "n_clusters", "entropy", "suggested", "clusters")
    most, top = int(frame["n_clusters"].max()), _ROOM * (float(frame["entropy"].max()) or 1.0)
    base = alt.Chart(frame.drop(columns="suggested")).encode(x=alt.X("n_clusters:Q"), y=alt.Y("entropy:Q"))
    line = alt.Chart(only(frame, "n_clusters", "entropy")).encode(x=alt.X("n_clusters:Q"), y=alt.Y("entropy:Q"))
    dot: dict[str, Any] = {"filled": True, "size": 70, "opacity": 1, "color": ACCENT, "stroke": HALO, "strokeWidth": 1}
    shown = [
        ("n_clusters:Q", "Clusters", COUNT),
        ("entropy:Q", "Entropy a row", ".2~g"),
        ("clusters:N", "Made of", None),
    ]
    layers = [
        line.mark_line(color=NEUTRAL, strokeWidth=2, tooltip=None),
        base.mark_point(**dot).encode(tooltip=lines(shown)),
        *_suggestion(frame[frame["suggested"]].head(1), most),
    ]
    ticks = list(range(1, most + 1, 1 + (most - 1) // 15))
    placed = alt.layer(*layers).encode(
        x=alt.X(
            scale=linear(0.7, most + 0.3),
            axis=x_axis("Number of clusters", values=ticks, tickCount=len(ticks), format=COUNT),
        ),
        y=alt.Y(
            scale=linear(-_BELOW * top, top), axis=y_axis("Entropy of the memberships, a row", **tick_format(0.0, top))
        ),
    )
    return sized(placed, width, height)


def _suggestion(suggested: pd.DataFrame, most: int) -> list[alt.Chart]:
    """A ring, and what it means where no line goes: upper left, for entropy rises with the number, the steeper the
    farther."""
    if suggested.empty:
        return []
    number = int(suggested["n_clusters"].iloc[0])
    words = "suggested: no merging" if number == most else f"suggested: {number} clusters"
    ring = alt.Chart(only(suggested, "n_clusters", "entropy")).encode(x=alt.X("n_clusters:Q"), y=alt.Y("entropy:Q"))
    look: dict[str, Any] = {"filled": False, "size": 300, "color": ACCENT, "strokeWidth": 2, "tooltip": None}
    text = alt.Chart(pd.DataFrame({"n_clusters": [1], "text": [f"\u25ef {words}"]}))
    text = text.encode(x=alt.X("n_clusters:Q"), y=below_top(6), text=alt.Text("text:N"))
    return [ring.mark_point(shape="circle", opacity=1, **look), *haloed(text, fontWeight="bold", align="left")]
