"""Cross-validation: how likely rows are under a model that was fitted without them."""

from dataclasses import replace
from math import nan

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, NoSoundSolutionError
from gmm_core.model.checking import as_table, check_whole
from gmm_core.model.choice.cell import Cell
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import check_weights
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping, Watch


def cross_validated(
    cell: Cell, x: object, settings: FitSettings, n_folds: int = 5, watch: Watch | None = None, weights: object = None
) -> Cell:
    """The cell with its ``cross_validated``: the log-likelihood of the rows of ``x`` (N, D), each held out once.

    Each of ``n_folds`` models is fitted to the rows outside its fold, from starts of its own. Rows go to folds at
    random by the seed of the settings, the same for every cell; a row goes as a whole, whatever its weight. Where a
    fold leaves no sound solution the sum is nan, and ``notes`` says which and why. A cell without a sound solution, and
    one that ``watch`` stopped, come back as they were.

    Source: Smyth (2000), Model selection for probabilistic clustering using cross-validated likelihood, Statistics and
    Computing 10.

    Raises
    ------
    SettingsError
        Where there are fewer than two folds, or more than rows.
    """
    table, _ = as_table(x, gaps=settings.gaps)
    check_whole("n_folds", n_folds, 2, len(table))
    if not cell.sound:
        return cell
    given = check_weights(weights, len(table))
    counts = np.ones(len(table)) if given is None else given
    chosen = replace(settings, n_components=cell.n_components, covariance_type=cell.covariance_type)
    stopping, total, notes = Stopping(watch), 0.0, list(cell.notes)
    for number, held_out in enumerate(_folds(len(table), n_folds, settings.seed), start=1):
        inside = counts.copy()
        inside[held_out] = 0.0  # left out, while messages still name the rows as the table does
        try:
            mixture = fit_mixture(x, chosen, watch=stopping, suggest=False, weights=inside).mixture
            total += float(mixture.log_density(table[held_out]) @ counts[held_out])
        except (DataError, NoSoundSolutionError) as error:
            total = nan
            notes.append(f"Without fold {number} of {n_folds}: {error.problem}")
        if stopping.stopped:
            return cell
    return replace(cell, cross_validated=total, notes=tuple(notes))


def _folds(n_rows: int, n_folds: int, seed: int) -> list[NDArray[np.intp]]:
    """Positions of the rows of each fold, in order; sizes differ by one at most."""
    shuffled = np.random.default_rng(seed).permutation(n_rows)
    return [np.sort(shuffled[i::n_folds]) for i in range(n_folds)]
