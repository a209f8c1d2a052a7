"""The calculator's left side: the mode, the numbers and the settings, as the session has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.errors import TableError
from gmm_core.tables.edited import digest_of, editable
from gmm_core.tables.entered import numbers_only
from pages.shared import on_screen
from pages.shared.calculator.modes import MODES, STARTS, TOLERANCES, Choices, Mode, as_entered, sample_text
from pages.shared.terms import help_of
from pages.shared.wording import escaped

if TYPE_CHECKING:
    import pandas as pd

MOST_GROUPS = 12
MOST_ITERATIONS = 10_000
_FIRST = next(iter(MODES))


def mode_name() -> str:
    """Which calculator is open."""
    st.session_state.setdefault("calc-mode", _FIRST)
    st.segmented_control(
        "What do you have?",
        list(MODES),
        format_func=lambda name: MODES[name].title,
        key="calc-mode",
        required=True,
        persist_state="session",
    )
    found = st.session_state["calc-mode"]
    return found if found in MODES else _FIRST


def numbers(name: str) -> pd.DataFrame | None:
    """The numbers as pasted and then edited; None where there are none, or something else among them: it is said then.

    What is edited stands beside what was pasted, and never goes back into the editor.
    """
    mode, key = MODES[name], f"calc-{name}-text"
    st.session_state.setdefault(key, sample_text(next(iter(mode.samples))))
    with st.container(horizontal=True):
        for sample, title in mode.samples.items():
            st.button(title, key=f"calc-{name}-{sample}", on_click=_take_sample, args=(key, sample))
    text = st.text_area(mode.label, key=key, help=mode.help, height=150, persist_state="session")
    try:
        pasted = mode.read(text)
        with st.expander("Edit the cells", key=f"calc-{name}-edit"):
            edited = _edited(name, pasted)
        table = numbers_only(edited)
    except TableError as error:
        st.error(escaped(error), icon=":material/error:")
        return None
    _far_out(table, key)
    return table


def _far_out(table: pd.DataFrame, key: str) -> None:
    """A number far from all others, which leaves little to be said of these, and a way to leave it out."""
    from gmm_core.tables.far_values import far_value

    found = ((name, far_value(table[name].to_numpy(dtype=float))) for name in table.columns)
    name, far = next(((name, far) for name, far in found if far is not None), ("", None))
    if far is None:
        return
    rest = table[table[name] != far.value]
    st.caption(f":material/warning: {escaped(far.sentence(name))} Leave it out, or ask for fewer groups.")
    st.button(
        f"Leave out {far.value:,.10g}", key=f"{key}-far", icon=":material/build:", on_click=_enter, args=(key, rest)
    )


def _enter(key: str, table: pd.DataFrame) -> None:
    st.session_state[key] = as_entered(table)


def _edited(name: str, pasted: pd.DataFrame) -> Any:
    key = f"calc-{name}-cells-{digest_of(pasted)}"
    alt = "The cells, to be changed"
    return st.data_editor(editable(pasted), num_rows="dynamic", key=key, alt=alt, placeholder=on_screen.EMPTY)


def choices(name: str) -> Choices:
    """The settings, each with its default."""
    mode = MODES[name]
    for field, value in _defaults(mode).items():
        st.session_state.setdefault(_key(name, field), value)
    kept: dict[str, Any] = {"persist_state": "session"}
    n_groups = st.slider("Groups (K)", 1, MOST_GROUPS, key=_key(name, "n_groups"), **kept)
    shape = st.segmented_control(
        "Spread of each group" if name == "list" else "Shape of the groups",
        list(mode.shapes),
        format_func=lambda each: mode.shapes[each],
        key=_key(name, "shape"),
        required=True,
        **kept,
    )
    with st.expander("Iterations, tolerance, start", key=f"calc-{name}-more"):
        found = Choices(n_groups, shape or next(iter(mode.shapes)), *_effort(name, kept))
    st.button(
        "Reset to defaults", key=f"calc-{name}-reset", icon=":material/restart_alt:", on_click=_reset, args=(name,)
    )
    return found


def use_shape(name: str, shape: str) -> None:
    """Go on with another shape of the groups."""
    st.session_state[_key(name, "shape")] = shape


def _effort(name: str, kept: dict[str, Any]) -> tuple[int, float, str]:
    iterations = st.number_input(
        "Most iterations", 1, MOST_ITERATIONS, key=_key(name, "most_iterations"), help="Of each of the starts.", **kept
    )
    tolerance = st.select_slider(
        "Tolerance",
        TOLERANCES,
        format_func=lambda value: f"{value:.0e}",
        key=_key(name, "tolerance"),
        help=help_of("tolerance", "In nats of log-likelihood a row."),
        **kept,
    )
    start = st.selectbox(
        "Start from", list(STARTS), format_func=lambda each: STARTS[each], key=_key(name, "start"), **kept
    )
    return min(max(int(iterations), 1), MOST_ITERATIONS), float(tolerance), str(start)


def _defaults(mode: Mode) -> dict[str, Any]:
    return vars(Choices(shape=next(iter(mode.shapes))))


def _key(name: str, field: str) -> str:
    return f"calc-{name}-{field}"


def _reset(name: str) -> None:
    for field, value in _defaults(MODES[name]).items():
        st.session_state[_key(name, field)] = value


def _take_sample(key: str, sample: str) -> None:
    st.session_state[key] = sample_text(sample)
