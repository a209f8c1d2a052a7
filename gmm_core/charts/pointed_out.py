"""One row of a chart pointed out by name: a ring on a map, an upright line on a histogram."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import ACCENT, below_top, haloed

_RING: dict[str, Any] = {"shape": "circle", "filled": False, "size": 420, "strokeWidth": 3, "opacity": 1}


def pointed_out(chart: alt.LayerChart, row: pd.DataFrame) -> alt.LayerChart:
    """A chart with one row marked and named.

    Parameters
    ----------
    chart : altair.LayerChart
        With the scales of its axes on the whole.
    row : pandas.DataFrame
        Columns x, told (what the row is called), and y on a map; one line, or none for no mark.

    Returns
    -------
    altair.LayerChart
    """
    if row.empty:
        return chart
    on_map = "y" in row
    low, high = chart.encoding["x"]["scale"]["domain"]
    right = float(row["x"].iloc[0]) > (low + high) / 2
    base = alt.Chart(row).encode(x=alt.X("x:Q"))
    base = base.encode(y=alt.Y("y:Q")) if on_map else base
    mark = (
        base.mark_point(color=ACCENT, tooltip=None, **_RING) if on_map else base.mark_rule(color=ACCENT, strokeWidth=2)
    )
    side: dict[str, Any] = {"align": "right" if right else "left", "dx": -16 if right else 16}
    label = base.encode(text=alt.Text("told:N"), **({} if on_map else {"y": below_top(6)}))
    whole = chart.copy()
    whole.layer = [*chart.layer, mark, *haloed(label, fontWeight="bold", **side)]
    return whole
