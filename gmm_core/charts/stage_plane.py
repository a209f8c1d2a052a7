"""EM at work in the plane, to be played: rows take the colours of the groups in E steps, groups move in M steps."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
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

_TURN = 60
_RADIUS = float(np.sqrt(-2 * np.log(0.05)))
"""Of the ellipse that holds 95 % of a group in the plane, in standard deviations."""


def stage_plane(
    states: pd.DataFrame,
    courses: pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    picked: int,
    truth: pd.DataFrame | None = None,
    width: Width = "container",
    height: int = 440,
) -> alt.LayerChart:
    """Two columns: the rows as points, and the ellipse that holds 95 % of each group.

    Parameters
    ----------
    states : pandas.DataFrame
        Columns step, component, x, y, sx, slant and sy: where each group is after so many M steps, and the
        covariance's Cholesky factor.
    courses : pandas.DataFrame
        Columns row, x, y, likeliest and certainty; the last two hold lists with an entry a step.
    x_title, y_title : str
        The user's column names; any characters.
    picked : int
        The row with a ring.
    truth : pandas.DataFrame, optional
        Columns component, order, x, y: outlines of what the rows were drawn from, dashed.
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
    up = roomy_span(courses["y"], states["y"], (states["slant"] ** 2 + states["sy"] ** 2) ** 0.5)
    layers = [
        *([] if truth is None else _true_outlines(truth)),
        *moving_rows(courses, picked, {"x": x_title, "y": y_title}, letters, size=44),
        *_outlines(groups),
        *moving_badges(groups, now("x"), now("y")),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, grid=True, **tick_format(*across))),
        y=alt.Y(scale=linear(*up), axis=y_axis(y_title, **tick_format(*up))),
    )
    return playing(sized(placed, width, height), states["step"].nunique(), states)


def _outlines(groups: list[str]) -> list[alt.Chart]:
    turn = np.linspace(0, 2 * np.pi, _TURN)
    frame = pd.DataFrame(
        {
            "component": np.repeat(groups, _TURN),
            "k": np.repeat(range(len(groups)), _TURN),
            "across": np.tile(_RADIUS * np.cos(turn), len(groups)),
            "up": np.tile(_RADIUS * np.sin(turn), len(groups)),
        }
    )
    base = (
        alt.Chart(frame.round(4))
        .transform_calculate(
            x=f"{now('x')} + datum.across * {now('sx')}",
            y=f"{now('y')} + datum.across * {now('slant')} + datum.up * {now('sy')}",
        )
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), color=alt.Color("component:N", scale=colour_scale(groups), legend=None))
    )
    closed: dict[str, Any] = {"interpolate": "linear-closed", "order": False, "clip": True, "tooltip": None}
    return [
        base.mark_line(filled=True, strokeWidth=0, fillOpacity=0.07, **closed),
        base.mark_line(strokeWidth=2, **closed).encode(
            strokeDash=alt.StrokeDash("component:N", scale=dash_scale(groups), legend=None)
        ),
    ]


def _true_outlines(truth: pd.DataFrame) -> list[alt.Chart]:
    mark: dict[str, Any] = {"color": NEUTRAL, "strokeDash": [5, 4], "strokeWidth": 1.5, "clip": True, "tooltip": None}
    frame = only(truth.sort_values(["component", "order"], kind="stable"), "component", "x", "y")
    line = alt.Chart(frame).mark_line(interpolate="linear-closed", order=False, **mark)
    top = frame.loc[[frame["y"].idxmax()]]
    word = alt.Chart(only(top, "x", "y").assign(text="truth")).encode(text=alt.Text("text:N"))
    words = haloed(word, fontSize=11, fontStyle="italic", baseline="bottom", dy=-4)
    return [
        line.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), detail=alt.Detail("component:N")),
        *(layer.encode(x=alt.X("x:Q"), y=alt.Y("y:Q")) for layer in words),
    ]
