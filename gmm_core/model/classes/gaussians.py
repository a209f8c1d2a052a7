"""One Gaussian a class, with covariances of one family: eigenvalue decomposition discriminant analysis (EDDA).

Memberships are known, so the maximum of the likelihood is a single M step.

Sources: Bensmail and Celeux (1996), Regularized Gaussian discriminant analysis through eigenvalue decomposition,
Journal of the American Statistical Association 91, 1743-1748; Celeux and Govaert (1995) for the M steps.
"""

import numpy as np

from gmm_core.errors import DataError
from gmm_core.model.checking import check_spread, count_distinct
from gmm_core.model.choice.criteria import Evidence, bic
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.em.expectation import moments_of
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.rows import Rows
from gmm_core.model.families import distinct_families, get_family
from gmm_core.model.mixture import Mixture
from gmm_core.model.scaling import scaling_for

FLATTEST = 1e-10
"""Variance of a class in some direction, as a part of the columns' own, at which the class has no spread there."""

DISTINCT_SAMPLE = 1_000
"""Rows of a class among which enough distinct ones are looked for before all are."""

PLAINER = ("tied", "diag", "EEI", "EII")
"""Families that are offered where a class cannot have the one asked for."""


def class_gaussians(data: Labelled, family: str) -> Mixture:
    """A Gaussian for each class in the order of the classes, (C components), shares as in the rows.

    Raises
    ------
    DataError
        Where a class has too few distinct rows for the family, or no spread in some direction; it names the class, and
        a family that would do.
    """
    try:
        return _fitted(data, family)
    except _NoSpreadError as error:
        raise DataError(error.problem, _way_out(data), value=error.value) from None


def best_gaussians(data: Labelled) -> Mixture:
    """As ``class_gaussians``, with the family of lowest BIC among all that the rows can carry.

    This is what mclust's MclustDA does with modelType = "EDDA".
    """
    found, problem = [], DataError("No family of Gaussians can be fitted to each class.", "Use other columns.")
    for family in distinct_families(data.x.shape[1]):
        try:
            found.append(_fitted(data, family))
        except DataError as error:
            problem = error
    if not found:
        raise problem
    return min(found, key=lambda mixture: bic(evidence(data, mixture)))


def evidence(data: Labelled, mixture: Mixture) -> Evidence:
    """What the criteria are made of: the likelihood of rows and classes together, so that entropy plays no part."""
    log_joint = mixture.log_component_densities(data.x)[np.arange(len(data.codes)), data.codes]
    return Evidence(float(data.weights @ log_joint), mixture.n_parameters, float(data.weights.sum()), 0.0)


def parted(mixture: Mixture) -> tuple[Mixture, ...]:
    """Each component as a mixture of its own."""
    parts = zip(mixture.means, mixture.covariances, strict=True)
    return tuple(Mixture(np.ones(1), mean[None], covariance[None], mixture.family) for mean, covariance in parts)


class _NoSpreadError(DataError):
    """A class without spread under a family."""


def _fitted(data: Labelled, name: str) -> Mixture:
    family = get_family(name)
    _check_rows(data, name)
    check_spread(data.x, data.columns, np.arange(len(data.x)))
    weights = None if (data.weights == 1).all() else data.weights
    scaling = scaling_for(data.x, family.own_scales, data.columns, weights)
    family = family.measured_in(scaling.scale / scaling.scale.max())
    resp = np.eye(len(data.classes))[:, data.codes]  # (C, N)
    means, moments = moments_of(Rows.scaled(data.x, scaling, weights), resp, family.form)
    found = Maximisation(family, FLATTEST)(moments, means)
    flat = np.linalg.eigvalsh(found.dense)[:, 0] <= 2 * FLATTEST
    if flat.any():
        which = data.classes[int(flat.argmax())]
        problem = (
            f"The rows of class “{which}” lie on a line or a plane; Gaussians of the kind “{family.words}” do not."
        )
        raise _NoSpreadError(problem, value=which)
    return Mixture(found.weights, found.means, found.dense, name).rescaled(scaling.centre, scaling.scale)


def _check_rows(data: Labelled, name: str) -> None:
    family, n_features = get_family(name), data.x.shape[1]
    needed = family.rows_needed(n_features)
    for code, which in enumerate(data.classes):
        x = data.x[data.codes == code]
        if count_distinct(x[:DISTINCT_SAMPLE]) < needed and (n_distinct := count_distinct(x)) < needed:
            kind = f"Gaussians of the kind “{family.words}” need {needed} in each class."
            raise _NoSpreadError(f"Class “{which}” has {n_distinct} distinct row(s); {kind}", value=which)


def _way_out(data: Labelled) -> str:
    """What to do where a class cannot have a family."""
    for name in PLAINER:
        try:
            _fitted(data, name)
        except DataError:
            continue
        return f"Those of the kind “{get_family(name).words}” would do; or join the class with another."
    return "Join the class with another, or leave it out."
