"""Charts that play: all steps of a walk go to the browser at once, and one parameter says where in it the picture is.

The parameter is bound to a slider of the chart's own. A position is half a step: at 0 the walk begins, odd positions
follow an E step, even ones an M step. Positions in between are drawn in between.
"""

from typing import Any

import altair as alt
import pandas as pd

POSITION = "position"
_EXACT = 6
"""Significant digits of what is drawn."""

LESSER, GREATER, PART, KNOWN = "lesser", "greater", "part", "known"


def last_position(n_steps: int) -> int:
    """The position after the E step of the last of so many steps."""
    return 2 * n_steps - 1


def playing(chart: alt.LayerChart, n_steps: int, states: pd.DataFrame | None = None) -> alt.LayerChart:
    """The chart with its slider, and what its expressions refer to.

    These are `KNOWN`, how many E steps have been taken; and of the numeric columns of ``states`` (step, component, ...)
    the values in between two steps, as `now` names them.
    """
    half = f"({POSITION} - 2 * floor({POSITION} / 2))"
    slider = alt.binding_range(min=0, max=last_position(n_steps), step=0.01, name="Step")
    params = [
        alt.param(name=POSITION, value=0, bind=slider),
        _derived(KNOWN, f"floor({POSITION} / 2) + min(1, {half})"),
    ]
    if states is not None:
        params += [
            _derived("moved", f"floor({POSITION} / 2) + max(0, {half} - 1)"),
            _derived(LESSER, f"min(floor(moved), {n_steps - 1})"),
            _derived(GREATER, f"min({LESSER} + 1, {n_steps - 1})"),
            _derived(PART, f"moved - {LESSER}"),
            *_between(states),
        ]
    return chart.add_params(*params)


def now(column: str) -> str:
    """Expression for the present value of a column of the states, for the component whose number is ``datum.k``."""
    return f"now_{column}[datum.k]"


def between(values: str) -> str:
    """Expression for the value of a list of a row's, one a number of E steps taken, at the present one."""
    low, high = f"{values}[floor({KNOWN})]", f"{values}[ceil({KNOWN})]"
    return f"lerp([{low}, {high}], {KNOWN} - floor({KNOWN}))"


def _between(states: pd.DataFrame) -> list[Any]:
    n_components = states["component"].nunique()
    params = []
    for column in states.columns.drop(["step", "component"]):
        table = states[column].map(_rounded).to_numpy().reshape(-1, n_components).tolist()
        parts = [
            f"lerp([all_{column}[{LESSER}][{k}], all_{column}[{GREATER}][{k}]], {PART})" for k in range(n_components)
        ]
        params += [alt.param(name=f"all_{column}", value=table), _derived(f"now_{column}", f"[{', '.join(parts)}]")]
    return params


def _derived(name: str, expression: str) -> Any:
    return alt.param(name=name, expr=expression)


def _rounded(value: float) -> float:
    return float(f"{value:.{_EXACT}g}")
