"""Groups of controls. Each shows what the workspace says, and changes it through an action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from gmm_core.model.families import COMMON, FAMILIES, get_family
from pages.shared import session
from pages.shared.grids import best_so_far
from pages.shared.terms import help_of
from pages.shared.wording import escaped
from pages.shared.workspace import LARGEST_SEED, MOST_GROUPS, MOST_STARTS

MOST_PILLS = 12
"""Columns up to which all are shown side by side; beyond, they are searched for in a list."""


def columns(key: str, usable: Sequence[str]) -> None:
    """Tick the columns to group by."""
    chosen = list(session.workspace().spec.columns)
    options = list(dict.fromkeys([*usable, *chosen]))
    show(key, chosen)
    if len(options) <= MOST_PILLS:
        st.pills(
            "Columns",
            options,
            selection_mode="multi",
            format_func=escaped,
            wrap=True,
            key=key,
            on_change=_take_columns,
            args=(key, options),
        )
    else:
        st.multiselect("Columns", options, key=key, on_change=_take_columns, args=(key, options))


def groups(key: str) -> None:
    """Choose K."""
    show(key, session.workspace().settings.n_components)
    st.slider(
        "Number of groups",
        1,
        MOST_GROUPS,
        key=key,
        on_change=_take_setting,
        args=(key, "n_components", between(1, MOST_GROUPS)),
    )
    best = best_so_far(session.workspace())
    if best is not None:
        words = get_family(best.covariance_type).words
        st.caption(f"BIC is lowest at {best.n_components} ({words}), see How many.")


def family(key: str) -> None:
    """Choose the covariance family, in words: one of the common four, or another that was chosen elsewhere."""
    chosen = session.workspace().settings.covariance_type
    names = COMMON if chosen in COMMON else (*COMMON, chosen)
    families = [get_family(name) for name in names]
    show(key, chosen)
    st.segmented_control(
        "Shape of the groups",
        names,
        format_func=lambda name: get_family(name).words.capitalize(),
        key=key,
        required=True,
        wrap=True,
        help=help_of("shape", "".join(f"**{each.words.capitalize()}**: {each.sentence}  \n" for each in families)),
        on_change=_take_setting,
        args=(key, "covariance_type", lambda value: value if value in FAMILIES else None),
    )


def starts(key: str) -> None:
    """Number of starts and seed."""
    settings = session.workspace().settings
    show(f"{key}-starts", settings.n_init)
    show(f"{key}-seed", settings.seed)
    st.number_input(
        "Starts",
        1,
        MOST_STARTS,
        key=f"{key}-starts",
        help=help_of("start"),
        on_change=_take_setting,
        args=(f"{key}-starts", "n_init", between(1, MOST_STARTS)),
    )
    st.number_input(
        "Seed",
        0,
        LARGEST_SEED,
        key=f"{key}-seed",
        help="The same seed gives the same starts.",
        on_change=_take_setting,
        args=(f"{key}-seed", "seed", between(0, LARGEST_SEED)),
    )


def csv_style(key: str) -> None:
    """Choose whether downloads have a decimal comma, as spreadsheets of many countries; one choice for all of them.

    Another file may bring another style. Until the browser has heard of that, every click still tells the last file's;
    since the key is another then, that is not taken for a choice.
    """
    key = f"{key}-{session.own_csv_style()}"
    show(key, session.csv_style() == "comma")
    st.checkbox("Decimal comma", key=key, on_change=_take_csv_style, args=(key,))


def choice(key: str, label: str, options: dict[str, str], value: str, take: Callable[[str], None], note: str) -> None:
    """One of a few options, each with its words."""
    show(key, value)
    st.segmented_control(
        label,
        list(options),
        format_func=lambda name: options[name],
        key=key,
        required=True,
        help=note,
        on_change=lambda: take(st.session_state[key]) if st.session_state[key] in options else None,
    )


def choose(
    key: str,
    label: str,
    options: Sequence[str],
    value: str,
    take: Callable[[str], None],
    note: str | None = None,
    words: Callable[[str], str] = str,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """One of many names."""
    show(key, value)
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        help=note,
        label_visibility=label_visibility,
        on_change=lambda: take(st.session_state[key]) if st.session_state[key] in options else None,
    )


def show(key: str, value: Any) -> None:
    """Make the widget that is about to be drawn show this value.

    It is sent to the browser each time, even where the widget had it already: on a slow line the two part otherwise.
    """
    st.session_state[key] = value


def _take_columns(key: str, options: list[str]) -> None:
    picked = set(st.session_state[key])
    session.change_spec(columns=tuple(name for name in options if name in picked))


def _take_setting(key: str, name: str, valid: Callable[[Any], Any]) -> None:
    value = valid(st.session_state[key])  # the browser's limits are no guard
    if value is not None:
        session.change_settings(**{name: value})


def between(low: int, high: int) -> Callable[[Any], int | None]:
    """Brings a number inside; None for what is no number."""
    return lambda value: min(max(int(value), low), high) if isinstance(value, int | float) else None


def _take_csv_style(key: str) -> None:
    session.use_csv_style("comma" if st.session_state[key] else "point")
