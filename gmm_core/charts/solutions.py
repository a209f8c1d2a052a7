"""Where the starts ended: a bar a distinct solution, as long as the number of starts that found it."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import ACCENT, COUNT, NEUTRAL, Width, linear, lines, only, sized, words, x_axis, y_axis

MOST_SOLUTIONS = 12
_BAR = 30
_ROOM = 1.8
"""How far the axis goes, in longest bars: words stand beside them."""
_FRAME = 50


def solutions(found: pd.DataFrame, *, pick: str | None = None, width: Width = "container") -> alt.LayerChart:
    """Distinct solutions from the best sound one down, with how many starts found each.

    Parameters
    ----------
    found : pandas.DataFrame
        Columns solution (words for the axis, each once), starts (count), sound, note (words beside the bar), in the
        order wanted; the first 12 are drawn.
    pick : str, optional
        Name of a selection of a bar by a click, with the field solution.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of solutions.
    """
    frame = only(found, "solution", "starts", "sound", "note").head(MOST_SOLUTIONS)
    most = float(frame["starts"].max())
    placed = alt.layer(_bars(frame, pick), _notes(frame)).encode(
        x=alt.X(
            scale=linear(0, _ROOM * most),
            axis=x_axis("Starts that ended here", values=_counts(most), format=COUNT),
        ),
        y=alt.Y(
            scale=alt.Scale(domain=list(frame["solution"]), paddingInner=0.35, paddingOuter=0.15),
            axis=y_axis(None, grid=False, labelLimit=220),
        ),
    )
    return sized(placed, width, _FRAME + _BAR * len(frame))


def _counts(most: float) -> list[int]:
    """Whole numbers for the axis, up to the longest bar."""
    step = max(1, round(most / 5))
    return list(range(0, int(most) + 1, step))


def _bars(frame: pd.DataFrame, pick: str | None) -> alt.Chart:
    colours = alt.Scale(domain=[True, False], range=[ACCENT, NEUTRAL])
    shown = [("solution:N", "Log-likelihood", None), ("starts:Q", "Starts", COUNT), ("note:N", "What it is", None)]
    bars = (
        alt.Chart(frame)
        .mark_bar(cornerRadiusEnd=2, cursor="pointer" if pick else "default")
        .encode(
            x=alt.X("starts:Q"),
            y=alt.Y("solution:N"),
            color=alt.Color("sound:N", scale=colours, legend=None),
            tooltip=lines(shown),
        )
    )
    if pick is None:
        return bars
    return bars.add_params(alt.selection_point(name=pick, fields=["solution"], toggle=False, clear=False))


def _notes(frame: pd.DataFrame) -> alt.Chart:
    mark: dict[str, Any] = words(align="left", baseline="middle", dx=6)
    return (
        alt.Chart(only(frame, "solution", "starts", "note"))
        .mark_text(**mark)
        .encode(x=alt.X("starts:Q"), y=alt.Y("solution:N"), text=alt.Text("note:N"))
    )
