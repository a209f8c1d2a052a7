"""Values of a new row, slid or typed: a slider and a box for each column that show the same number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared.named import named
from pages.shared.results import Fitted
from pages.shared.stores import kept

MOST_SLIDERS = 8
"""Columns that are shown at once; of more, one chooses which to change."""


MOST_DECIMALS = 15


@dataclass(frozen=True)
class Place:
    """Lowest, middle and highest value of a column, and with how many decimals it is told."""

    low: float
    middle: float
    high: float
    decimals: int

    @property
    def step(self) -> float:
        """The last decimal."""
        return 10.0**-self.decimals


def choose(fitted: Fitted) -> list[float]:
    """A value for each column that was fitted, from the middle of the table on."""
    places = kept("places", 16, fitted.workspace.key, lambda: _places(fitted))
    stem = f"what-if-{fitted.workspace.key}"
    names = fitted.features.columns
    shown = list(names)
    if len(names) > MOST_SLIDERS:
        shown = st.multiselect("Columns to change", names, names[:MOST_SLIDERS], key=f"{stem}-columns")
    for name in shown:
        _pair(f"{stem}-{name}", name, places[name])
    st.button("Back to the middle", key="what-if-middle", on_click=_to_the_middle, args=(stem, places))
    return [float(st.session_state.get(f"{stem}-{name}", places[name].middle)) for name in names]


def _places(fitted: Fitted) -> dict[str, Place]:
    return {
        name: _place(fitted.features.column_values(j), spread)
        for j, (name, spread) in enumerate(zip(fitted.features.columns, fitted.spreads.tolist(), strict=True))
    }


def _place(values: Any, spread: float) -> Place:
    """Of a column's values, told with as many decimals as they have, or as its spread asks for."""
    import pandas as pd

    column, most = pd.Series(values), _decimals(spread)
    decimals = next((each for each in range(most) if (column.round(each) == column).all()), most)
    low, middle, high = (round(float(each), decimals) for each in (column.min(), column.median(), column.max()))
    return Place(low, middle, max(high, low + 10.0**-decimals), decimals)


def _decimals(spread: float) -> int:
    """Decimals that show three digits of a spread however small."""
    return min(max(2 - math.floor(math.log10(spread)), 0), MOST_DECIMALS) if spread > 0 else MOST_DECIMALS


def _pair(key: str, name: str, place: Place) -> None:
    """Slider and box; the number that counts is kept under ``key``, and may be typed beyond the slider's ends."""
    value = float(st.session_state.setdefault(key, place.middle))
    st.session_state[f"{key}-slid"] = min(max(value, place.low), place.high)
    st.session_state[f"{key}-typed"] = value
    format_ = f"%.{place.decimals}f"
    with named(name), st.container(horizontal=True, vertical_alignment="bottom"):
        st.slider(
            name,
            place.low,
            place.high,
            step=place.step,
            format=format_,
            label_visibility="collapsed",
            key=f"{key}-slid",
            on_change=_take,
            args=(key, f"{key}-slid"),
            width="stretch",
        )
        st.number_input(
            name,
            step=place.step,
            format=format_,
            label_visibility="collapsed",
            key=f"{key}-typed",
            on_change=_take,
            args=(key, f"{key}-typed"),
            width=130,
        )


def _take(key: str, source: str) -> None:
    value = st.session_state[source]
    if isinstance(value, int | float) and math.isfinite(value):
        st.session_state[key] = float(value)


def _to_the_middle(stem: str, places: dict[str, Place]) -> None:
    for name, place in places.items():
        st.session_state[f"{stem}-{name}"] = place.middle
