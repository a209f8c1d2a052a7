"""What lies a click below the curves: all models, the criteria side by side, tests, and merging."""

from __future__ import annotations

from pages.shared import criteria_panel, frame, held_out, joining, population, ranking, tabbed, testing
from pages.shared.grids import Grid
from pages.shared.workspace import Workspace


def tabs(workspace: Workspace, grid: Grid, criterion: str) -> None:
    """The tabs; each is built only while it is open."""
    tabbed.tabs(
        "many-tabs",
        {
            "All models": lambda: ranking.table(grid, criterion),
            "Side by side": lambda: _side_by_side(workspace, grid),
            "One more?": lambda: testing.section("many-test"),
            "Any groups?": lambda: population.section(frame.fit_or_stop()),
            "Merge": lambda: joining.section(frame.fit_or_stop(), "many-clusters"),
        },
    )


def _side_by_side(workspace: Workspace, grid: Grid) -> None:
    criteria_panel.panel(grid)
    held_out.ask(workspace, grid)
