"""Cells whose colours run both ways from none: blue above, orange below, the fuller the farther."""

import altair as alt
import pandas as pd

from gmm_core.charts.style.palette import HIGH, LOW


def heat_cells(frame: pd.DataFrame, values: pd.Series) -> alt.Chart:
    """A filled cell for each row of the frame, by values from -1 to 1; its place and tooltip are for the chart to say.

    Let words or a sign in the cell tell the two sides apart, too: colour should not be the only sign.
    """
    shown = frame.assign(size=values.abs(), high=values > 0)
    sides = alt.Scale(domain=[False, True], range=[LOW, HIGH])
    strength = alt.Scale(domain=[0, 1], range=[0.03, 0.75])
    return (
        alt.Chart(shown)
        .mark_rect(cornerRadius=2)
        .encode(
            fill=alt.Fill("high:N", scale=sides, legend=None),
            fillOpacity=alt.FillOpacity("size:Q", scale=strength, legend=None),
        )
    )
