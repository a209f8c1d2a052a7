"""What one may turn on the stage: the start, and the rules of EM."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gmm_core.model.families import COMMON, get_family
from gmm_core.tables.results import component_letters
from pages.shared.named import named
from pages.shared.stage import ground, state, turning
from pages.shared.stage.setup import FLOORS, GAINS, MOST_GROUPS, MOST_STEPS, Stage
from pages.shared.terms import help_of

NARROWEST, WIDEST = 0.02, 3.0
"""Ends of the slider for the starting spread, in spreads of the column."""

_ONE = "em-component"


def start(stage: Stage, elsewhere: tuple[str, ...] = ()) -> None:
    """Where the components begin: sliders for one of them, the spread of all, or random rows.

    ``elsewhere`` names controls that the page shows already.
    """
    letters = list(component_letters(stage.n_components))
    if st.session_state.get(_ONE) not in letters:
        turning.show(_ONE, letters[0])
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
    turning.show("em-groups", stage.n_components)
    note = help_of("group")
    st.slider("Number of components (K)", 1, MOST_GROUPS, key="em-groups", help=note, on_change=_take_groups)


def spread(stage: Stage) -> None:
    """The spread with which all components begin, or stay."""
    own = ground.ground_of(stage).spreads
    relative = stage.spreads[0] / own[0]
    several = len(own) > 1
    label = "Spread of all components" if stage.hold else "Spread at the start"
    ends = min(NARROWEST, relative), max(WIDEST, relative)
    scale = 1.0 if several else own[0]
    turning.show("em-spread", relative * scale)
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
    turning.choice(
        "family", "Shape of the components", names, stage.family, lambda name: get_family(name).words.capitalize()
    )


def _gain(stage: Stage) -> None:
    turning.choice(
        "least_gain", "Stop when a step gains less than (nats)", GAINS, stage.least_gain, lambda gain: f"{gain:g}"
    )


def _steps(stage: Stage) -> None:
    turning.show("em-most_steps", stage.most_steps)
    st.slider("Most iterations", 0, MOST_STEPS, key="em-most_steps", on_change=turning.take, args=("most_steps",))


def _floor(stage: Stage) -> None:
    turning.choice(
        "floor", "Variance floor, of a column's variance", list(FLOORS), stage.floor, lambda floor: FLOORS[floor]
    )


def _noise(stage: Stage) -> None:
    turning.switch("noise", "Odd rows may be noise", stage.noise)


def _prior(stage: Stage) -> None:
    turning.switch("prior", "A mild prior steadies small groups", stage.prior)


def _hold(stage: Stage) -> None:
    turning.switch("hold", "All components keep their starting spread", stage.hold)


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


def _mean(stage: Stage, found: ground.Ground, component: int, column: int, name: str) -> None:
    low, high = found.ends(column)
    room = 0.5 * ((high - low) or abs(high) or 1.0)
    value = stage.means[component][column]
    key = f"em-mean-{column}"
    turning.show(key, value)
    with named(name):
        st.slider(
            name,
            min(low - room, value),
            max(high + room, value),
            key=key,
            on_change=_take_mean,
            args=(component, column, key),
            label_visibility="collapsed",
        )


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
