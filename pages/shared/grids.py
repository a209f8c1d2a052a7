"""The grid of K by family for the workspace, cell by cell as it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.errors import GmmError
from gmm_core.model.choice.cell import Cell, lowest
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.choice.comparison import grid
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.families import COMMON, FAMILIES, get_family
from gmm_core.model.watching import Progress
from pages.shared import jobs, session
from pages.shared.effort import SECONDS_TO_WATCH, agreed
from pages.shared.results import features_of, named, parts_of_time, predicted
from pages.shared.stores import store
from pages.shared.workspace import MOST_GROUPS, Workspace

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureMatrix

FIRST_LOOK = 6
"""Numbers of groups that are compared at first."""


@dataclass(frozen=True)
class Grid:
    """Cells of the grid that are done, whether all are, and how many rows they were fitted to."""

    cells: tuple[Cell, ...]
    complete: bool
    n_rows: int

    @property
    def best_of_each(self) -> list[Cell]:
        """For each number of groups the sound cell of lowest BIC, where there is one."""
        sound = [cell for cell in self.cells if cell.sound]
        counts = sorted({cell.n_components for cell in sound})
        return [lowest([cell for cell in sound if cell.n_components == k], "bic") for k in counts]

    def with_cells(self, others: Iterable[Cell]) -> Grid:
        """The grid with others in the places of some of its cells."""
        instead = {cell.pair: cell for cell in others}
        return replace(self, cells=tuple(instead.get(cell.pair, cell) for cell in self.cells))


def n_features(workspace: Workspace) -> int:
    """How many features are fitted; the columns chosen where these are told not to be usable."""
    try:
        return int(features_of(workspace).values.shape[1])
    except GmmError:
        return len(workspace.spec.columns)


def shapes(workspace: Workspace, every: bool) -> tuple[str, ...]:
    """Families to compare: the common ones or every one; with one feature, where few differ, one of each kind."""
    names = tuple(FAMILIES) if every else COMMON
    if n_features(workspace) > 1:
        return names
    kinds = {get_family(name).one_dimensional: name for name in reversed(COMMON)}
    return tuple(name for name in COMMON if name in kinds.values())


def grid_of(workspace: Workspace, most_groups: int, names: tuple[str, ...]) -> Grid:
    """The cells for K = 1 to ``most_groups`` by the families ``names``, as far as they are done; the rest goes on.

    Raises
    ------
    GmmError
        Where the chosen columns cannot be used at all.
    """
    features = features_of(workspace)
    done, keys = store("cells", 2048), _keys(workspace, most_groups, names)
    pairs = list(keys)
    missing = [pair for pair in pairs if done.get(keys[pair]) is None]
    if missing:
        _fill_grid(workspace, features, missing, keys)
    cells = [cell for cell in (done.get(keys[pair]) for pair in pairs) if cell is not None]
    in_units = tuple(in_table_units(cell, features) for cell in cells)
    return Grid(in_units, len(cells) == len(pairs), len(features.values))


def adopt(cell: Cell) -> None:
    """Make a cell the fit on all pages: its own solution, which other models may have helped to find.

    A cell of a sample only says which model is to be fitted to all rows.
    """
    session.take_model(*cell.pair)
    workspace = session.workspace()
    if cell.fit is not None and cell.fit.n_rows == features_of(workspace).n_fitted:
        store("fits", 64).put(workspace.fit_key, cell.fit)


def best_so_far(workspace: Workspace) -> Cell | None:
    """The cell with the lowest BIC of all compared so far, where the first few numbers of groups are among them."""
    keys = _keys(workspace, MOST_GROUPS, shapes(workspace, every=False))
    done = store("cells", 2048)
    cells = {pair: done.get(key) for pair, key in keys.items()}
    sound = [cell for cell in cells.values() if cell is not None and cell.sound]
    first = [cell for (k, _), cell in cells.items() if k <= FIRST_LOOK]
    return lowest(sound, "bic") if sound and None not in first else None


def _keys(workspace: Workspace, most_groups: int, names: tuple[str, ...]) -> dict[tuple[int, str], str]:
    """What the cells are kept under."""
    pairs = grid(range(1, most_groups + 1), names)
    return {pair: f"{workspace.grid_key}|{pair!r}" for pair in pairs}


def _fill_grid(
    workspace: Workspace,
    features: FeatureMatrix,
    missing: list[tuple[int, str]],
    keys: dict[tuple[int, str], str],
) -> None:
    table = named(features)
    each = [replace(workspace.settings, n_components=k, covariance_type=name) for k, name in missing]
    parts = dict(zip(missing, parts_of_time(features, each), strict=True))
    slot_key = f"{workspace.grid_key}|{list(keys)!r}"
    if not agreed("grid", slot_key, predicted(features, each), f"Compare {len(missing)} models", SECONDS_TO_WATCH):
        return

    cells = store("cells", 2048)

    def work(report: jobs.Report) -> bool:
        done: list[Cell] = []
        earlier = [cell for cell in map(cells.get, keys.values()) if cell is not None]
        watch = partial(_report_on, report, done, parts)
        for cell in compare_cells(table, missing, workspace.settings, watch, features.weights, earlier):
            done.append(cell)
            cells.put(keys[cell.pair], cell)
        return len(done) == len(missing)

    job = jobs.start("grid", slot_key, work)
    if not job.ended_soon():
        jobs.show("grid", follow=True)
    elif job.error is not None:
        raise job.error
    elif job.stopped:
        st.button("Go on", key="grid-on", icon=":material/play_arrow:", on_click=jobs.go_on, args=("grid",))
    else:
        jobs.forget("grid")  # done: should a shared store lose its cells one day, they are computed again


def _report_on(
    report: jobs.Report,
    done: list[Cell],
    parts: dict[tuple[int, str], float],
    pair: tuple[int, str],
    progress: Progress,
) -> bool:
    """Large models take much longer than small ones, so what is done counts by its part of the time."""
    k, name = pair
    share = sum(parts[cell.pair] for cell in list(done))
    groups = "1 group" if k == 1 else f"{k} groups"
    start = f"start {min(progress.start + 1, progress.n_starts)} of {progress.n_starts}"
    words = get_family(name).words
    text = f"{len(done)} of {len(parts)} models done; now {groups}, {words}, {start}"
    return report(share, text, paced=True)


def in_table_units(cell: Cell, features: FeatureMatrix) -> Cell:
    """The cell with its log-likelihoods, free parameters and criteria for the units of the table."""
    if cell.fit is None:
        return replace(cell, n_parameters=cell.n_parameters + features.way.n_parameters)
    evidence = features.in_table_units(cell.fit.evidence)
    criteria: dict[str, Any] = {name: criterion(evidence) for name, criterion in CRITERIA.items()}
    return replace(
        cell,
        log_likelihood=evidence.log_likelihood,
        n_parameters=evidence.n_parameters,
        cross_validated=cell.cross_validated + features.log_jacobian,
        **criteria,
    )
