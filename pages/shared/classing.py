"""Classes known beforehand: what is asked of them, and what each rule has learnt and how well it tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gmm_core.errors import DataError, GmmError
from gmm_core.model.classes.judging import Judged, Validation, judge
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.mixtures import MixtureChoice
from gmm_core.model.classes.rules import RULES, Rule
from gmm_core.model.em.expectation import seconds_of_pass
from gmm_core.model.em.forms import Dense
from gmm_core.model.families import FAMILIES
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping
from pages.shared import jobs
from pages.shared.asked import asked, known
from pages.shared.effort import CELL, SECONDS_WITHOUT_ASKING, predicted_seconds
from pages.shared.results import features_of
from pages.shared.stores import kept
from pages.shared.tables import frame_of

if TYPE_CHECKING:
    from gmm_core.model.classes.classifier import Classifier
    from gmm_core.tables.feature_matrix import FeatureMatrix
    from pages.shared.workspace import Workspace

PLAIN, MIXTURES = "classes", "class-mixtures"
"""Slots of the work: rules with a Gaussian a class are quick, mixtures are not."""

ALTERNATION = 2e-3
"""Seconds of an M step in five columns, those that alternate among them."""

WITH_MIXTURES = "mixtures"
"""The rule that takes its time."""
SIMPLE, COMMONEST = "one shape", "commonest"
"""The rules that others are held against."""

AT_ONCE = (COMMONEST, SIMPLE, "free shapes")
"""The quickest rules."""


SAMPLE = 10_000
"""Rows of a longer table that are judged at once, before anyone waits for all."""


@dataclass(frozen=True, eq=False)
class Told:
    """A rule's classifier, learnt from all labelled rows, and how well it tells rows held out; or why it cannot."""

    rule: Rule
    judged: Judged | None = None
    classifier: Classifier | None = None
    problem: str = ""

    @property
    def nbytes(self) -> int:
        """Bytes of what was judged."""
        return 0 if self.judged is None else self.judged.nbytes


@dataclass(frozen=True, eq=False)
class Question:
    """Which column's classes are to be told, from which columns, with which priors and folds."""

    workspace: Workspace
    label: str
    equal_priors: bool
    n_folds: int

    @property
    def key(self) -> str:
        """What results are kept under."""
        seed = self.workspace.settings.seed
        return f"{self.workspace.key}|{self.label!r}|{self.equal_priors}|{self.n_folds}|{seed}"

    @cached_property
    def features(self) -> FeatureMatrix:
        """The features of the rows without a gap: a single M step has no way to keep the others.

        Raises
        ------
        GmmError
            Where the columns cannot be used.
        """
        return features_of(self.complete)

    @property
    def sampled(self) -> Question:
        """The same asked of a sample of the rows."""
        return replace(self, workspace=self.workspace.with_spec(sample=SAMPLE))

    @property
    def complete(self) -> Workspace:
        """The workspace without rows that have gaps."""
        return self.workspace.with_spec(gaps="drop") if self.workspace.spec.gaps == "em" else self.workspace

    @cached_property
    def labels(self) -> Any:
        """The label of each row of the features, (N,), None or NaN in gaps."""
        return frame_of(self.workspace)[self.label].iloc[self.features.rows].astype(object).to_numpy()

    @cached_property
    def data(self) -> Labelled:
        """The rows with a label.

        Raises
        ------
        DataError
            Where the labels tell no classes apart.
        """
        features = self.features
        return kept("labelled", 4, self.key, lambda: Labelled.of(features.values, self.labels, features.weights))

    @property
    def validation(self) -> Validation:
        """How rows are held out."""
        priors = (1.0,) * len(self.data.classes) if self.equal_priors else None
        seed = self.workspace.settings.seed
        choice = MixtureChoice(settings=FitSettings(n_init=3, tol=1e-8, seed=seed))
        return Validation(self.n_folds, seed, priors, choice)


