"""Saddles of the likelihood, and ways off them.

Components may lie on top of each other: on a saddle, or on a ridge with nothing higher beside it. EM never parts two
components that are equal (Wu, 1983, On the convergence properties of the EM algorithm), and leaves nearly equal ones so
slowly that its stopping rule takes the saddle for a maximum. A push tells: where the likelihood rises beyond the
saddle's, it was one. On other saddles components are held by symmetry alone, and the slightest nudge grows.
"""

from dataclasses import replace

import numpy as np

from gmm_core.model.em.maximisation import bounded
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import Family

SAME_PLACE = 0.02
"""Squared distance of two means, in standard deviations, below which they are one place. One component with the moments
of two so near, and of one shape, loses less than 0.01 nats on a million rows. Of all ends with full covariances (twenty
tables, K = 2 to 6), pairs within 0.7 were within 0.07; a push gained 1 to 4 nats (measured)."""

SAME_SHAPE = 0.03
"""Two components have one shape where no ratio of their variances in any direction is further than this from 1."""

PUSH = 0.5
"""How far each of a pair is pushed along its longest axis, in standard deviations."""

NUDGE = 0.1
"""How far each component is nudged, in standard deviations."""


def coinciding(parameters: Parameters) -> tuple[int, int] | None:
    """The first pair of components with one place and one shape, if there is one."""
    dense = parameters.dense
    white = np.linalg.inv(np.linalg.cholesky(dense))
    for i, own in enumerate(white):
        for j in range(i + 1, len(white)):
            apart = own @ (parameters.means[j] - parameters.means[i])
            if apart @ apart < SAME_PLACE and np.abs(np.linalg.eigvalsh(own @ dense[j] @ own.T) - 1).max() < SAME_SHAPE:
                return i, j
    return None


def pushed_apart(parameters: Parameters, pair: tuple[int, int], family: Family, floor: float) -> Parameters:
    """The parameters with a pair of components moved apart along their longest axis, and sharing their weight.

    The sign of an eigenvector is up to rounding, so a direction that hardly any is at right angles to decides which of
    the pair goes which way.
    """
    values, vectors = np.linalg.eigh(parameters.dense[pair[0]])
    longest = vectors[:, -1]
    sign = np.copysign(1.0, longest @ (1.0 / np.sqrt(np.arange(1.0, len(longest) + 1))))
    step = sign * PUSH * np.sqrt(values[-1]) * longest
    weights, means = parameters.weights.copy(), parameters.means.copy()
    weights[list(pair)] = weights[list(pair)].mean()
    means[list(pair)] += [step, -step]
    return replace(bounded(family, weights, means, parameters.covariances, floor), noise=parameters.noise)


def nudged(parameters: Parameters, seed: int) -> Parameters:
    """The parameters with each mean moved a little, in a direction of its own."""
    steps = np.random.default_rng(seed).normal(size=parameters.means.shape)
    steps *= NUDGE / np.linalg.norm(steps, axis=1, keepdims=True)
    steps = np.einsum("kde,ke->kd", np.linalg.cholesky(parameters.dense), steps)
    return replace(parameters, means=parameters.means + steps)
