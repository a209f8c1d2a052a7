"""Cross-validation for the page "How many groups?": asked for, of the best shape for each number of groups."""

from __future__ import annotations

from dataclasses import replace

from gmm_core.model.choice.cell import Cell
from gmm_core.model.choice.cross_validation import cross_validated
from gmm_core.model.watching import Progress
from pages.shared import jobs
from pages.shared.asked import asked
from pages.shared.grids import Grid
from pages.shared.results import features_of, named, parts_of_time, predicted
from pages.shared.stores import Store, store
from pages.shared.wording import counted
from pages.shared.workspace import Workspace

N_FOLDS = 5


def with_held_out(workspace: Workspace, grid: Grid) -> Grid:
    """The grid with what cross-validation says, once that is known for every number of groups: of some only, it says
    nothing."""
    done, cells = _done(), grid.best_of_each
    found = [done.get(_key(workspace, cell)) for cell in cells]
    if None in found:
        return grid
    both = zip(cells, found, strict=True)
    return grid.with_cells(replace(cell, cross_validated=value, notes=notes) for cell, (value, notes) in both)


def ask(workspace: Workspace, grid: Grid) -> None:
    """A button that begins cross-validation, or goes on with it where more models are compared, and how far it is."""
    done, cells, features = _done(), grid.best_of_each, features_of(workspace)
    missing = [cell for cell in cells if done.get(_key(workspace, cell)) is None]
    if not grid.complete or not missing:
        return
    data, settings = named(features), workspace.settings

    def work(report: jobs.Report) -> bool:
        ready = 0

        def go_on(progress: Progress | None = None) -> bool:
            text = f"{ready} of {counted(len(missing), 'model')} cross-validated"
            return report(sum(parts[:ready]), text, paced=True)

        for cell in missing:
            found = cross_validated(cell, data, settings, N_FOLDS, go_on, features.weights)
            if not go_on():
                break
            in_table_units = found.cross_validated + features.log_jacobian
            done.put(_key(workspace, cell), (in_table_units, found.notes))
            ready += 1
        return True

    each = [replace(settings, n_components=cell.n_components, covariance_type=cell.covariance_type) for cell in missing]
    parts = parts_of_time(features, each)
    key = f"{workspace.grid_key}|{[cell.pair for cell in cells]!r}"
    asked("folds", key, "Cross-validate", N_FOLDS * predicted(features, each), work)


def _done() -> Store:
    return store("held-out", 512)


def _key(workspace: Workspace, cell: Cell) -> str:
    return f"{workspace.grid_key}|{cell.pair!r}|{N_FOLDS}"
