"""The log posterior of a mixture written down slowly, from SciPy's named distributions, and its numerical maximum.

Nothing is shared with the code under test. Fraley and Raftery (2007): a mean is normal about the prior mean with
covariance S / shrinkage; S is inverse Wishart, or made of inverse gamma variances; one such S where all are equal.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import invgamma, invwishart, multivariate_normal

from tests.model import oracle


def log_prior(means, covariances, code, mean, shrinkage, degrees, scale):
    """Log prior density of means (K, D) and covariances (K, D, D); ``scale`` (D, D) is that of a covariance matrix."""
    distinct = covariances if "V" in code else covariances[:1]
    return sum(MATRICES[code.count("I")](matrix, degrees, scale) for matrix in distinct) + sum(
        multivariate_normal.logpdf(m, mean, s / shrinkage) for m, s in zip(means, covariances, strict=True)
    )


def _inverse_wishart(matrix, degrees, scale):
    return invwishart.logpdf(matrix, degrees, scale)


def _inverse_gammas(matrix, degrees, scale):
    variances = zip(np.diag(matrix), np.diag(scale), strict=True)
    return sum(invgamma.logpdf(variance, degrees / 2, scale=s / 2) for variance, s in variances)


def _inverse_gamma(matrix, degrees, scale):
    return invgamma.logpdf(matrix[0, 0], degrees / 2, scale=np.diag(scale).mean() / 2)


MATRICES = (_inverse_wishart, _inverse_gammas, _inverse_gamma)
"""By the number of I in a family's code."""


def unfold(numbers, code, n_components):
    """Weights, means and covariances in the plane from numbers without bounds, as the family's code allows.

    A covariance matrix is volume times a turned ellipse of area 1; what a code has as V is its own for each component.
    """
    K, take = n_components, iter(numbers)

    def part(letter):
        if letter == "I":
            return np.zeros(K)
        return np.array([next(take) for _ in range(K)]) if letter == "V" else np.repeat(next(take), K)

    logits = np.array([0.0, *(next(take) for _ in range(K - 1))])
    means = np.array([[next(take), next(take)] for _ in range(K)])
    volume, shape, angle = (part(letter) for letter in code)
    covariances = []
    for v, a, t in zip(volume, shape, angle, strict=True):
        turn = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
        covariances.append(np.exp(v) * turn @ np.diag(np.exp([a, -a])) @ turn.T)
    return np.exp(logits) / np.exp(logits).sum(), means, np.array(covariances)


def drawn(rng, code, n_components):
    """Random weights, means and covariances in the plane that obey the family."""
    n_covariances = sum({"E": 1, "V": n_components, "I": 0}[letter] for letter in code)
    return unfold(rng.normal(size=3 * n_components - 1 + n_covariances), code, n_components)


def fold(weights, means, covariances, code):
    """The numbers that ``unfold`` takes, from parameters that obey the family."""
    own = [np.linalg.eigh(s)[1] for s in covariances]
    axes = {"V": own, "E": own[:1] * len(own), "I": [np.eye(2)] * len(own)}[code[2]]
    parts = []
    for s, turn in zip(covariances, axes, strict=True):
        along = np.diag(turn.T @ s @ turn)
        angle = np.arctan2(turn[1, 0], turn[0, 0])
        parts.append((0.5 * np.log(along).sum(), 0.5 * np.log(along[0] / along[1]), angle))
    columns = [[p[i] for p in parts][: {"E": 1, "I": 0}.get(letter)] for i, letter in enumerate(code)]
    return np.concatenate([np.log(weights[1:] / weights[0]), means.ravel(), *columns])


def highest(X, code, start, prior):
    """The highest log posterior that a quasi-Newton search finds near ``start``, and its parameters."""
    K = len(start[0])

    def loss(numbers):
        weights, means, covariances = unfold(numbers, code, K)
        density = sum(w * multivariate_normal.pdf(X, m, s) for w, m, s in zip(weights, means, covariances, strict=True))
        return -np.log(density).sum() - log_prior(means, covariances, code, **prior)

    found = minimize(loss, fold(*start, code), method="BFGS", options={"gtol": 1e-4})
    return -found.fun, unfold(found.x, code, K)


def log_posterior(X, weights, means, covariances, code, prior):
    """Log-likelihood and log prior density."""
    return oracle.log_likelihood(X, weights, means, covariances) + log_prior(means, covariances, code, **prior)
