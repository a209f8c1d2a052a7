"""How well a rule tells classes: cross-validated, each row by what was learnt without it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.model.checking import check_whole
from gmm_core.model.choice.agreement import CrossTable
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.mixtures import MixtureChoice
from gmm_core.model.classes.rules import Rule
from gmm_core.model.em.forms import Array
from gmm_core.model.watching import Stopping, Watch

Report = Callable[[int], bool]
"""Called with the number of folds done; False stops."""


@dataclass(frozen=True)
class Validation:
    """How rows are held out: so many folds, dealt by a seed; and the class priors (C,), the shares if not given."""

    n_folds: int = 10
    seed: int = 0
    priors: tuple[float, ...] | None = None
    choice: MixtureChoice = field(default_factory=MixtureChoice)


@dataclass(frozen=True, eq=False)
class Judged:
    """A rule held to rows that it has not seen.

    Attributes
    ----------
    data : Labelled
    log_posteriors : (N, C) array
        Log probability of each class for each row, learnt without the row's fold.
    """

    data: Labelled
    log_posteriors: Array

    @cached_property
    def told(self) -> NDArray[np.intp]:
        """The likeliest class of each row, (N,)."""
        return self.log_posteriors.argmax(axis=1)

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays, the rows among them."""
        return self.data.nbytes + self.log_posteriors.nbytes

    @property
    def error(self) -> float:
        """Part of the rows whose class is told wrongly."""
        return self._mean(self.told != self.data.codes)

    @property
    def standard_error(self) -> float:
        """Of ``error``, as if rows were told independently: folds share most of their rows, so it is rough."""
        return float(np.sqrt(self.error * (1 - self.error) / self.data.weights.sum()))

    @property
    def brier(self) -> float:
        """Mean over rows of the squared distance between probabilities and truth: 0 is perfect, 2 the worst.

        Source: Brier (1950), Verification of forecasts expressed in terms of probability.
        """
        truth = np.eye(len(self.data.classes))[self.data.codes]
        return self._mean(((np.exp(self.log_posteriors) - truth) ** 2).sum(axis=1))

    @property
    def log_score(self) -> float:
        """Mean over rows of minus the log probability of the true class, in nats; lower is better."""
        return -self._mean(self.log_posteriors[np.arange(len(self.told)), self.data.codes])

    @cached_property
    def confusion(self) -> CrossTable:
        """Rows by true class and by the class told; a class that is never told has a column of zeros."""
        n_classes = len(self.data.classes)
        cells = self.data.codes * n_classes + self.told
        counts = np.asarray(np.bincount(cells, self.data.weights, n_classes**2), dtype=float).reshape(n_classes, -1)
        return CrossTable(self.data.classes, self.data.classes, counts, 0)

    @cached_property
    def mistakes(self) -> tuple[tuple[str, str, float], ...]:
        """True class, class told and how many rows, for each pair that is mixed up; the most rows first."""
        classes, counts = self.data.classes, self.confusion.counts
        found = [(classes[i], classes[j], float(counts[i, j])) for i, j in np.argwhere(counts > 0) if i != j]
        return tuple(sorted(found, key=lambda mistake: -mistake[2]))

    @property
    def class_errors(self) -> Array:
        """Part of each class's rows that is told wrongly, (C,)."""
        return np.asarray(1 - np.diagonal(self.confusion.counts) / self.confusion.row_totals)

    def _mean(self, values: NDArray[np.generic]) -> float:
        return float(np.average(values.astype(float), weights=self.data.weights))


def judge(rule: Rule, data: Labelled, validation: Validation, report: Report = lambda done: True) -> Judged | None:
    """A rule held to each fold of the rows by what it learns from the others; all it chooses it chooses anew there.

    None where it was stopped.

    Source: Hastie, Tibshirani and Friedman (2009), section 7.10.

    Raises
    ------
    SettingsError
        For fewer than two folds, more than rows, or priors that are none.
    DataError
        Where a fold leaves a class too few rows for the rule; it names the class.
    """
    check_whole("n_folds", validation.n_folds, 2, len(data.codes))
    log_posteriors = np.empty((len(data.codes), len(data.classes)))
    for done, held_out in enumerate(data.folds(validation.n_folds, validation.seed)):
        stopping = Stopping(_at_fold(done, report))
        if not report(done):
            return None
        inside = np.ones(len(data.codes), dtype=bool)
        inside[held_out] = False
        try:
            taught = rule.taught(data.only(inside), validation.choice, stopping, validation.priors)
        except DataError as error:
            problem = f"Without fold {done + 1} of {validation.n_folds}: {error.problem}"
            raise DataError(problem, error.remedy, value=error.value) from None
        if taught is None:
            return None
        log_posteriors[held_out] = taught.log_posteriors(data.x[held_out])
    return Judged(data, log_posteriors)


def _at_fold(done: int, report: Report) -> Watch:
    """What fits of one fold report to."""
    return lambda progress: report(done)
