"""How rare rows are under a model: a histogram of p-values by powers of ten, beside what the model expects."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    NEUTRAL,
    Width,
    below_top,
    haloed,
    linear,
    lines,
    only,
    sized,
    x_axis,
    y_axis,
)

KNOWN_FAULT = "#D55E00"
"""Of rows that are known to be faults; a narrower bar within the others tells them apart too."""

_SOLID, _FAINT = 0.6, 0.2
"""Opacity of bars, and of those of rows that were not chosen."""

_ONE_IN = "datum.value <= 0 ? 'all' : '1 in ' + format(pow(10, datum.value), '~s')"
"""Labels of the axis of powers of ten."""

_COUNTED = "format(datum.value, datum.value < 1000 ? 'd' : '~s')"

_TICKS = (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def rarity(
    bins: pd.DataFrame, *, threshold: float | None = None, note: str = "", width: Width = "container", height: int = 230
) -> alt.LayerChart:
    """Rows by how rarely the model makes one as odd; bars beyond the threshold in colour, the model's own as steps.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right (powers of ten: 2 is "1 in 100"), count, expected, known (how many are known faults), chosen
        (how many a person chose: where these are not all, the others are faint).
    threshold : float, optional
        Power of ten from which rows are flagged; drawn as a rule.
    note : str
        What to write at the rule, such as "17 rows".
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    frame = only(bins, "left", "right", "count", "expected", "known", "chosen")
    frame["flagged"] = (frame["left"] + frame["right"]) / 2 > (float("inf") if threshold is None else threshold)
    frame["range"] = [f"1 in {10**low:,.0f} to 1 in {10**high:,.0f}" for low, high in _ends(frame)]
    layers = [
        *_bars(frame),
        *([_known(frame)] if frame["known"].any() else []),
        _expected(frame),
        *([] if threshold is None else _rule(threshold, note, float(frame["right"].max()))),
    ]
    most = max(1.0, *frame["count"], *frame["expected"])
    up = alt.Scale(type="symlog", constant=1, domain=[0, 1.6 * most], nice=False)
    ticks = [each for each in _TICKS if each <= 1.6 * most]
    placed = alt.layer(*layers).encode(
        x=alt.X(
            scale=linear(0.0, float(frame["right"].max())),
            axis=x_axis(
                "The model makes a row as odd once in", labelExpr=_ONE_IN, labelFlush=True, **_at(_powers(frame))
            ),
        ),
        y=alt.Y(scale=up, axis=y_axis("Rows", labelExpr=_COUNTED, **_at(ticks))),
    )
    return sized(placed, width, height)


def _at(values: list[int]) -> dict[str, Any]:
    """Axis properties for ticks at just these values: of more than its count Vega would drop some."""
    return {"values": values, "tickCount": len(values)}


def _ends(frame: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(frame["left"], frame["right"], strict=True))


def _powers(frame: pd.DataFrame) -> list[int]:
    last = int(frame["right"].max())
    return list(range(0, last + 1, 1 if last <= 4 else 2))


def _bars(frame: pd.DataFrame) -> list[alt.Chart]:
    """All rows, and where only some were chosen, these before the others."""
    if (frame["chosen"] == frame["count"]).all():
        return [_bar(frame, "count", _SOLID)]
    told: list[tuple[str, str, str | None]] = [("chosen:Q", "Chosen", COUNT)]
    return [_bar(frame, "count", _FAINT, told), _bar(frame[frame["chosen"] > 0], "chosen", _SOLID, told)]


def _bar(
    frame: pd.DataFrame, height: str, opacity: float, more: Sequence[tuple[str, str, str | None]] = ()
) -> alt.Chart:
    colours = alt.Scale(domain=[False, True], range=[NEUTRAL, ACCENT])
    known: list[tuple[str, str, str | None]] = [("known:Q", "Known faults", COUNT)] if frame["known"].any() else []
    tooltip = [
        ("range:N", "As odd", None),
        ("count:Q", "Rows", COUNT),
        ("expected:Q", "Expected", ",.2~f"),
        *known,
        *more,
    ]
    drawn = frame.drop(columns=[*([] if known else ["known"]), *([] if more else ["chosen"])])
    return (
        alt.Chart(drawn)
        .mark_bar(opacity=opacity, binSpacing=1)
        .encode(
            x=alt.X("left:Q", bin="binned"),
            x2=alt.X2("right"),
            y=alt.Y(f"{height}:Q", stack=None),
            color=alt.Color("flagged:N", scale=colours, legend=None),
            tooltip=lines(tooltip),
        )
    )


def _known(frame: pd.DataFrame) -> alt.Chart:
    inner = only(frame[frame["known"] > 0], "left", "right", "known")
    quarter = (inner["right"] - inner["left"]) / 4
    inner = inner.assign(left=inner["left"] + quarter, right=inner["right"] - quarter)
    return (
        alt.Chart(inner)
        .mark_bar(opacity=1, binSpacing=0, color=KNOWN_FAULT, tooltip=None)
        .encode(x=alt.X("left:Q", bin="binned"), x2=alt.X2("right"), y=alt.Y("known:Q", stack=None))
    )


def _expected(frame: pd.DataFrame) -> alt.Chart:
    """Steps as wide as the bars."""
    mark: dict[str, Any] = {"interpolate": "step-after", "strokeWidth": 1.75, "color": NEUTRAL, "tooltip": None}
    steps = pd.concat([frame, frame.tail(1).assign(left=frame["right"].max())])
    return (
        alt.Chart(only(steps, "left", "expected"))
        .mark_line(**mark)
        .encode(x=alt.X("left:Q"), y=alt.Y("expected:Q"), order=alt.Order("left:Q"))
    )


def _rule(threshold: float, note: str, last: float) -> list[alt.Chart]:
    frame = pd.DataFrame({"threshold": [min(threshold, last)], "text": [note]})
    base = alt.Chart(frame).encode(x=alt.X("threshold:Q"))
    right = threshold > last / 2
    side: dict[str, Any] = {"align": "right" if right else "left", "dx": -6 if right else 6}
    return [
        base.mark_rule(color=ACCENT, strokeWidth=1.5, strokeDash=[5, 3], tooltip=None),
        *haloed(base.encode(y=below_top(6), text=alt.Text("text:N")), fontWeight="bold", baseline="top", **side),
    ]
