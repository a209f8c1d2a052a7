"""The grid of K by family: one best sound solution a cell, and the criteria of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any

import numpy as np

from gmm_core.errors import DataError, NoSoundSolutionError, SettingsError, TooFewRowsError
from gmm_core.model.checking import as_table, feature_names
from gmm_core.model.choice.cell import Cell, empty_cell, lowest, sound_cell
from gmm_core.model.em.forms import Array
from gmm_core.model.estimator import GaussianMixture, RandomState, seed_of
from gmm_core.model.families import COMMON, get_family
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import check_weights
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Watch


@dataclass(frozen=True, eq=False)
class Comparison:
    """Cells of the grid, and the settings that reproduce the fit of each."""

    cells: list[Cell]
    settings: FitSettings
    data: object
    weights: object = None

    def best_cell(self, criterion: str = "bic") -> Cell:
        """The sound cell with the lowest value of a criterion; see ``lowest``."""
        return lowest(self.cells, criterion)

    def best(self, criterion: str = "bic") -> GaussianMixture:
        """A fitted estimator that holds the solution of ``best_cell``."""
        return self.estimator(self.best_cell(criterion))

    def estimator(self, cell: Cell) -> GaussianMixture:
        """A fitted estimator that holds a sound cell's solution."""
        chosen = replace(self.settings, n_components=cell.n_components, covariance_type=cell.covariance_type)
        settings = dict(vars(chosen))
        model = GaussianMixture(random_state=settings.pop("seed"), **settings)
        if cell.fit is None:
            raise NoSoundSolutionError(cell.reason, "Choose another cell.")
        return model.holding(cell.fit, feature_names(self.data))


def compare_models(
    X: object,
    n_components: int | Iterable[int] = range(1, 10),
    covariance_types: str | Sequence[str] = COMMON,
    n_init: int = 5,
    random_state: RandomState = 0,
    missing_values: str = "raise",
    sample_weight: object = None,
) -> Comparison:
    """Fit every K by every family to the rows of ``X`` (N, D); a single K or family may stand for itself.

    ``missing_values`` and ``sample_weight`` are those of ``GaussianMixture`` and its ``fit``.

    A cell with more free parameters than the table has numbers is not fitted: it could follow any table.

    Raises
    ------
    SettingsError
        For a K below 1 or a family that is none.
    DataError
        For data that are no table of numbers, or weights that are none. What keeps a model from being fitted to a
        sound table is the reason of its cell.
    """
    settings = FitSettings(n_init=n_init, seed=seed_of(random_state), missing_values=missing_values)
    counts = _several("n_components", n_components, Integral)
    names = _several("covariance_types", covariance_types, str)
    cells = list(compare_cells(X, grid(counts, names), settings, weights=sample_weight))
    return Comparison(cells, settings, X, sample_weight)


def grid(n_components: Iterable[int], covariance_types: Sequence[str]) -> list[tuple[int, str]]:
    """Pairs of K and family, the small K first, so that what is quick comes first."""
    return [(k, name) for k in n_components for name in covariance_types]


def compare_cells(
    x: object,
    pairs: Iterable[tuple[int, str]],
    settings: FitSettings,
    watch: Watch | None = None,
    weights: object = None,
) -> Iterator[Cell]:
    """Cells one by one, as they are done."""
    for k, name in pairs:
        yield _cell(x, replace(settings, n_components=k, covariance_type=name), watch, weights)


def _several(name: str, value: Any, single: type) -> list[Any]:
    """The values to try: those given, or one that stands for itself."""
    try:
        return [value] if isinstance(value, single) else list(value)
    except TypeError:
        raise SettingsError(f"{name} is {value!r}.", "Give one or a list of them.", value=value) from None


def _cell(x: object, settings: FitSettings, watch: Watch | None, weights: object) -> Cell:
    settings.check()
    table, _ = as_table(x, gaps=settings.gaps)
    check_weights(weights, len(table))
    try:
        _check_enough_numbers(table, settings)
        return sound_cell(fit_mixture(x, settings, watch=watch, suggest=False, weights=weights), settings)
    except (DataError, NoSoundSolutionError) as error:
        return empty_cell(table.shape[1], settings, error.problem)


def _check_enough_numbers(table: Array, settings: FitSettings) -> None:
    """Raise ``TooFewRowsError`` where the free parameters outnumber the observed values."""
    if settings.n_components > len(table):  # said better by the fit itself
        return
    n_parameters = get_family(settings.covariance_type).n_parameters(settings.n_components, table.shape[1])
    n_numbers = np.count_nonzero(~np.isnan(table))
    if n_parameters > n_numbers:
        raise TooFewRowsError(f"{n_parameters} free parameters are more than the table's {n_numbers} numbers.")
