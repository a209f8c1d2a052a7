"""Loading libraries and rooms before they are asked for, so that nobody waits for them."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterable, Iterator

import streamlit as st

FIRST = ("gmm_core.charts", "gmm_core.tables.reading", "pages.shared.results")
"""What the first page needs, the largest first."""

LIBRARIES = ("scipy.special", "scipy.optimize", "scipy.cluster.hierarchy")
"""What other pages need of others' work."""


@st.cache_resource
def for_the_first_page() -> None:
    """Load what it needs while the first visitor's browser still loads the front end."""
    _load(lambda: FIRST)


@st.cache_resource
def for_the_others() -> None:
    """Load all the rest while the first visitor's browser draws the first page."""
    _load(_all)


def _load(names: Callable[[], Iterable[str]]) -> None:
    """Load modules beside what goes on.

    Afterwards the collector leaves what was loaded alone: Streamlit forces a full collection after every script run,
    which costs 70 ms with these libraries in memory. While they are loaded it would only look through what stays.
    """

    def work() -> None:
        gc.disable()
        try:
            for module in names():
                importlib.import_module(module)
            gc.collect()
            gc.freeze()
        finally:
            gc.enable()

    threading.Thread(target=work, daemon=True, name="warm-up").start()


def _all() -> Iterator[str]:
    yield from LIBRARIES
    for package in ("pages.shared", "gmm_core"):
        path = importlib.import_module(package).__path__
        yield from (each.name for each in pkgutil.walk_packages(path, f"{package}."))
