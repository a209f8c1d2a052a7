"""How long work will take, roughly, and asking before it where that is long."""

from collections.abc import Iterable

import streamlit as st

from gmm_core import FitSettings
from gmm_core.model.em.expectation import seconds_of_pass
from gmm_core.model.families import get_family
from gmm_core.model.search import SCOUT_ROWS
from pages.shared import jobs
from pages.shared.wording import seconds

SECONDS_WITHOUT_ASKING = 2.5
SECONDS_TO_WATCH = 30.0
"""The same for work that shows its results one by one as they come."""

PASSES_A_GROUP = 10
"""Passes over the rows before EM settles, for each group: the more there are, the more they overlap (measured)."""


def predicted_seconds(n_rows: int, n_features: int, settings: Iterable[FitSettings]) -> float:
    """Predicted time of fits with these settings on so many rows, from the measured cost of a pass."""
    return sum(_one(n_rows, n_features, each) for each in settings)


def _one(n_rows: int, n_features: int, settings: FitSettings) -> float:
    form = get_family(settings.covariance_type).form
    tried = n_rows if n_rows <= 2 * SCOUT_ROWS else SCOUT_ROWS
    starts = settings.n_init * seconds_of_pass(tried, settings.n_components, n_features, form)
    polish = 0.0 if tried == n_rows else seconds_of_pass(n_rows, settings.n_components, n_features, form)
    return PASSES_A_GROUP * settings.n_components * (starts + polish)


def agreed(slot: str, key: str, cost: float, label: str, limit: float = SECONDS_WITHOUT_ASKING) -> bool:
    """Whether work may begin: at once where it is short or under way, else after a click."""
    job = jobs.current(slot)
    if cost <= limit or (job is not None and job.key == key) or jobs.wanted(slot, key):
        return True
    if job is not None:
        job.stop()
    button = f"{label} ({seconds(cost)})"
    st.button(button, key=f"go-{slot}", type="primary", on_click=jobs.want, args=(slot, key))
    return False
