"""How sure the rows' places are: a histogram of certainty, and the rows below a threshold."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    NEUTRAL,
    PERCENT_LABELS,
    Width,
    below_top,
    haloed,
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


def certainty(
    bins: pd.DataFrame,
    *,
    threshold: float | None = None,
    note: str = "",
    width: Width = "container",
    height: int = 280,
) -> alt.LayerChart:
    """Rows by certainty (the largest membership); bars below the threshold in colour.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right (shares, 0..1), count. Up to 16 bars carry their count, since most rows are sure as a rule
        and the few that aren't make low bars.
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
    frame = only(bins, "left", "right", "count")
    frame["unsure"] = (frame["left"] + frame["right"]) / 2 < (threshold or 0.0)
    frame["range"] = [
        f"{percent(low)} to {percent(high)}" for low, high in zip(frame["left"], frame["right"], strict=True)
    ]
    shares = span([frame["left"], frame["right"]], padding=0.01)
    layers = [
        _bars(frame),
        *([_counts(frame)] if len(frame) <= _MOST_COUNTED else []),
        *([] if threshold is None else _rule(threshold, note, shares)),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*shares), axis=x_axis("Certainty (largest membership)", labelExpr=PERCENT_LABELS)),
        y=alt.Y(scale=linear(0, 1.12 * max(1, int(frame["count"].max()))), axis=y_axis("Rows", tickMinStep=1)),
    )
    return sized(placed, width, height)


def _bars(frame: pd.DataFrame) -> alt.Chart:
    colours = alt.Scale(domain=[False, True], range=[NEUTRAL, ACCENT])
    return (
        alt.Chart(frame)
        .mark_bar(opacity=1, binSpacing=2)
        .encode(
            x=alt.X("left:Q", bin="binned"),
            x2=alt.X2("right"),
            y=alt.Y("count:Q"),
            color=alt.Color("unsure:N", scale=colours, legend=None),
            tooltip=lines([("range:N", "Certainty", None), ("count:Q", "Rows", COUNT)]),
        )
    )


def _counts(frame: pd.DataFrame) -> alt.Chart:
    held = frame[frame["count"] > 0]
    middle = only(held, "count").assign(middle=(held["left"] + held["right"]).to_numpy() / 2)
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
