"""A brush on a chart: a box that a person drags to choose the rows in it."""

from typing import Any, Literal

import altair as alt
import pandas as pd

from gmm_core.charts.style import BRUSH, ON_BADGE, with_parts

_DRAG = f"[pointerdown[!({ON_BADGE})], window:pointerup] > window:pointermove!"
"""A box begins anywhere but on a badge, where a click is for the group."""

Axis = Literal["x", "y"]


def brushed(chart: Any, axes: tuple[Axis, ...] = ("x", "y")) -> alt.LayerChart:
    """A chart whose rows can be chosen by dragging a box over it.

    Parameters
    ----------
    chart : altair.LayerChart
        With the scales of its axes on the whole, as `scatter`, `histogram` and `certainty` have them.
    axes : tuple of "x" and "y"
        Along which the box has ends.

    Returns
    -------
    altair.LayerChart
        What is chosen comes under the names "x" and "y" whatever the layers call their columns: the brush belongs to
        a layer of its own, with one point that is not seen, behind the others so that these keep their tooltips.
    """
    corner = {axis: [float(chart.encoding[axis]["scale"]["domain"][0])] for axis in axes}
    places = {"x": alt.X("x:Q"), "y": alt.Y("y:Q")}
    ground = (
        alt.Chart(pd.DataFrame(corner))
        .mark_point(opacity=0, tooltip=None, aria=False)
        .encode(**{axis: places[axis] for axis in axes})
        .add_params(alt.selection_interval(name=BRUSH, encodings=list(axes), on=_DRAG))
    )
    # A copy of Altair's own moves the brush from its layer to the whole, where it is wanted only once.
    return with_parts(chart, layer=[ground, *chart.layer]).copy(deep=False)
