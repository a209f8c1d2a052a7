"""What lies a click below the curves: all models, the criteria side by side, tests, and merging."""

from __future__ import annotations

import streamlit as st

from gmm_core.model.families import get_family
from pages.shared import (
    criteria_panel,
    evidence,
    frame,
    held_out,
    joining,
    population,
    ranking,
    session,
    tabbed,
    testing,
)
from pages.shared.criteria_panel import best_by
from pages.shared.fitting import known_fit
from pages.shared.grids import Grid
from pages.shared.results import Fitted
from pages.shared.wording import several
from pages.shared.workspace import Workspace


def tabs(workspace: Workspace, grid: Grid, criterion: str) -> None:
    """The tabs; each is built only while it is open."""
    tabbed.tabs(
        "many-tabs",
        {
            "All models": lambda: ranking.table(grid, criterion),
            "Side by side": lambda: _side_by_side(workspace, grid),
            "One more?": lambda: _one_more(grid),
            "Any groups?": lambda: _any_groups(grid),
            "Merge": lambda: _merge(grid),
        },
    )


def _one_more(grid: Grid) -> None:
    _say_model(session.workspace(), grid)
    testing.section("many-test")


def _any_groups(grid: Grid) -> None:
    fitted = evidence.compared(session.workspace(), grid) or _fitted()
    _say_model(fitted.workspace, grid)
    population.section(fitted)


def _merge(grid: Grid) -> None:
    fitted = _fitted()
    _say_model(fitted.workspace, grid)
    joining.section(fitted, "many-clusters")


def _say_model(workspace: Workspace, grid: Grid) -> None:
    """Which model a tab is about, loudly where it is not that of lowest BIC."""
    settings, best = workspace.settings, best_by(grid, "bic")
    about, lowest = _model(settings.n_components, settings.covariance_type), None if best is None else best.pair
    if lowest is None or not grid.complete:
        st.caption(f"About your present fit: {about}.")
    elif lowest == (settings.n_components, settings.covariance_type):
        st.caption(f"About BIC’s best model: {about}.")
    else:
        st.warning(f"About your present fit: {about} (BIC’s best has {_model(*lowest)}).", icon=":material/info:")


def _model(n_components: int, family: str) -> str:
    return f"{several(n_components, 'group')}, {get_family(family).words}"


def _side_by_side(workspace: Workspace, grid: Grid) -> None:
    criteria_panel.panel(grid)
    held_out.ask(workspace, grid)


def _fitted() -> Fitted:
    """The fit; where it is new, the page is drawn once more, for its answer speaks of the fit, too."""
    before = known_fit(session.workspace())
    fitted = frame.fit_or_stop()
    if before is None and known_fit(session.workspace()) is not None:
        st.rerun()
    return fitted
