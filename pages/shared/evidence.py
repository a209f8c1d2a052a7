"""What is known about the number of groups: gathered from the grid and from what was asked for, one finding each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isnan

from gmm_core.model.choice.cell import CROSS_VALIDATED, Cell, lowest
from gmm_core.model.families import get_family
from pages.shared import findings, firmness, population, scattering, testing
from pages.shared.criteria_panel import CRITERIA, best_by
from pages.shared.fitting import known_fit
from pages.shared.grids import Grid
from pages.shared.results import Fitted, features_of
from pages.shared.sentences import few_rows
from pages.shared.verdict import Finding, Firmness
from pages.shared.wording import several
from pages.shared.workspace import Workspace


@dataclass(frozen=True)
class Case:
    """What the evidence is drawn from.

    Attributes
    ----------
    workspace : Workspace
        With the fit in use.
    grid : Grid
        The models that were compared.
    best : Cell
        The one of lowest BIC.
    fitted : Fitted or None
        The fit in use, where it is done.
    """

    workspace: Workspace
    grid: Grid
    best: Cell
    fitted: Fitted | None

    @property
    def fit_is_best(self) -> bool:
        """Whether the fit in use is the model of lowest BIC."""
        settings = self.workspace.settings
        return (settings.n_components, settings.covariance_type) == self.best.pair

    @property
    def best_fitted(self) -> Fitted | None:
        """The model of lowest BIC as a fit, in use or not; None where a sample of the rows was compared."""
        workspace, fit = self.workspace.with_model(*self.best.pair), self.best.fit
        features = features_of(workspace)
        return Fitted(workspace, features, fit) if fit is not None and fit.n_rows == features.n_fitted else None

    @property
    def compared(self) -> Fitted | None:
        """The groups to be set against one population: those of lowest BIC, else those of the fit in use."""
        best = self.best_fitted
        return best if best is not None and best.mixture.n_components > 1 else self.fitted

    @property
    def best_words(self) -> str:
        """The model of lowest BIC, named."""
        return f"{several(self.best.n_components, 'group')}, {_shape(self.best.covariance_type)}"

    @property
    def fit_words(self) -> str:
        """The fit in use, named."""
        settings = self.workspace.settings
        return f"the fit in use, {several(settings.n_components, 'group')}, {_shape(settings.covariance_type)}"


def known(workspace: Workspace, grid: Grid) -> list[Finding]:
    """All that is known, BIC first; nothing where no model is sound."""
    best = best_by(grid, "bic")
    if best is None:
        return []
    case = Case(workspace, grid, best, known_fit(workspace))
    found = [finding for find in FINDERS for finding in find(case)]
    lacking = findings.unchecked(best.n_components, {finding.name for finding in found})
    return [*found, lacking] if lacking else found


def compared(workspace: Workspace, grid: Grid) -> Fitted | None:
    """The groups that the page's answer sets against one population; None while that is not known."""
    best = best_by(grid, "bic")
    return Case(workspace, grid, best, known_fit(workspace)).compared if best and grid.complete else None


def not_asked(found: list[Finding]) -> list[str]:
    """What could be asked for beside what was found, and where."""
    names = {finding.name for finding in found}
    return [where for name, where in ON_REQUEST.items() if name not in names]


ON_REQUEST = {
    "cross-validation": "cross-validation (Side by side)",
    findings.TEST: "the test of one more group (One more?)",
    findings.POPULATION: "the check against one population (Any groups?)",
    findings.STABILITY: "stability (How sure, on Fit)",
}
"""Evidence that waits for a click, and where that is."""


def _bic(case: Case) -> list[Finding]:
    values = {cell.n_components: cell.bic for cell in case.grid.best_of_each}
    return [findings.by_bic(values, _shape(case.best.covariance_type))]


def _most(case: Case) -> list[Finding]:
    most = max(cell.n_components for cell in case.grid.cells)
    found = findings.by_most(case.best.n_components, most)
    return [found] if found else []


def _icl(case: Case) -> list[Finding]:
    best = lowest(case.grid.cells, "icl")
    return [findings.by_icl(best.n_components, _shape(best.covariance_type), case.best.n_components)]


def _cross_validation(case: Case) -> list[Finding]:
    best = best_by(case.grid, CROSS_VALIDATED)
    if best is None:
        return []
    number = case.best.n_components
    values = [cell.value(CROSS_VALIDATED) for cell in case.grid.cells if cell.n_components == number]
    told = [value for value in values if not isnan(value)]
    lead = min(told) - best.value(CROSS_VALIDATED) if told else None
    return [findings.by_cross_validation(best.n_components, lead, number)]


def _aic(case: Case) -> list[Finding]:
    picks = {CRITERIA[name].name: best for name in ("aic", "aicc") if (best := best_by(case.grid, name)) is not None}
    return [findings.by_aic({name: cell.n_components for name, cell in picks.items()}, case.best.n_components)]


def _rows(case: Case) -> list[Finding]:
    found = few_rows(case.best.n_parameters, case.grid.n_rows)
    because = "there are few rows for so detailed a model"
    return [Finding("rows", each, (), Firmness.OPEN, because) for each in found]


def _tests(case: Case) -> list[Finding]:
    """That of one group against two is told with the check against one population, where this is known."""
    name, number = case.workspace.settings.covariance_type, case.best.n_components
    told = _population(case)
    found = []
    for test in testing.known_tests(case.workspace):
        p_value = None if test.unsound else test.p_value
        finding = findings.by_test(test.n_components, p_value, _shape(name), name == case.best.covariance_type, number)
        found.append(replace(finding, says="") if told and test.n_components == 1 else finding)
    return found


def _population(case: Case) -> list[Finding]:
    groups = case.compared
    found = None if groups is None else population.known_outcome(groups)
    if found is None or groups is None:
        return []
    settings, needed = groups.workspace.settings, testing.second_needed(case.workspace)
    k, shape = settings.n_components, _shape(settings.covariance_type)
    return [findings.by_population(found.kind, needed, k, shape, case.best.n_components)]


def _stability(case: Case) -> list[Finding]:
    """Of the model of lowest BIC, else of the fit in use."""
    for fitted, model, counts in (
        (case.best_fitted, case.best_words, True),
        (case.fitted, case.fit_words, case.fit_is_best),
    ):
        found = None if fitted is None else firmness.known_bootstrap(fitted)
        if found is not None and fitted is not None and found.rand and found.share_done == 1:
            jaccard = dict(zip(fitted.letters, found.jaccard.tolist(), strict=True))
            return [findings.by_stability(jaccard, sum(found.rand) / len(found.rand), model, counts)]
    return []


def _scatter(case: Case) -> list[Finding]:
    fit = case.best.fit
    found = () if fit is None else scattering.found_in(fit.mixture)
    return [findings.by_scatter(case.best.n_components, len(found))] if found else []


def _merging(case: Case) -> list[Finding]:
    best = case.best_fitted
    if best is None or best.mixture.n_components < 2:
        return []
    return [findings.by_merging(best.merging.n_components, best.merging.suggested, best.merging.apart, case.best_words)]


FINDERS: tuple[Callable[[Case], list[Finding]], ...] = (
    _bic,
    _scatter,
    _most,
    _icl,
    _cross_validation,
    _aic,
    _rows,
    _tests,
    _population,
    _stability,
    _merging,
)
"""Each draws what one kind of evidence says from the case; BIC is the first."""


def _shape(name: str) -> str:
    return get_family(name).words
