"""The grid of K by family: one best sound solution a cell, and the criteria of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any

from gmm_core.errors import CollinearError, NoSoundSolutionError, SettingsError, TooFewRowsError
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.conversion import as_floats
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import COMMON, get_family
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.given import RandomState, seed_of
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Watch


@dataclass(frozen=True)
class Cell:
    """One cell of the grid; where ``sound`` is false, ``reason`` says why and the numbers are nan."""

    n_components: int
    covariance_type: str
    log_likelihood: float
    n_parameters: int
    bic: float
    aic: float
    icl: float
    sound: bool
    reason: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """Cells of the grid, and the settings that reproduce the fit of each."""

    cells: list[Cell]
    settings: FitSettings
    data: object
    weights: object = None

    def best_cell(self, criterion: str = "bic") -> Cell:
        """The sound cell with the lowest value of a criterion.

        Raises
        ------
        SettingsError
            For a criterion that is none.
        NoSoundSolutionError
            Where no cell is sound.
        """
        return lowest(self.cells, criterion)

    def best(self, criterion: str = "bic") -> GaussianMixture:
        """A fitted estimator for ``best_cell``."""
        cell = self.best_cell(criterion)
        chosen = replace(self.settings, n_components=cell.n_components, covariance_type=cell.covariance_type)
        settings = dict(vars(chosen))
        return GaussianMixture(random_state=settings.pop("seed"), **settings).fit(self.data, sample_weight=self.weights)


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
        For data that no cell can be fitted to.
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


def lowest(cells: Iterable[Cell], criterion: str) -> Cell:
    """The sound cell with the lowest value of a criterion; see ``Comparison.best_cell``."""
    if criterion not in tuple(CRITERIA):
        raise SettingsError(f"There is no criterion {criterion!r}.", f"Choose one of {', '.join(CRITERIA)}.")
    sound = [cell for cell in cells if cell.sound]
    if not sound:
        raise NoSoundSolutionError("No number of groups and no family has a sound solution.", "Use other columns.")
    return min(sound, key=lambda cell: float(getattr(cell, criterion)))


def _several(name: str, value: Any, single: type) -> list[Any]:
    """The values to try: those given, or one that stands for itself."""
    try:
        return [value] if isinstance(value, single) else list(value)
    except TypeError:
        raise SettingsError(f"{name} is {value!r}.", "Give one or a list of them.", value=value) from None


def _cell(x: object, settings: FitSettings, watch: Watch | None, weights: object) -> Cell:
    settings.check()
    shape = as_floats(x).shape
    try:
        _check_enough_numbers(shape, settings)
        return _sound_cell(fit_mixture(x, settings, watch=watch, suggest=False, weights=weights), settings)
    except (CollinearError, NoSoundSolutionError, TooFewRowsError) as error:
        return _empty_cell(shape[1], settings, error.problem)


def _check_enough_numbers(shape: tuple[int, ...], settings: FitSettings) -> None:
    if len(shape) != 2 or settings.n_components > shape[0]:  # said better by the fit itself
        return
    n_parameters = get_family(settings.covariance_type).n_parameters(settings.n_components, shape[1])
    n_numbers = shape[0] * shape[1]
    if n_parameters > n_numbers:
        raise TooFewRowsError(f"{n_parameters} free parameters are more than the table's {n_numbers} numbers.")


def _sound_cell(fit: Fit, settings: FitSettings) -> Cell:
    evidence = fit.evidence
    values = {name: criterion(evidence) for name, criterion in CRITERIA.items()}
    return Cell(
        settings.n_components,
        settings.covariance_type,
        fit.log_likelihood,
        evidence.n_parameters,
        sound=True,
        reason="",
        **values,
    )


def _empty_cell(n_features: int, settings: FitSettings, reason: str) -> Cell:
    n_parameters = get_family(settings.covariance_type).n_parameters(settings.n_components, n_features)
    nan = float("nan")
    return Cell(settings.n_components, settings.covariance_type, nan, n_parameters, nan, nan, nan, False, reason)
