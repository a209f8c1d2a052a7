"""EM at work on one column, to be played: rows take the colours of the groups in E steps, groups move in M steps."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    DENSITY,
    NEUTRAL,
    Width,
    colour_scale,
    dash_scale,
    haloed,
    letters_of,
    linear,
    moving_badges,
    moving_rows,
    now,
    only,
    playing,
    roomy_span,
    sized,
    tick_format,
    x_axis,
    y_axis,
)

_STRIP = 0.2
"""Height of the strip of rows below the curves, as a share of the highest bar."""
_HEADROOM = 1.35
"""A curve may rise above the highest bar or the highest curve at the end by so much; spikes are cut off."""
_GRID = 180
_ENDS = 4
"""How far a curve is drawn, in standard deviations."""
_ROOT = float(np.sqrt(2 * np.pi))


def stage_line(
    states: pd.DataFrame,
    courses: pd.DataFrame,
    bins: pd.DataFrame,
    *,
    x_title: str,
    picked: int,
    truth: pd.DataFrame | None = None,
    width: Width = "container",
    height: int = 380,
) -> alt.LayerChart:
    """One column: the histogram, each group's share of the density, their sum, and the rows in a strip below.

    Parameters
    ----------
    states : pandas.DataFrame
        Columns step, component, weight, x, sx: where each group is after so many M steps.
    courses : pandas.DataFrame
        Columns row, x, likeliest and certainty; the last two hold lists with an entry a step.
    bins : pandas.DataFrame
        Columns left, right, density.
    x_title : str
        The user's column name; any characters.
    picked : int
        The row with a ring.
    truth : pandas.DataFrame, optional
        Columns x, density: what the rows were drawn from, as a dashed line.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
        With a slider below it, which a page may hide and move.
    """
    groups, letters = letters_of(states, courses)
    across = roomy_span(courses["x"], states["x"], states["sx"])
    top = _HEADROOM * _highest(states, bins)
    peak = f"{now('weight')} / ({now('sx')} * {_ROOT:.6f})"
    strip = courses.assign(y=-_STRIP * top * _scattered(len(courses)))
    layers = [
        _bars(bins),
        *([] if truth is None else _true_curve(truth)),
        _sum_of_all(across, len(groups), top),
        *_curves(groups, peak, top),
        *moving_rows(strip, picked, {"x": x_title}, letters, size=34),
        *moving_badges(groups, now("x"), f"min({peak}, {0.93 * top:.6g})"),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, **tick_format(*across))),
        y=alt.Y(
            scale=linear(-1.15 * _STRIP * top, top),
            axis=y_axis("Density", labelExpr="datum.value < 0 ? '' : datum.label", format=DENSITY),
        ),
    )
    return playing(sized(placed, width, height), states["step"].nunique(), states)


def _highest(states: pd.DataFrame, bins: pd.DataFrame) -> float:
    """The highest bar, or the highest group at the end where it isn't a spike."""
    last = states[states["step"] == states["step"].max()]
    bar = float(bins["density"].max())
    return max(bar, min(float((last["weight"] / last["sx"]).max()) / _ROOT, 2 * bar))


def _scattered(n: int) -> Any:
    """Heights between 0.2 and 1 that keep neighbours apart, the same each time."""
    return 0.2 + 0.8 * ((np.arange(n) * 0.6180339887) % 1.0)


def _bars(bins: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(only(bins, "left", "right", "density"))
        .mark_bar(color=NEUTRAL, opacity=0.22, binSpacing=1, tooltip=None)
        .encode(x=alt.X("left:Q", bin="binned"), x2=alt.X2("right"), y=alt.Y("density:Q"))
    )


def _curves(groups: list[str], peak: str, top: float) -> list[alt.Chart]:
    """Spikes are cut above the picture: browsers draw nothing that reaches too far out."""
    z = np.linspace(-_ENDS, _ENDS, 81)
    frame = pd.DataFrame(
        {
            "component": np.repeat(groups, len(z)),
            "k": np.repeat(range(len(groups)), len(z)),
            "z": np.tile(z, len(groups)),
        }
    )
    base = (
        alt.Chart(frame.round(3))
        .transform_calculate(
            x=f"{now('x')} + datum.z * {now('sx')}",
            density=f"abs(datum.z) < {_ENDS} ? min({peak} * exp(-datum.z * datum.z / 2), {1.2 * top:.6g}) : 0",
        )
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("density:Q", stack=None),
            color=alt.Color("component:N", scale=colour_scale(groups), legend=None),
        )
    )
    return [
        base.mark_area(opacity=0.1, clip=True, tooltip=None),
        base.mark_line(strokeWidth=2.25, clip=True, order=False, tooltip=None).encode(
            strokeDash=alt.StrokeDash("component:N", scale=dash_scale(groups), legend=None)
        ),
    ]


def _sum_of_all(across: tuple[float, float], n_groups: int, top: float) -> alt.Chart:
    parts = [
        f"now_weight[{k}] / (now_sx[{k}] * {_ROOT:.6f}) * exp(-pow((datum.x - now_x[{k}]) / now_sx[{k}], 2) / 2)"
        for k in range(n_groups)
    ]
    mark: dict[str, Any] = {"color": NEUTRAL, "strokeWidth": 6, "opacity": 0.5, "clip": True, "tooltip": None}
    return (
        alt.Chart(pd.DataFrame({"x": np.linspace(*across, _GRID)}))
        .transform_calculate(density=f"min({' + '.join(parts)}, {1.2 * top:.6g})")
        .mark_line(order=False, **mark)
        .encode(x=alt.X("x:Q"), y=alt.Y("density:Q"))
    )


def _true_curve(truth: pd.DataFrame) -> list[alt.Chart]:
    mark: dict[str, Any] = {"color": NEUTRAL, "strokeDash": [5, 4], "strokeWidth": 1.5, "clip": True, "tooltip": None}
    line = alt.Chart(only(truth, "x", "density")).mark_line(order=False, **mark)
    flank = truth.loc[[truth.loc[truth["density"] > 0.35 * truth["density"].max(), "x"].idxmax()]]
    word = alt.Chart(only(flank, "x", "density").assign(text="truth")).encode(text=alt.Text("text:N"))
    return [
        layer.encode(x=alt.X("x:Q"), y=alt.Y("density:Q"))
        for layer in (line, *haloed(word, fontSize=11, fontStyle="italic", align="left", dx=8))
    ]
