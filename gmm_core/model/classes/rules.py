"""The rules that predict classes: a registry, from the plainest to the one with most freedom."""

from collections.abc import Callable
from dataclasses import dataclass

from gmm_core.model.classes.classifier import Classifier, checked_priors
from gmm_core.model.classes.gaussians import best_gaussians, class_gaussians, parted
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.mixtures import MixtureChoice, class_mixtures
from gmm_core.model.mixture import Mixture
from gmm_core.model.watching import Stopping

Learn = Callable[[Labelled, MixtureChoice, Stopping], tuple[Mixture, ...]]
"""From labelled rows to the density of each class; () where rows tell nothing."""


@dataclass(frozen=True)
class Rule:
    """A way to predict classes.

    ``words`` name it in a menu, ``note`` says more, and ``learn`` finds the density of each class.
    """

    name: str
    words: str
    note: str
    learn: Learn

    def taught(
        self, data: Labelled, choice: MixtureChoice, stopping: Stopping, priors: object = None
    ) -> Classifier | None:
        """What the rule learns from rows; None where it was stopped.

        Priors are the classes' shares if not given, and where rows tell nothing: equal ones have no commonest class.

        Raises
        ------
        DataError
            Where a class has too few rows for the rule; it names the class.
        SettingsError
            For priors that are none.
        """
        given = data.shares if priors is None else checked_priors(priors, len(data.classes))
        mixtures = self.learn(data, choice, stopping)
        return None if stopping.stopped else Classifier(data.classes, given if mixtures else data.shares, mixtures)


def _gaussians(family: str) -> Learn:
    return lambda data, choice, stopping: parted(class_gaussians(data, family))


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "commonest",
            "Always the commonest class",
            "What every other rule has to beat.",
            lambda data, choice, stopping: (),
        ),
        Rule(
            "one shape",
            "One Gaussian a class, one shape",
            "All classes share one covariance: linear discriminant analysis (LDA).",
            _gaussians("tied"),
        ),
        Rule(
            "free shapes",
            "One Gaussian a class, free shapes",
            "Each class has a covariance of its own: quadratic discriminant analysis (QDA).",
            _gaussians("full"),
        ),
        Rule(
            "best shape",
            "One Gaussian a class, best shape",
            "BIC chooses what the covariances share among the families (EDDA).",
            lambda data, choice, stopping: parted(best_gaussians(data)),
        ),
        Rule(
            "mixtures",
            "One mixture a class",
            "BIC chooses how many groups each class has, and their shape (MclustDA).",
            class_mixtures,
        ),
    )
}
