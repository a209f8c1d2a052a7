"""Cross-validation for the page "How many groups?": asked for, of the best shape for each number of groups."""

from __future__ import annotations

from dataclasses import replace

from gmm_core.model.choice.cell import Cell, lowest
from gmm_core.model.choice.cross_validation import cross_validated
from gmm_core.model.watching import Progress
from pages.shared import jobs
from pages.shared.asked import asked, known
from pages.shared.grids import Grid
from pages.shared.results import features_of, named, predicted
from pages.shared.wording import counted
from pages.shared.workspace import Workspace

N_FOLDS = 5


def with_held_out(workspace: Workspace, grid: Grid) -> Grid:
    """The grid with what cross-validation says, once it is done: of some models only it says nothing."""
    found = known("folds", _key(workspace, grid)) or []
    return grid.with_cells(found if len(found) == len(_best_shapes(grid)) else [])


def ask(workspace: Workspace, grid: Grid) -> None:
    """A button that begins cross-validation, and how far it is."""
    cells = _best_shapes(grid)
    features = features_of(workspace)
    key = _key(workspace, grid)
    before = known("folds", key)
    if not grid.complete or not cells or (before is not None and len(before) == len(cells)):
        return
    data, settings = named(features), workspace.settings
    jacobian = features.log_jacobian

    def work(report: jobs.Report) -> list[Cell]:
        done: list[Cell] = []

        def go_on(progress: Progress | None = None) -> bool:
            return report(len(done) / len(cells), f"{len(done)} of {counted(len(cells), 'model')} cross-validated")

        for cell in cells:
            found = cross_validated(cell, data, settings, N_FOLDS, go_on, features.weights)
            if not go_on():
                break
            done.append(replace(found, cross_validated=found.cross_validated + jacobian))
        return done

    each = [replace(settings, n_components=cell.n_components, covariance_type=cell.covariance_type) for cell in cells]
    cost = N_FOLDS * predicted(features, each)
    asked("folds", key, "Cross-validate", cost, work)


def _best_shapes(grid: Grid) -> list[Cell]:
    """For each number of groups the sound cell of lowest BIC."""
    sound = [cell for cell in grid.cells if cell.sound]
    counts = sorted({cell.n_components for cell in sound})
    return [lowest([cell for cell in sound if cell.n_components == k], "bic") for k in counts]


def _key(workspace: Workspace, grid: Grid) -> str:
    return f"{workspace.grid_key}|{[cell.pair for cell in _best_shapes(grid)]!r}"
