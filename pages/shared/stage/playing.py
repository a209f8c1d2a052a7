"""The charts of the stage and the buttons that play them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.tables.results import component_letters
from pages.shared import drawing
from pages.shared.stage import controls, state
from pages.shared.stage.ground import Ground, ground_of, last_position, walk_of
from pages.shared.stage.setup import MOST_GROUPS, Stage

if TYPE_CHECKING:
    from gmm_core.charts.export import View

MOST_POINTS = 300
"""Rows that are drawn, evenly chosen."""

STYLE = """<style>
.st-key-em-charts .vega-bindings { width: 100% }
.st-key-em-charts .vega-bind label { width: calc(100% - 2.5rem) !important }
.st-key-em-charts .vega-bind input { width: 100% !important; flex: 1 }
.st-key-em-charts .vega-bind span, .st-key-em-climb .vega-bindings { display: none !important }
</style>"""
"""One slider below the stage; the other chart follows it. It ends before the sign that leads to the chart's files."""


def transport(stage: Stage) -> None:
    """Start, E step, M step, play or pause, end."""
    last, at = last_position(stage), state.at()
    odd = at % 2 == 1
    with st.container(horizontal=True, key="em-transport"):
        _button("Start", "skip_previous", at == 0, state.go_to, 0)
        _button("E step", "palette", odd or at >= last, state.go_to, at + 1, due=not odd)
        _button("M step", "open_with", not odd or at >= last, state.go_to, at + 1, due=odd)
        if state.playing():
            _button("Pause", "pause", False, state.play_or_pause, last)
        else:
            _button("Play", "play_arrow", False, state.play_or_pause, last)
        _button("End", "skip_next", at >= last, state.go_to, last)


def stage_chart(stage: Stage) -> None:
    """The stage, the climb of the log-likelihood, and the player that moves both."""
    ground = ground_of(stage)
    key = f"{ground.key}|{stage.key}|{state.ringed()}"
    st.html(STYLE)
    with st.container(key="em-charts"):
        draw = _line if ground.n_columns == 1 else _plane
        alt = f"EM on {' and '.join(ground.columns)}: rows in the colour of their likeliest component, which moves"
        drawing.chart("em-stage-chart", key, lambda: draw(stage, ground), alt, on_pick=_picked, named=False)
        with st.container(key="em-climb"):
            title = "Log posterior" if stage.prior else "Log-likelihood"
            drawing.chart("em-climb-chart", key, lambda: _climb(stage, title), f"{title} by iteration", named=False)
    _player()(
        key=state.PLAYER,
        data={"at": state.at(), "moves": state.moves(), "playing": state.playing(), "last": last_position(stage)},
        on_stopped_change=state.take_position,
    )


def clicks() -> None:
    """What a click on a row does."""
    letter = component_letters(MOST_GROUPS)[controls.chosen_component()]
    options = {"ask": "shows its arithmetic", "start": f"starts {letter} there"}
    st.segmented_control(
        "A click on a row",
        list(options),
        format_func=lambda name: options[name],
        default="ask",
        key="em-click",
        required=True,
        persist_state="session",
    )


def _button(label: str, icon: str, disabled: bool, act: Any, argument: int, due: bool = False) -> None:
    st.button(
        label,
        key=f"em-{label}",
        icon=f":material/{icon}:",
        type="primary" if due and not disabled else "secondary",
        disabled=disabled,
        on_click=act,
        args=(argument,),
    )


def _picked() -> None:
    picked = drawing.picked("em-stage-chart", charts.PICK)
    if not picked:
        return
    position = int(picked[0]["row"]) - 1
    state.ask_about(position)
    if st.session_state.get("em-click") == "start":
        mean = tuple(ground_of(state.stage()).values[position].tolist())
        state.replace_stage(lambda stage: stage.with_mean(controls.chosen_component(), mean))


def _line(stage: Stage, ground: Ground) -> View:
    from gmm_core.tables import mixture_frames, plotting, steps

    walk = walk_of(stage)
    low, high = ground.ends(0)
    room = 0.5 * (high - low)
    truth = None
    if ground.truth is not None:
        curves = mixture_frames.curves_frame(ground.truth, low - room, high + room)
        truth = curves[curves["component"] == mixture_frames.MIXTURE]
    return charts.stage_line(
        steps.states_frame([step.mixture for step in walk.steps]),
        steps.courses_frame(walk, ground.values, steps.some_rows(len(ground.values), MOST_POINTS, state.ringed())),
        plotting.bins_frame(ground.values[:, 0]),
        x_title=ground.columns[0],
        picked=state.ringed() + 1,
        truth=truth,
    )


def _plane(stage: Stage, ground: Ground) -> View:
    from gmm_core.tables import mixture_frames, steps

    walk = walk_of(stage)
    truth = None if ground.truth is None else mixture_frames.ellipses_frame(ground.truth, (0.95,))
    return charts.stage_plane(
        steps.states_frame([step.mixture for step in walk.steps]),
        steps.courses_frame(walk, ground.values, steps.some_rows(len(ground.values), MOST_POINTS, state.ringed())),
        x_title=ground.columns[0],
        y_title=ground.columns[1],
        picked=state.ringed() + 1,
        truth=truth,
    )


def _climb(stage: Stage, title: str) -> View:
    from gmm_core.tables.steps import climb_frame

    return charts.climb(climb_frame(walk_of(stage)), value_title=title)


@cache
def _player() -> Any:
    source = Path(__file__).with_name("player.js").read_text(encoding="utf-8")
    return st.components.v2.component("em_player", js=source)
