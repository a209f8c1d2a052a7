"""What a fit may be: any of the fourteen shapes, and what keeps it from going astray. Changed through actions."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gmm_core import Prior
from gmm_core.model.families import FAMILIES, distinct_families
from pages.shared import controls, grids, session
from pages.shared.shape_pictures import shape_picture
from pages.shared.terms import help_of

IN_A_ROW = 2


def all_shapes(key: str) -> None:
    """The fourteen families with pictures; built only while it is open."""
    with st.popover("All shapes", icon=":material/category:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        names = distinct_families(grids.n_features(session.workspace()))
        if len(names) < len(FAMILIES):
            st.caption("With one column a group has a size and nothing else, so only two of the fourteen differ.")
        for start in range(0, len(names), IN_A_ROW):
            for name, place in zip(names[start : start + IN_A_ROW], st.columns(IN_A_ROW), strict=False):
                with place, st.container(border=True, height="stretch", vertical_alignment="distribute"):
                    _shape(key, name)


def extras(key: str) -> None:
    """Prior, noise and equal shares; built only while it is open."""
    settings = session.workspace().settings
    with st.popover("More", icon=":material/more_horiz:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        _switch(
            f"{key}-noise",
            "Odd rows may be noise",
            bool(settings.noise),
            "noise",
            help_of("noise"),
        )
        _switch(
            f"{key}-prior",
            "Steady small groups",
            settings.prior is not None,
            "prior",
            help_of("prior"),
        )
        _switch(
            f"{key}-equal",
            "Groups of equal size",
            settings.equal_weights,
            "equal_weights",
            "All groups get the same share of the rows.",
        )


_VALUES: dict[str, Callable[[bool], object]] = {
    "noise": bool,
    "equal_weights": bool,
    "prior": lambda on: Prior() if on else None,
}
"""From a switch to the setting."""


def _shape(key: str, name: str) -> None:
    family = FAMILIES[name]
    taken = session.workspace().settings.covariance_type == name
    with st.container():
        st.image(shape_picture(name), alt=f"Three groups: {family.words}")
        st.markdown(f"**{family.words.capitalize()}** ({family.code})")
        st.caption(family.sentence)
    st.button(
        "Chosen" if taken else "Use",
        key=f"{key}-use-{name}",
        disabled=taken,
        on_click=session.change_settings,
        kwargs={"covariance_type": name},
    )


def _switch(key: str, label: str, on: bool, setting: str, note: str) -> None:
    controls.show(key, on)
    st.toggle(label, key=key, help=note, on_change=_take, args=(key, setting))


def _take(key: str, setting: str) -> None:
    session.change_settings(**{setting: _VALUES[setting](bool(st.session_state[key]))})
