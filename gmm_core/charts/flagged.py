"""Rings around the rows of a scatter that are odd, and what is to be known of each."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import COUNT, data_of, lines, numbered, only

RING = "#C2185B"
"""Stands out from all groups' colours in both themes; the ring itself is the sign."""


def flagged(scatter: alt.LayerChart, rows: pd.DataFrame) -> alt.LayerChart:
    """A scatter with a ring around each odd row.

    Parameters
    ----------
    scatter : altair.LayerChart
        From `gmm_core.charts.scatter`; its axes are made to hold the rings.
    rows : pandas.DataFrame
        Columns x, y, row (from 1), label ("" where a row has no name), p_value (as text).

    Returns
    -------
    altair.LayerChart
    """
    frame = only(rows, "x", "y", "row", "label", "p_value")
    titles = {axis: scatter.encoding[axis]["axis"]["title"] for axis in "xy"}
    tooltip = [
        ("row:Q", "Odd row", COUNT),
        *([("label:N", "Name", None)] if frame["label"].fillna("").ne("").any() else []),
        ("p_value:N", "p-value", None),
        *(numbered(rows[axis], axis, titles[axis]) for axis in "xy"),
    ]
    ring: dict[str, Any] = {"filled": False, "size": 120, "color": RING, "strokeWidth": 1.75, "opacity": 1}
    rings = alt.Chart(data_of(frame)).mark_point(shape="circle", **ring)
    whole = scatter.copy()
    whole.layer = [*scatter.layer, rings.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), tooltip=lines(tooltip))]
    return whole
