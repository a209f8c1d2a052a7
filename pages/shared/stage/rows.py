"""Where the rows on the stage come from, and for drawn rows the truth."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gmm_core import EXAMPLES
from pages.shared import session
from pages.shared.stage import ground, state, turning
from pages.shared.stage.setup import LINE, LOADED, MOST_ROWS, PLANE, Stage
from pages.shared.workspace import LARGEST_SEED


def rows(stage: Stage) -> None:
    """Where the rows come from, and for drawn rows the truth."""
    names = {LINE: "Drawn rows, one column", PLANE: "Drawn rows, two columns"}
    names[LOADED] = f"The loaded table: {session.workspace().table.name}"
    names |= {name: f"Example: {example.title}" for name, example in EXAMPLES.items()}
    turning.show("em-source", stage.source)
    st.selectbox("Rows", list(names), format_func=lambda name: names[name], key="em-source", on_change=_take_source)
    _TRUTHS.get(stage.source, _columns)(stage)


def _line_truth(stage: Stage) -> None:
    _drawn(stage)
    for position, name in enumerate("AB"):
        left, right = st.columns(2)
        with left:
            _number(f"Mean of {name}", "truth_means", position, stage.truth_means[position])
        with right:
            _number(f"Spread of {name}", "truth_spreads", position, stage.truth_spreads[position], 0.01)
    turning.slide("Share of A", "truth_share", 0.05, 0.95, stage.truth_share)


def _plane_truth(stage: Stage) -> None:
    _drawn(stage)
    turning.slide("Distance of the groups", "distance", 0.0, 12.0, stage.distance)
    turning.slide("Length of the groups", "length", 0.5, 8.0, stage.length)
    turning.show("em-n_odd", stage.n_odd)
    st.slider("Odd rows", 0, 60, key="em-n_odd", on_change=turning.take, args=("n_odd",))


def _columns(stage: Stage) -> None:
    found = ground.ground_of(stage)
    turning.show("em-columns", list(found.columns))
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
            turning.show(f"em-{name}", getattr(stage, name))
            st.number_input(label, least, most, key=f"em-{name}", on_change=turning.take, args=(name,))


def _number(label: str, name: str, position: int, value: float, least: float | None = None) -> None:
    key = f"em-{name}-{position}"
    turning.show(key, value)
    st.number_input(label, least, step=0.1, key=key, on_change=_take_part, args=(name, position, key))


def _take_part(name: str, position: int, key: str) -> None:
    values = list(getattr(state.stage(), name))
    if st.session_state[key] is not None:
        values[position] = float(st.session_state[key])
        state.change(**{name: tuple(values)})


def _take_source() -> None:
    state.replace_stage(lambda stage: ground.on_source(stage, st.session_state["em-source"]))


def _take_columns() -> None:
    if st.session_state["em-columns"]:
        columns = tuple(st.session_state["em-columns"])
        state.replace_stage(lambda stage: ground.on_source(stage, stage.source, columns))