def plain(question: Question) -> dict[str, Told] | None:
    """What the rules with at most one Gaussian a class say, or None where the page shows how far they are."""
    rules = [rule for name, rule in RULES.items() if name != WITH_MIXTURES]
    cost = (question.n_folds + 1) * len(FAMILIES) * _seconds_of_gaussians(question.data)
    found: dict[str, Told] | None = asked(
        PLAIN,
        question.key,
        "Cross-validate",
        cost,
        lambda report: _all(rules, question, report),
        SECONDS_WITHOUT_ASKING,
    )
    return found


def at_once(question: Question) -> dict[str, Told]:
    """What the quickest rules say of a sample of many rows; nothing of few, or where a class is too rare in it."""
    if len(question.data.codes) <= SAMPLE:
        return {}
    rules = [RULES[name] for name in AT_ONCE]

    def judge_sample() -> dict[str, Told]:
        try:
            return _all(rules, question.sampled, lambda part, text, paced=True: True) or {}
        except GmmError:
            return {}

    found: dict[str, Told] = kept("classes-at-once", 16, question.key, judge_sample)
    return found


def mixtures(question: Question) -> dict[str, Told] | None:
    """What one mixture a class says, or None where the page asks for it or shows how far it is."""
    found: dict[str, Told] | None = asked(
        MIXTURES,
        question.key,
        "Fit one mixture a class, too",
        _cost_of_mixtures(question),
        lambda report: _all([RULES[WITH_MIXTURES]], question, report),
        SECONDS_WITHOUT_ASKING,
    )
    return found


def mixtures_known(question: Question) -> dict[str, Told]:
    """What one mixture a class says where that is known."""
    return known(MIXTURES, question.key) or {}


def _seconds_of_gaussians(data: Labelled) -> float:
    """Predicted time of learning one Gaussian a class and judging it, roughly (measured up to 100,000 rows)."""
    n_rows, n_features = data.x.shape
    a_pass = seconds_of_pass(n_rows, len(data.classes), n_features, Dense())
    return 4 * a_pass + CELL * n_rows * n_features + ALTERNATION * (0.5 + n_features / 10)


def _cost_of_mixtures(question: Question) -> float:
    choice, data = question.validation.choice, question.data
    settings = [
        replace(choice.settings, n_components=k, covariance_type=family, n_init=choice.settings.n_init if k > 1 else 1)
        for k in range(1, choice.most_groups + 1)
        for family in choice.families
    ]
    once = sum(predicted_seconds(max(int(n), 1), data.x.shape[1], settings) for n in data.counts)
    return once * (question.n_folds + 1)


def _all(rules: Iterable[Rule], question: Question, report: jobs.Report) -> dict[str, Told] | None:
    """Each rule learnt and judged; None where it was stopped before the first was."""
    found: dict[str, Told] = {}
    chosen = list(rules)
    for number, rule in enumerate(chosen):
        told = _one(rule, question, number / len(chosen), 1 / len(chosen), report)
        if told is None:
            break
        found[rule.name] = told
    return found or None


def _one(rule: Rule, question: Question, start: float, part: float, report: jobs.Report) -> Told | None:
    data, validation = question.data, question.validation
    rounds = validation.n_folds + 1

    def go_on(done: int) -> bool:
        what = f"without fold {done + 1} of {validation.n_folds}" if done < rounds - 1 else "from all labelled rows"
        text = f"{rule.words}: learning {what}"
        return report(start + part * done / rounds, text, paced=part == 1.0)  # the rounds of one rule take as long each

    try:
        stopping = Stopping(lambda progress: go_on(rounds - 1))
        judged = judge(rule, data, validation, go_on)
        if judged is None:
            return None
        classifier = rule.taught(data, validation.choice, stopping, validation.priors)
    except DataError as error:
        return Told(rule, problem=str(error))
    return None if classifier is None else Told(rule, judged, classifier)
