"""What can be done where the answer to "how many groups?" is open: a sentence each, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from gmm_core.model.families import get_family
from gmm_core.tables.spec_changes import with_transforms
from pages.shared import grids, offering, scattering, session
from pages.shared.criteria_panel import best_by
from pages.shared.grids import Grid
from pages.shared.looks import open_suggestions
from pages.shared.offering import Act
from pages.shared.results import features_of
from pages.shared.wording import count_word, escaped, listed, several
from pages.shared.workspace import MOST_GROUPS, Workspace

MORE_AT_ONCE = 3
"""Numbers of groups that one click compares beyond those compared."""


def show(grid: Grid, most: int, slider: str) -> None:
    """All that applies; ``most`` groups were compared, as the ``slider`` with this key says."""
    transform("many-transform", "Transform {} and compare again")
    if grid.complete:
        _take_apart(grid)
        _compare_more(grid, most, slider)
        _scatter(grid)


def transform(key: str, label: str) -> None:
    """Where columns are skewed, they are transformed as Features suggests; in the ``label`` they stand for "{}"."""
    workspace = session.workspace()
    found = open_suggestions(workspace, features_of(workspace))
    if not found:
        return
    names = listed([f"“{escaped(name)}”" for name in found])
    is_skewed, them = ("is skewed", "it") if len(found) == 1 else ("are skewed", "them")
    says = f"{names} {is_skewed}, so several groups may share one long tail."
    _offer(says, label.format(them), key, _transform_all, workspace, found)


def _transform_all(workspace: Workspace, found: dict[str, str]) -> None:
    session.prepare(with_transforms(workspace.spec, found))


def _take_apart(grid: Grid) -> None:
    """Where fewer groups stand apart than describe the rows best, these can be taken."""
    closest, apart = best_by(grid, "bic"), best_by(grid, "icl")
    settings = session.workspace().settings
    if closest is None or apart is None or not 1 < apart.n_components < closest.n_components:
        return
    if apart.pair != (settings.n_components, settings.covariance_type):
        says = (
            f"{several(apart.n_components, 'group').capitalize()} stand apart: enough to name and use them as segments."
        )
        words = f"{apart.n_components}, {get_family(apart.covariance_type).words}"
        _offer(says, f"Use {words}", "many-apart", grids.adopt, apart)


def _compare_more(grid: Grid, most: int, slider: str) -> None:
    best = best_by(grid, "bic")
    if best is None or best.n_components < most or most >= MOST_GROUPS:
        return
    further = min(most + MORE_AT_ONCE, MOST_GROUPS)
    says = f"{count_word(most).capitalize()} is the largest number compared, and it is the best so far."
    _offer(says, f"Compare up to {further} groups", "many-further", _move, slider, further)


def _move(slider: str, to: int) -> None:
    st.session_state[slider] = to


def _scatter(grid: Grid) -> None:
    """Where groups of the model of lowest BIC look like scattered rows."""
    best = best_by(grid, "bic")
    if best is not None and best.fit is not None:
        scattering.offer(best.fit.mixture)


def _offer(says: str, label: str, key: str, action: Callable[..., None], *given: object) -> None:
    offering.offer(says, Act(label, key, partial(action, *given)), sign="lightbulb")
