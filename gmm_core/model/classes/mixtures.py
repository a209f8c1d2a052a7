"""A mixture for each class, with a number of groups and a family of its own: MclustDA.

Source: Fraley and Raftery (2002), Model-based clustering, discriminant analysis, and density estimation, Journal of the
American Statistical Association 97, 611-631, its part on discriminant analysis.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gmm_core.errors import DataError, GmmError
from gmm_core.model.choice.criteria import bic
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.families import COMMON, get_family
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping


@dataclass(frozen=True)
class MixtureChoice:
    """Among which mixtures BIC chooses for each class, and how these are fitted."""

    most_groups: int = 3
    families: tuple[str, ...] = COMMON
    settings: FitSettings = field(default_factory=lambda: FitSettings(n_init=3, tol=1e-8))


def class_mixtures(data: Labelled, choice: MixtureChoice, stopping: Stopping) -> tuple[Mixture, ...]:
    """For each class the mixture of lowest BIC for its rows; fewer where ``stopping`` says stop.

    Raises
    ------
    DataError
        Where no mixture of the choice fits a class soundly; it names the class.
    """
    found: list[Mixture] = []
    for code in range(len(data.classes)):
        mixture = _best(data, code, choice, stopping)
        if mixture is None:
            break
        found.append(mixture)
    return tuple(found)


def _best(data: Labelled, code: int, choice: MixtureChoice, stopping: Stopping) -> Mixture | None:
    rows, problem = data.of_class(code), ""
    fits: list[Fit] = []
    for family in _distinct(choice.families, rows.x.shape[1]):
        try:
            for fit in _growing(rows, family, choice, stopping):
                if stopping.stopped:
                    return None
                fits.append(fit)
        except GmmError as error:
            problem = problem or error.problem
    if not fits:
        which = data.classes[code]
        remedy = "Take one Gaussian a class with a shape that all share, or join the class with another."
        raise DataError(f"The rows of class “{which}” carry no mixture of their own. {problem}", remedy, value=which)
    return min(fits, key=lambda fit: bic(fit.evidence)).mixture


def _distinct(families: tuple[str, ...], n_features: int) -> tuple[str, ...]:
    """Those that differ: on a single column a group has a volume and nothing else."""
    if n_features > 1:
        return families
    return tuple({get_family(name).one_dimensional: name for name in reversed(families)}.values())


def _growing(rows: Labelled, family: str, choice: MixtureChoice, stopping: Stopping) -> Iterator[Fit]:
    """Fits with more and more groups, each with the one before as a guide; raises where there is no sound one."""
    guides: list[Mixture] = []
    for k in range(1, choice.most_groups + 1):
        n_init = choice.settings.n_init if k > 1 else 1
        settings = replace(choice.settings, n_components=k, covariance_type=family, n_init=n_init)
        fit = fit_mixture(rows.x, settings, None, stopping, False, rows.weights, guides, rescue=False)
        guides = [fit.mixture]
        yield fit
