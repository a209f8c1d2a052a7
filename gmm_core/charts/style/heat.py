"""Cells whose colours run both ways from none: blue above, orange below, the fuller the farther."""

import altair as alt
import pandas as pd

from gmm_core.charts.style.palette import HIGH, LOW


def in_cells(frame: pd.DataFrame, x: str, y: str) -> alt.Chart:
    """A chart without a mark yet, with each row of the frame in the cell that the fields x and y name."""
    return alt.Chart(frame).encode(x=alt.X(f"{x}:N"), y=alt.Y(f"{y}:N"))


def heat_cells(frame: pd.DataFrame, values: pd.Series, x: str, y: str) -> alt.Chart:
    """A filled cell, at the fields x and y, for each row of the frame, by values from -1 to 1.

    Let words or a sign in the cell tell the two sides apart, too: colour should not be the only sign.
    """
    shown = frame.assign(size=values.abs(), high=values > 0)
    sides = alt.Scale(domain=[False, True], range=[LOW, HIGH])
    strength = alt.Scale(domain=[0, 1], range=[0.03, 0.75])
    return (
        in_cells(shown, x, y)
        .mark_rect(cornerRadius=2)
        .encode(
            fill=alt.Fill("high:N", scale=sides, legend=None),
            fillOpacity=alt.FillOpacity("size:Q", scale=strength, legend=None),
        )
    )
