"""What one may turn on the stage: its rows, the truth they are drawn from, the start, and the rules of EM."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from gmm_core import EXAMPLES
from gmm_core.model.families import COMMON, get_family
from gmm_core.tables.results import component_letters
from pages.shared import session
from pages.shared.stage import ground, state
from pages.shared.stage.setup import LEAST_FLOOR, LINE, LOADED, MOST_GROUPS, MOST_ROWS, MOST_STEPS, PLANE, Stage
from pages.shared.wording import escaped
from pages.shared.workspace import LARGEST_SEED

GAINS = (10.0, 1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-6, 0.0)
FLOORS = {LEAST_FLOOR: "none but rounding", 1e-4: "0.01 %", 1e-3: "0.1 %", 1e-2: "1 %", 1e-1: "10 %"}
NARROWEST, WIDEST = 0.02, 3.0
"""Ends of the slider for the starting spread, in spreads of the column."""

_ONE = "em-component"


def rows(stage: Stage) -> None:
    """Where the rows come from, and for drawn rows the truth."""
    names = {LINE: "Drawn rows, one column", PLANE: "Drawn rows, two columns"}
    names[LOADED] = f"The loaded table: {session.workspace().table.name}"
    names |= {name: f"Example: {example.title}" for name, example in EXAMPLES.items()}
    _show("em-source", stage.source)
    st.selectbox("Rows", list(names), format_func=lambda name: names[name], key="em-source", on_change=_take_source)
    _TRUTHS.get(stage.source, _columns)(stage)


def start(stage: Stage, elsewhere: tuple[str, ...] = ()) -> None:
    """Where the components begin: sliders for one of them, the spread of all, or random rows.

    ``elsewhere`` names controls that the page shows already.
    """
    letters = list(component_letters(stage.n_components))
    if st.session_state.get(_ONE) not in letters:
        _show(_ONE, letters[0])
    if "groups" not in elsewhere:
        groups(stage)
    letter = st.segmented_control(
        "Start of", letters, key=_ONE, required=True, help="A click in the chart can put it there, too: see below it."
    )
    component = letters.index(letter or letters[0])
    found = ground.ground_of(stage)
    for column, name in enumerate(found.columns):
        _mean(stage, found, component, column, name)
    if "spread" not in elsewhere:
        spread(stage)
    st.button("Start at random rows", icon=":material/casino:", key="em-random", on_click=_take_random)


def chosen_component() -> int:
    """The component whose start the sliders move."""
    letters = component_letters(MOST_GROUPS)
    return letters.index(st.session_state.get(_ONE, letters[0]))


def rules(stage: Stage, names: tuple[str, ...]) -> None:
    """The rules of EM, by their names."""
    for name in names:
        KNOBS[name](stage)


def groups(stage: Stage) -> None:
    """K; other components begin at random rows."""
    _show("em-groups", stage.n_components)
    st.slider("Number of components (K)", 1, MOST_GROUPS, key="em-groups", on_change=_take_groups)


def spread(stage: Stage) -> None:
    """The spread with which all components begin, or stay."""
    own = ground.ground_of(stage).spreads
    relative = stage.spreads[0] / own[0]
    several = len(own) > 1
    label = "Spread of all components" if stage.hold else "Spread at the start"
    ends = min(NARROWEST, relative), max(WIDEST, relative)
    scale = 1.0 if several else own[0]
    _show("em-spread", relative * scale)
    st.slider(
        f"{label}{', in spreads of the columns' if several else ''} (σ)",
        ends[0] * scale,
        ends[1] * scale,
        step=0.01 * scale if several else None,
        key="em-spread",
        on_change=_take_spread,
        args=(scale,),
    )


def _family(stage: Stage) -> None:
    names = list(dict.fromkeys([*COMMON, stage.family]))
    _choice("family", "Shape of the components", names, stage.family, lambda name: get_family(name).words.capitalize())


def _gain(stage: Stage) -> None:
    _choice("least_gain", "Stop when a step gains less than (nats)", GAINS, stage.least_gain, lambda gain: f"{gain:g}")


def _steps(stage: Stage) -> None:
    _show("em-most_steps", stage.most_steps)
    st.slider("Most iterations", 1, MOST_STEPS, key="em-most_steps", on_change=_take, args=("most_steps",))


def _floor(stage: Stage) -> None:
    _choice("floor", "Variance floor, of a column's variance", list(FLOORS), stage.floor, lambda floor: FLOORS[floor])


def _noise(stage: Stage) -> None:
    _switch("noise", "Odd rows may be noise", stage.noise)


def _prior(stage: Stage) -> None:
    _switch("prior", "A mild prior steadies small groups", stage.prior)


def _hold(stage: Stage) -> None:
    _switch("hold", "All components keep their starting spread", stage.hold)


KNOBS: dict[str, Callable[[Stage], None]] = {
    "groups": groups,
    "spread": spread,
    "family": _family,
    "floor": _floor,
    "prior": _prior,
    "noise": _noise,
    "hold": _hold,
    "gain": _gain,
    "steps": _steps,
}
RULES = ("family", "gain", "steps", "floor", "prior", "noise", "hold")


def _line_truth(stage: Stage) -> None:
    _drawn(stage)
    for position, name in enumerate("AB"):
        left, right = st.columns(2)
        with left:
            _number(f"Mean of {name}", "truth_means", position, stage.truth_means[position])
        with right:
            _number(f"Spread of {name}", "truth_spreads", position, stage.truth_spreads[position], 0.01)
    _slide("Share of A", "truth_share", 0.05, 0.95, stage.truth_share)


def _plane_truth(stage: Stage) -> None:
    _drawn(stage)
    _slide("Distance of the groups", "distance", 0.0, 12.0, stage.distance)
    _slide("Length of the groups", "length", 0.5, 8.0, stage.length)
    _show("em-n_odd", stage.n_odd)
    st.slider("Odd rows", 0, 60, key="em-n_odd", on_change=_take, args=("n_odd",))


def _columns(stage: Stage) -> None:
    found = ground.ground_of(stage)
    _show("em-columns", list(found.columns))
    st.multiselect(
        "One column or two",
        list(found.choice),
        max_selections=ground.MOST_COLUMNS,
        key="em-columns",
        on_change=_take_columns,
    )


_TRUTHS: dict[str, Callable[[Stage], None]] = {LINE: _line_truth, PLANE: _plane_truth}


def _drawn(stage: Stage) -> None:
    left, right = st.columns(2)
    for place, label, name, most in ((left, "Rows drawn (N)", "n", MOST_ROWS), (right, "Seed", "seed", LARGEST_SEED)):
        with place:
            least = 1 if name == "n" else 0
            _show(f"em-{name}", getattr(stage, name))
            st.number_input(label, least, most, key=f"em-{name}", on_change=_take, args=(name,))


def _mean(stage: Stage, found: ground.Ground, component: int, column: int, name: str) -> None:
    low, high = found.ends(column)
    room = 0.5 * ((high - low) or abs(high) or 1.0)
    value = stage.means[component][column]
    key = f"em-mean-{column}"
    _show(key, value)
    st.slider(
        escaped(name),
        min(low - room, value),
        max(high + room, value),
        key=key,
        on_change=_take_mean,
        args=(component, column, key),
    )


def _number(label: str, name: str, position: int, value: float, least: float | None = None) -> None:
    key = f"em-{name}-{position}"
    _show(key, value)
    st.number_input(label, least, step=0.1, key=key, on_change=_take_part, args=(name, position, key))


def _slide(label: str, name: str, low: float, high: float, value: float) -> None:
    _show(f"em-{name}", value)
    st.slider(label, low, high, key=f"em-{name}", on_change=_take, args=(name,))


def _choice(name: str, label: str, options: Any, value: Any, words: Callable[[Any], str]) -> None:
    _show(f"em-{name}", value)
    st.selectbox(label, options, format_func=words, key=f"em-{name}", on_change=_take, args=(name,))


def _switch(name: str, label: str, value: bool) -> None:
    _show(f"em-{name}", value)
    st.toggle(label, key=f"em-{name}", on_change=_take, args=(name,))


def _show(key: str, value: Any) -> None:
    st.session_state[key] = value


def _take(name: str) -> None:
    value = st.session_state[f"em-{name}"]
    if value is not None:
        state.change(**{name: value})


def _take_part(name: str, position: int, key: str) -> None:
    values = list(getattr(state.stage(), name))
    if st.session_state[key] is not None:
        values[position] = float(st.session_state[key])
        state.change(**{name: tuple(values)})


def _take_mean(component: int, column: int, key: str) -> None:
    mean = list(state.stage().means[component])
    mean[column] = float(st.session_state[key])
    state.replace_stage(lambda stage: stage.with_mean(component, tuple(mean)))


def _take_groups() -> None:
    k = min(max(int(st.session_state["em-groups"]), 1), MOST_GROUPS)
    state.replace_stage(lambda stage: ground.scattered(stage, k, seed=0))


def _take_spread(scale: float) -> None:
    factor = float(st.session_state["em-spread"]) / scale
    state.replace_stage(lambda stage: stage.having(spreads=tuple(factor * s for s in ground.ground_of(stage).spreads)))


def _take_random() -> None:
    seed = st.session_state["em-draws"] = int(st.session_state.get("em-draws", 0)) + 1
    state.replace_stage(lambda stage: ground.scattered(stage, stage.n_components, seed))


def _take_source() -> None:
    state.replace_stage(lambda stage: ground.on_source(stage, st.session_state["em-source"]))


def _take_columns() -> None:
    if st.session_state["em-columns"]:
        columns = tuple(st.session_state["em-columns"])
        state.replace_stage(lambda stage: ground.on_source(stage, stage.source, columns))
