"""What lies behind the rows of a map, as rectangles: the density of a mixture, or the regions of its groups."""

import altair as alt
import pandas as pd

from gmm_core.charts.style import MIXTURE, colour_scale, data_of, in_order, lines, only

_COLUMNS = ("x0", "x1", "y0", "y1", "component", "strength", "told")


def shaded(scatter: alt.LayerChart, ground: pd.DataFrame) -> alt.LayerChart:
    """A scatter with shaded rectangles behind all else, cut where its axes end.

    Parameters
    ----------
    scatter : altair.LayerChart
        From `gmm_core.charts.scatter`.
    ground : pandas.DataFrame
        Columns x0, x1, y0, y1, component (or "mixture"), strength (opacity), told (what is said of the place).

    Returns
    -------
    altair.LayerChart
        With the scatter's axes.
    """
    cut = ground
    for axis in "xy":
        cut = _cut(cut, axis, *scatter.encoding[axis]["scale"]["domain"])
    whole = scatter.copy()
    whole.layer = [_rectangles(cut), *scatter.layer]
    return whole


def _rectangles(ground: pd.DataFrame) -> alt.Chart:
    frame = only(ground, *_COLUMNS)
    group = [] if set(frame["component"]) <= {MIXTURE} else [("component:N", "Group here", None)]
    return (
        alt.Chart(data_of(frame))
        .mark_rect(filled=True, strokeWidth=0)
        .encode(
            x=alt.X("x0:Q"),
            x2=alt.X2("x1"),
            y=alt.Y("y0:Q"),
            y2=alt.Y2("y1"),
            color=alt.Color("component:N", scale=colour_scale(in_order(frame["component"])), legend=None),
            fillOpacity=alt.FillOpacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None),
            tooltip=lines([*group, ("told:N", "This place", None)]),
        )
    )


def _cut(frame: pd.DataFrame, axis: str, low: float, high: float) -> pd.DataFrame:
    ends = [f"{axis}0", f"{axis}1"]
    inside = frame[(frame[ends[0]] < high) & (frame[ends[1]] > low)]
    return inside.assign(**{end: inside[end].clip(low, high) for end in ends})
