"""How long work will take, roughly, and asking before it where that is long."""

from collections.abc import Iterable

import streamlit as st

from gmm_core import FitSettings
from gmm_core.model.em.expectation import seconds_of_pass
from gmm_core.model.families import get_family
from gmm_core.model.scouting import SCOUT_ROWS
from gmm_core.model.search import SHORT, SHORT_RUNS
from gmm_core.model.starts import SEEDING_ROWS
from pages.shared import jobs
from pages.shared.wording import seconds

SECONDS_WITHOUT_ASKING = 2.5
SECONDS_TO_WATCH = 30.0
"""The same for work that shows its results one by one as they come."""

# Seconds on one core and numbers of passes over the rows, as ``python -m tests.benchmarks.effort`` finds them.
STEP = 2e-4
"""Each pass beside the rows, with the M step of the family, for five columns."""
STEPS = {"VII": 1e-4, "VVI": 1e-4, "EEV": 3e-4, "VEI": 4e-4, "VEV": 5e-4, "VEE": 6e-4, "VVE": 1.2e-3, "EVE": 1.4e-3}
"""The same for families whose M step is quicker or slower, by code."""
PATTERN, ROW_WITH_GAPS = 1e-4, 7e-7
"""Each pass for a pattern of gaps; where it has few rows, for each of these and each group."""
NOISE = 5e-6
"""Each seeding beside noise, for a row."""
FIT, CELL = 2e-3, 1e-7
"""Once, and once a cell: checks, scaling, memberships, copies."""
SEEDING = 5
"""What a seeding costs, in passes."""
PASSES, PASSES_ON = 8, 1.2
"""Passes before EM settles, for each group: the more there are, the more they overlap. Then those over all rows, for
each two groups: starts on a sample leave the more to do there."""
PLAIN = 8
"""How many times more passes EM takes without acceleration."""
ALONE = 4
"""Passes for a single group without gaps: it settles at once, and needs one start only."""


def predicted_seconds(n_rows: int, n_features: int, settings: Iterable[FitSettings], n_patterns: int = 1) -> float:
    """Predicted time on one core of fits with these settings on so many rows in so many patterns of gaps."""
    return sum(_one(n_rows, n_features, each, n_patterns) for each in settings)


def _one(n_rows: int, n_features: int, settings: FitSettings, n_patterns: int) -> float:
    once = FIT + CELL * n_rows * n_features

    def passes(n_passes: float, n_rows: int, n_patterns: int = n_patterns) -> float:
        return n_passes * _pass(n_rows, n_features, settings, n_patterns)

    short, tried = min(n_rows, SEEDING_ROWS), n_rows if n_rows <= 2 * SCOUT_ROWS else SCOUT_ROWS
    seeding = passes(SEEDING, short, 1) + bool(settings.noise) * NOISE * short
    plain = PLAIN if settings.acceleration is None or settings.reg_covar > 0 else 1
    if settings.n_components == 1 and not settings.noise:
        return passes(ALONE if n_patterns == 1 else PASSES * plain, n_rows) + once
    settling = settings.n_components * plain
    start = SHORT_RUNS * (seeding + passes(SHORT.max_iter, short)) + passes(PASSES * settling, tried)
    polish = 0.0 if tried == n_rows else passes(PASSES_ON * settings.n_components * settling, n_rows)
    return settings.n_init * start + polish + once


def _pass(n_rows: int, n_features: int, settings: FitSettings, n_patterns: int) -> float:
    """One pass, with its M step."""
    family, k = get_family(settings.covariance_type), settings.n_components
    step = STEPS.get(family.code, STEP) * (0.5 + n_features / 10)
    gaps = min(PATTERN * n_patterns, ROW_WITH_GAPS * n_rows * k) if n_patterns > 1 else 0.0
    return seconds_of_pass(n_rows, k, n_features, family.form) + step + gaps


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
