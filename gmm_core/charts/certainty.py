"""How sure the rows' places are: a histogram of certainty by group, and the rows below a threshold."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    PERCENT_LABELS,
    Width,
    below_top,
    colour_scale,
    haloed,
    in_order,
    linear,
    lines,
    only,
    percent,
    sized,
    span,
    words,
    x_axis,
    y_axis,
)

_MOST_COUNTED = 16
_SURE = 0.45
"""Opacity of bars from the threshold on."""
_APART = 0.17
"""Part of the axis, up to the highest bar, between two of its marks."""


def certainty(
    bins: pd.DataFrame,
    *,
    threshold: float | None = None,
    note: str = "",
    width: Width = "container",
    height: int = 280,
) -> alt.LayerChart:
    """Rows by certainty (the largest membership), a bar's parts in the colours of the groups; paler from the threshold.

    Most rows are sure as a rule, so bars are as high as the roots of their counts (Tukey's rootogram), and the few
    rows that aren't are seen beside them. A bar is parted by the groups' shares of it.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right (shares, 0..1), component, count. Up to 16 bars carry their count.
    threshold : float, optional
        Certainty below which a row counts as unsure, 0..1; drawn as a rule.
    note : str
        What to write at the rule after the threshold, such as "14 rows below".
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(bins, "left", "right", "component", "count")
    totals = frame.groupby(["left", "right"], as_index=False)["count"].sum()
    shares = span([frame["left"], frame["right"]], padding=0.01)
    layers = [
        _bars(frame[frame["count"] > 0], threshold or 0.0),
        *([_counts(totals[totals["count"] > 0])] if len(totals) <= _MOST_COUNTED else []),
        *([] if threshold is None else _rule(threshold, note, shares)),
    ]
    most = max(1, int(totals["count"].max()))
    levels = _levels(most)
    roots = alt.Scale(type="sqrt", domain=[0, 1.25 * most], nice=False)
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*shares), axis=x_axis("Certainty (largest membership)", labelExpr=PERCENT_LABELS)),
        y=alt.Y(scale=roots, axis=y_axis("Rows", values=levels, tickCount=len(levels), format=COUNT)),
    )
    return sized(placed, width, height)


def _levels(most: int) -> list[int]:
    """Zero, and 1, 2 or 5 times powers of ten that stand apart on the axis of roots."""
    sizes = [digit * 10**power for power in range(len(str(most))) for digit in (1, 2, 5)]
    chosen: list[int] = []
    for size in reversed([each for each in sizes if each <= most]):
        below = (chosen[-1] if chosen else 4 * most) ** 0.5 - size**0.5
        if min(below, size**0.5) >= _APART * most**0.5:
            chosen.append(size)
    return [0, *reversed(chosen)]


def _bars(frame: pd.DataFrame, threshold: float) -> alt.Chart:
    told = [f"{percent(low)} to {percent(high)}" for low, high in zip(frame["left"], frame["right"], strict=True)]
    unsure = alt.when(f"(datum.left + datum.right) / 2 < {threshold}").then(alt.value(1)).otherwise(alt.value(_SURE))
    return (
        alt.Chart(frame.assign(range=told))
        .mark_bar(opacity=1, binSpacing=2)
        .transform_stack(["below", "up"], stack="count", groupby=["left"], sort=[alt.SortField("component")])
        .transform_joinaggregate(total="sum(count)", groupby=["left"])
        .transform_calculate(base="pow(datum.below, 2) / datum.total", top="pow(datum.up, 2) / datum.total")
        .encode(
            x=alt.X("left:Q", bin="binned"),
            x2=alt.X2("right"),
            y=alt.Y("base:Q"),
            y2=alt.Y2("top"),
            color=alt.Color("component:N", scale=colour_scale(in_order(frame["component"])), legend=None),
            fillOpacity=unsure,
            tooltip=lines([("range:N", "Certainty", None), ("component:N", "Group", None), ("count:Q", "Rows", COUNT)]),
        )
    )


def _counts(totals: pd.DataFrame) -> alt.Chart:
    middle = only(totals, "count").assign(middle=(totals["left"] + totals["right"]).to_numpy() / 2)
    mark = words(fontSize=11, baseline="bottom", dy=-3)
    return (
        alt.Chart(middle)
        .mark_text(**mark)
        .encode(x=alt.X("middle:Q"), y=alt.Y("count:Q"), text=alt.Text("count:Q", format=COUNT))
    )


def _rule(threshold: float, note: str, shares: tuple[float, float]) -> list[alt.Chart]:
    text = f"{percent(threshold)}: {note}" if note else percent(threshold)
    frame = pd.DataFrame({"threshold": [threshold], "text": [text]})
    base = alt.Chart(frame).encode(x=alt.X("threshold:Q"))
    right = threshold > sum(shares) / 2
    side: dict[str, Any] = {"align": "right" if right else "left", "dx": -6 if right else 6}
    label = base.encode(y=below_top(6), text=alt.Text("text:N"))
    return [
        base.mark_rule(color=ACCENT, strokeWidth=1.5, strokeDash=[5, 3], tooltip=None),
        *haloed(label, fontWeight="bold", baseline="top", **side),
    ]
