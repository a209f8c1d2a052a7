"""The lower bound that an EM step raises, along the way of the step: a picture of why the likelihood cannot fall."""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.expectation import entropy_of
from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


@dataclass(frozen=True, eq=False)
class Way:
    """Log-likelihood and bound (T,) at ``places`` on the way: 0 is where the step begins, 1 where it leads."""

    places: Array
    log_likelihood: Array
    lower_bound: Array


def along(x: Array, before: Mixture, after: Mixture, places: Array) -> Way:
    """Both along the straight line from one mixture's weights, means and covariances to another's, for rows (N, D).

    The bound is that of the responsibilities of ``before``: the expected log density of rows and components, plus the
    entropy of the responsibilities. It touches the log-likelihood where the responsibilities were taken, lies below it
    elsewhere, and is highest where the M step leads. Places beyond 0 and 1 at which there is no mixture are left out.

    Source: Bishop (2006), equation 9.71 and figure 9.14; Neal and Hinton (1998).
    """
    resp = before.memberships(x)
    entropy = entropy_of(resp.T)
    between = {float(place): _between(before, after, float(place)) for place in places}
    mixtures = {place: mixture for place, mixture in between.items() if _is_one(mixture)}
    joint = [mixture.log_component_densities(x) for mixture in mixtures.values()]
    bounds = [float((resp * each).sum()) + entropy for each in joint]
    levels = [float(mixture.log_density(x).sum()) for mixture in mixtures.values()]
    return Way(np.array(list(mixtures)), np.array(levels), np.array(bounds))


def _between(before: Mixture, after: Mixture, place: float) -> Mixture:
    weights = (1 - place) * before.weights + place * after.weights
    means = (1 - place) * before.means + place * after.means
    covariances = (1 - place) * before.covariances + place * after.covariances
    return Mixture(weights, means, covariances, before.family)


def _is_one(mixture: Mixture) -> bool:
    return bool((mixture.weights > 0).all() and (np.linalg.eigvalsh(mixture.covariances) > 0).all())
