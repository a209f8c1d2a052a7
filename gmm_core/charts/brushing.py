"""A brush on a chart: a box that a person drags to choose the rows in it."""

from collections.abc import Mapping
from typing import Any, Literal

import altair as alt
import pandas as pd

from gmm_core.charts.style import BADGES, BRUSH, NEUTRAL, ON_BADGE, with_parts

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
        a layer of its own, with one point that is not seen, behind the others so that these keep their tooltips. Its
        box lies above the layers beside it, which are those below the badges: so these can be clicked inside it.
    """
    corner = {axis: [float(chart.encoding[axis]["scale"]["domain"][0])] for axis in axes}
    places = {"x": alt.X("x:Q"), "y": alt.Y("y:Q")}
    ground = (
        alt.Chart(pd.DataFrame(corner))
        .mark_point(opacity=0, tooltip=None, aria=False)
        .encode(**{axis: places[axis] for axis in axes})
        .add_params(alt.selection_interval(name=BRUSH, encodings=list(axes), on=_DRAG))
    )
    layers: list[Any] = list(chart.layer)
    lifted: Any = alt.layer(ground)  # its brush and its rows are on the whole now; the rows go back
    below = next((at for at, layer in enumerate(layers) if layer.name == BADGES), len(layers))
    boxed_layers = [with_parts(lifted.layer[0], data=ground.data), *layers[:below]]
    inner = with_parts(lifted, layer=boxed_layers, data=alt.Undefined, params=alt.Undefined)
    return with_parts(chart, layer=[inner, *layers[below:]], params=lifted.params)


def boxed(spec: dict[str, Any], box: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The specification with the box that was dragged on another chart of the same axes.

    Parameters
    ----------
    spec : dict
        Of `to_page`, with layers; left as it is.
    box : mapping of "x" and "y" to tuple
        Ends along each axis; none for no box.

    Returns
    -------
    dict
    """
    if not box:
        return spec
    ends = {f"{axis}{end}": value for axis, pair in box.items() for end, value in enumerate(pair)}
    places = {axis: {"field": f"{axis}0", "type": "quantitative"} for axis in box}
    others = {f"{axis}2": {"field": f"{axis}1"} for axis in box}
    mark = {"type": "rect", "color": NEUTRAL, "fillOpacity": 0.15, "stroke": NEUTRAL, "tooltip": None, "aria": False}
    layer = {"data": {"values": [ends]}, "mark": mark, "encoding": {**places, **others}}
    return {**spec, "layer": [layer, *spec["layer"]]}
