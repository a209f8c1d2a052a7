"""The directions in which the groups of a mixture stand apart most, by means and by covariances.

Source: Scrucca (2010), Dimension reduction for model-based clustering, Statistics and Computing 20, 471-484, section 2:
the directions are the solutions v of M v = l S v with v'Sv = 1, where S is the mixture's total covariance and

    M = B S^-1 B + sum_k w_k (S_k - W) S^-1 (S_k - W),

B the covariance of the means and W the mean of the covariances S_k. They span the same space whatever the columns'
units, and where all groups have one covariance they are Fisher's discriminant directions.
"""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

LEAST_VALUE = 1e-8
"""Eigenvalue, of at most 2, below which a direction tells nothing of the groups."""


@dataclass(frozen=True, eq=False)
class Projection:
    """Directions, the most telling first.

    Attributes
    ----------
    centre : (D,) array
        The mixture's mean, which lies at 0 in each direction.
    directions : (D, M) array
        Coefficients of the columns; the mixture has variance 1 along each, and they are uncorrelated.
    loadings : (D, M) array
        Correlation of each column with each direction under the mixture; the largest of a direction is positive.
    values : (M,) array
        Eigenvalues, falling.
    """

    centre: Array
    directions: Array
    loadings: Array
    values: Array

    def scores(self, x: Array) -> Array:
        """Places (N, M) of rows (N, D) along the directions; NaN for rows with a gap."""
        return np.asarray((x - self.centre) @ self.directions)

    def seen(self, mixture: Mixture) -> Mixture:
        """The same mixture along the directions."""
        return mixture.projected(self.centre, self.directions)


def telling_projection(mixture: Mixture) -> Projection:
    """All directions along which the groups differ: none where there is one group only.

    Noise plays no part in them.
    """
    weights = mixture.weights / mixture.weights.sum()
    centre = weights @ mixture.means
    within = np.tensordot(weights, mixture.covariances, 1)
    away = mixture.means - centre
    between = (weights * away.T) @ away
    total = within + between
    sds = np.sqrt(np.diagonal(total))
    white = np.linalg.inv(np.linalg.cholesky(total / np.outer(sds, sds))) / sds  # (D, D): white S white' = 1
    values, vectors = np.linalg.eigh(
        _kernel(white @ between @ white.T, white @ (mixture.covariances - within) @ white.T, weights)
    )
    telling = np.flatnonzero(values > LEAST_VALUE)[::-1]
    directions = white.T @ vectors[:, telling]
    loadings = total @ directions / sds[:, None]
    signs = np.sign(loadings[np.abs(loadings).argmax(axis=0), np.arange(len(telling))])
    return Projection(centre, directions * signs, loadings * signs, values[telling])


def _kernel(between: Array, differences: Array, weights: Array) -> Array:
    """M where the total covariance is 1: between is (D, D), differences (K, D, D)."""
    return np.asarray(between @ between + np.tensordot(weights, differences @ differences, 1))
