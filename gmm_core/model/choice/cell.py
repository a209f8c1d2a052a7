"""One cell of the grid of K by family: its best sound solution, and what each criterion says of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isnan, nan

from gmm_core.errors import NoSoundSolutionError, SettingsError
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.families import get_family
from gmm_core.model.fit import Fit
from gmm_core.model.settings import FitSettings

Pair = tuple[int, str]
"""A place in the grid: K and the name of a family."""

CROSS_VALIDATED = "cross_validated"
COMPARED = (*CRITERIA, CROSS_VALIDATED)
"""Names of what cells can be ranked by, in the order in which menus show them; lower is better for each."""


@dataclass(frozen=True)
class Cell:
    """One cell of the grid; where ``sound`` is false, ``reason`` says why and the numbers are nan.

    Attributes
    ----------
    n_components : int
    covariance_type : str
    log_likelihood : float
        Sum over rows, in nats.
    n_parameters : int
    bic, aic, aicc, icl : float
        Lower is better; ``aicc`` is nan where there are too few rows for it, which ``notes`` says.
    cross_validated : float
        Held-out log-likelihood summed over all rows, each from the fit to the folds that it isn't in: the mean per row
        times the number of rows (the sum of their weights), so that it stands beside ``log_likelihood``. Higher is
        better here; ``value("cross_validated")`` is -2 times it. nan where not asked for, or where ``notes`` says why.
    found : float
        Share of the starts that ended in this solution. Of many rows, a start that was left behind counts as one that
        ended elsewhere.
    sound : bool
    reason : str
    notes : tuple of str
        Why a sound cell lacks a number, as sentences.
    fit : Fit or None
        The solution itself, None where none is sound.
    """

    n_components: int
    covariance_type: str
    log_likelihood: float
    n_parameters: int
    bic: float
    aic: float
    aicc: float
    icl: float
    cross_validated: float
    found: float
    sound: bool
    reason: str
    notes: tuple[str, ...] = ()
    fit: Fit | None = field(default=None, compare=False, repr=False)

    @property
    def pair(self) -> Pair:
        """Its place in the grid."""
        return self.n_components, self.covariance_type

    def value(self, criterion: str) -> float:
        """What a criterion of ``COMPARED`` says; lower is better, and nan where it says nothing."""
        return -2 * self.cross_validated if criterion == CROSS_VALIDATED else float(getattr(self, criterion))


def sound_cell(fit: Fit, settings: FitSettings) -> Cell:
    """The cell of a fit with these settings."""
    evidence = fit.evidence
    values = {name: criterion(evidence) for name, criterion in CRITERIA.items()}
    return Cell(
        settings.n_components,
        settings.covariance_type,
        fit.log_likelihood,
        evidence.n_parameters,
        cross_validated=nan,
        found=fit.solutions[0].share,
        sound=True,
        reason="",
        notes=_few_rows(values["aicc"], evidence.n_parameters, evidence.n_rows),
        fit=fit,
        **values,
    )


def empty_cell(n_features: int, settings: FitSettings, reason: str) -> Cell:
    """A cell without a sound solution."""
    k, name = settings.n_components, settings.covariance_type
    n_parameters = get_family(name).n_parameters(k, n_features)
    return Cell(k, name, nan, n_parameters, nan, nan, nan, nan, nan, nan, sound=False, reason=reason)


def lowest(cells: Iterable[Cell], criterion: str) -> Cell:
    """The sound cell with the lowest value of a criterion.

    Raises
    ------
    SettingsError
        For a criterion that is none.
    NoSoundSolutionError
        Where no cell is sound, or the criterion says nothing of those that are.
    """
    if criterion not in COMPARED:
        raise SettingsError(f"There is no criterion {criterion!r}.", f"Choose one of {', '.join(COMPARED)}.")
    sound = [cell for cell in cells if cell.sound]
    if not sound:
        raise NoSoundSolutionError("No number of groups and no family has a sound solution.", "Use other columns.")
    valued = [cell for cell in sound if not isnan(cell.value(criterion))]
    if not valued:
        raise NoSoundSolutionError(f"No model has a value of {criterion}.", _REMEDIES[criterion])
    return min(valued, key=lambda cell: cell.value(criterion))


_REMEDIES = dict.fromkeys(CRITERIA, "Choose another criterion.") | {CROSS_VALIDATED: "Ask for cross-validation first."}


def _few_rows(aicc: float, n_parameters: int, n_rows: float) -> tuple[str, ...]:
    if not isnan(aicc):
        return ()
    return (f"AICc needs more than {n_parameters + 1} rows for {n_parameters} free parameters; there are {n_rows:g}.",)
