"""What lies a click below the curves: all models, the criteria side by side, tests, and merging."""

from __future__ import annotations

import streamlit as st

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
from pages.shared.fitting import known_fit
from pages.shared.grids import Grid
from pages.shared.results import Fitted
from pages.shared.workspace import Workspace


def tabs(workspace: Workspace, grid: Grid, criterion: str) -> None:
    """The tabs; each is built only while it is open."""
    tabbed.tabs(
        "many-tabs",
        {
            "All models": lambda: ranking.table(grid, criterion),
            "Side by side": lambda: _side_by_side(workspace, grid),
            "One more?": lambda: testing.section("many-test"),
            "Any groups?": lambda: population.section(evidence.compared(session.workspace(), grid) or _fitted()),
            "Merge": lambda: joining.section(_fitted(), "many-clusters"),
        },
    )


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
