"""Moving components that can't win onto halves of others: the way on from a solution that is not sound.

Source: Ueda, Nakano, Ghahramani and Hinton (2000), SMEM algorithm for mixture models, Neural Computation 12, who split
one component where they merge two others. Here what is split pays for what is dropped.

All groups that have collapsed are moved at once, onto halves of those that have not: on scales of few levels several
collapse together. One at a time, onto halves of any, nearly every pass of a rescue there went to groups that had
collapsed already (measured).
"""

from collections.abc import Sequence
from math import pi, sqrt

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation, bounded
from gmm_core.model.em.parameters import Parameters

HALF_MEAN = sqrt(2 / pi)
"""Mean of the upper half of a standard normal distribution; the variance of either half is 1 - HALF_MEAN^2."""

LEFT = 0.9
"""The part of the gap between the halves that their own variances leave: a little more than theirs keeps them wide."""


def moved(
    parameters: Parameters, accused: Sequence[int], maximise: Maximisation, rng: np.random.Generator
) -> Parameters:
    """The parameters with each of the ``accused`` taken away, and another, drawn by its weight, cut into two halves."""
    weights, means, dense = parameters.weights.copy(), parameters.means.copy(), parameters.dense.copy()
    if len(accused) == len(weights):
        accused = _with_one_of_all(weights, means, dense)
    weights[list(accused)] = 0.0
    weights /= weights.sum()
    for component in accused:
        other = int(rng.choice(len(weights), p=weights))
        pair = [component, other]
        reach = HALF_MEAN * _reach(dense[other], rng)
        weights[pair] = weights[other] / 2
        means[pair] = means[other] + np.array([reach, -reach])
        dense[pair] = dense[other] - LEFT * np.multiply.outer(reach, reach)
    packed = parameters.form.from_dense(dense)
    noise_weight = 0.0 if parameters.noise is None else parameters.noise.weight
    return maximise.holding(bounded(maximise.family, weights, means, packed, maximise.floor), noise_weight)


def _with_one_of_all(weights: Array, means: Array, dense: Array) -> list[int]:
    """Make the heaviest component that of all rows, in place; the others."""
    shares, heaviest = weights / weights.sum(), int(weights.argmax())
    centre = shares @ means
    apart = means - centre
    dense[heaviest] = np.einsum("k,kij->ij", shares, dense) + np.einsum("k,ki,kj->ij", shares, apart, apart)
    means[heaviest] = centre
    return [component for component in range(len(weights)) if component != heaviest]


def _reach(covariance: Array, rng: np.random.Generator) -> Array:
    """From the centre of a covariance (D, D) to its one-sigma ellipsoid, (D,): along the longest axis, or anywhere.

    Either finds what the other misses: of 16 starts with moves, a Likert table (300 rows, 4 columns, K = 3) had a sound
    end in 2 along the longest axis alone and in 10 with both, 40 rows with K = 5 in 10 and 2 (measured). What is drawn
    gives the longest axis its sign: that of an eigenvector is up to rounding.
    """
    values, vectors = np.linalg.eigh(covariance)
    longest, direction = rng.random() < 0.5, vectors.T @ rng.normal(size=len(values))
    if longest:
        direction[:-1] = 0.0
    return np.asarray(vectors @ (np.sqrt(np.maximum(values, 0.0)) * direction) / np.linalg.norm(direction))
