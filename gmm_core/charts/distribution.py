"""A small histogram of one column on one quiet axis, for a row of them; the axis may be that of a transform."""

import json
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    NEUTRAL,
    Width,
    linear,
    lines,
    numbered,
    only,
    sized,
    span,
    tick_format,
    x_axis,
)


def distribution(
    bins: pd.DataFrame,
    *,
    ticks: pd.DataFrame | None = None,
    quiet: bool = False,
    width: Width = "container",
    height: int = 130,
) -> alt.LayerChart:
    """Bars over an axis without a title.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right, density.
    ticks : pandas.DataFrame, optional
        Columns value (a place on the axis) and text (what stands there); by default the places' own numbers.
    quiet : bool
        Whether the bars are grey: what is not in use.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(bins, "left", "right", "density")
    across = span([frame["left"], frame["right"]], padding=0.0)
    tallest = float(frame["density"].max()) if len(frame) else 1.0
    axis = tick_format(*across) if ticks is None else _labelled(only(ticks, "value", "text"))
    bars = (
        alt.Chart(frame)
        .mark_bar(color=NEUTRAL if quiet else ACCENT, opacity=0.6, binSpacing=0.5, tooltip=None)
        .encode(
            x=alt.X("left:Q", bin="binned"),
            x2=alt.X2("right"),
            y=alt.Y("density:Q", axis=None, scale=linear(0, 1.05 * (tallest or 1.0))),
            **({} if ticks is not None else {"tooltip": _tooltip(frame)}),
        )
    )
    calm: dict[str, Any] = {"labelFontSize": 11, "labelFlush": True, "labelOverlap": False, **axis}
    return sized(alt.layer(bars).encode(x=alt.X(scale=linear(*across), axis=x_axis(None, **calm))), width, height)


def _labelled(ticks: pd.DataFrame) -> dict[str, Any]:
    """Marks at these places, each with its text."""
    texts = json.dumps(ticks["text"].astype(str).tolist())
    last = max(len(ticks) - 1, 1)
    label = f"{texts}[round(datum.index * {last})]"
    # The count must be stated too: Vega thins out values that are more than an axis counts on.
    return {"values": ticks["value"].tolist(), "tickCount": len(ticks), "labelExpr": label}


def _tooltip(frame: pd.DataFrame) -> Any:
    return lines([numbered(frame["left"], "left", "From"), numbered(frame["right"], "right", "to")])
