"""What can be done where the answer to "how many groups?" is open: a sentence each, and the button that does it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from gmm_core.model.families import get_family
from gmm_core.tables.spec_changes import with_transforms
from pages.shared import grids, remarks, scattering, session
from pages.shared.criteria_panel import best_by
from pages.shared.grids import Grid
from pages.shared.looks import open_suggestions
from pages.shared.remarks import Act, Remark
from pages.shared.results import features_of
from pages.shared.wording import count_word, escaped, listed, several
from pages.shared.workspace import MOST_GROUPS, Workspace

MORE_AT_ONCE = 3
"""Numbers of groups that one click compares beyond those compared."""


def show(grid: Grid, most: int, slider: str) -> None:
    """All that applies; ``most`` groups were compared, as the ``slider`` with this key says."""
    found = transform("many-transform", "Transform {} and compare again")
    if grid.complete:
        found += [*_take_apart(grid), *_compare_more(grid, most, slider), *_scatter(grid)]
    remarks.show(found)


def transform(key: str, label: str) -> list[Remark]:
    """Where columns are skewed, they are transformed as Features suggests; in the ``label`` they stand for "{}"."""
    workspace = session.workspace()
    found = open_suggestions(workspace, features_of(workspace))
    if not found:
        return []
    names = listed([f"“{escaped(name)}”" for name in found])
    is_skewed, them = ("is skewed", "it") if len(found) == 1 else ("are skewed", "them")
    says = f"{names} {is_skewed}, so several groups may share one long tail."
    return _offer(says, Act(label.format(them), key, partial(_transform_all, workspace, found)))


def _transform_all(workspace: Workspace, found: dict[str, str]) -> None:
    session.prepare(with_transforms(workspace.spec, found))


def _take_apart(grid: Grid) -> list[Remark]:
    """Where fewer groups stand apart than describe the rows best, these can be taken."""
    closest, apart = best_by(grid, "bic"), best_by(grid, "icl")
    settings = session.workspace().settings
    if closest is None or apart is None or not 1 < apart.n_components < closest.n_components:
        return []
    if apart.pair == (settings.n_components, settings.covariance_type):
        return []
    says = f"{several(apart.n_components, 'group').capitalize()} stand apart: enough to name and use them as segments."
    words = f"{apart.n_components}, {get_family(apart.covariance_type).words}"
    return _offer(says, Act(f"Use {words}", "many-apart", partial(grids.adopt, apart)))


def _compare_more(grid: Grid, most: int, slider: str) -> list[Remark]:
    best = best_by(grid, "bic")
    if best is None or best.n_components < most or most >= MOST_GROUPS:
        return []
    further = min(most + MORE_AT_ONCE, MOST_GROUPS)
    says = f"{count_word(most).capitalize()} is the largest number compared, and it is the best so far."
    return _offer(says, Act(f"Compare up to {further} groups", "many-further", partial(_move, slider, further)))


def _move(slider: str, to: int) -> None:
    st.session_state[slider] = to


def _scatter(grid: Grid) -> list[Remark]:
    """Where groups of the model of lowest BIC look like scattered rows."""
    best = best_by(grid, "bic")
    return [] if best is None or best.fit is None else scattering.remarks(best.fit.mixture)


def _offer(says: str, act: Act) -> list[Remark]:
    return [Remark(says, (act,), "lightbulb")]
