"""How probable a density as low as a row's is under the mixture itself.

For X drawn from a mixture of density f, the share P(f(X) <= c) is the p-value of a row with density c. It has no closed
form where components overlap, so it is simulated, with importance sampling so that small ones are as exact as large
ones: within a component the radius follows from its own tail probability s by the inverse chi-square, and half of the
draws have s spread evenly, half have log s spread evenly down to ``LEAST``. Each draw counts by the balance heuristic.

Sources: Hyndman (1996), Computing and graphing highest density regions, The American Statistician 50, 120-126; Veach
and Guibas (1995), Optimally combining sampling techniques for Monte Carlo rendering, section 3.
"""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

LEAST = 1e-30
"""Tail probability within a component beyond which none is drawn."""

FURTHEST = 600.0
"""How far below the draws log densities are told apart: p-values of less would be too small for a double."""


MOST_KNOTS = 2_048
"""Lines of the table of p-values, which so is small enough to be looked up fast."""


@dataclass(frozen=True, eq=False)
class DensityTail:
    """P(f(X) <= c) as a table.

    Attributes
    ----------
    log_densities : (M,) array
        Log c, rising.
    p_values : (M,) array
        Rising to 1.
    mean : float
        Mean log density of the mixture's own rows: minus its differential entropy.
    """

    log_densities: Array
    p_values: Array
    mean: float

    @classmethod
    def of(cls, mixture: Mixture, n_draws: int, rng: np.random.Generator) -> "DensityTail":
        """By at least ``n_draws`` draws from a mixture without noise."""
        levels, counts = _levels(-(-n_draws // (2 * mixture.n_components)), rng)
        log_densities = mixture.log_density(np.concatenate(_at_levels(mixture, levels, rng)))
        order = np.argsort(log_densities, kind="stable")
        log_densities, shares = log_densities[order], np.multiply.outer(mixture.weights, counts).ravel()[order]
        knots = np.linspace(0, len(order) - 1, min(len(order), MOST_KNOTS)).astype(np.intp)
        p_values = np.minimum(np.cumsum(shares)[knots], 1.0)
        return cls(log_densities[knots], p_values, float(shares @ log_densities))

    def __call__(self, log_density: Array) -> Array:
        """P-values of log densities (N,); never 0.

        Beyond all draws they fall as the density does, which is exact in two dimensions, and near enough in others
        where both are almost nothing.
        """
        beyond = np.clip(log_density - self.log_densities[0], -FURTHEST, 0.0)
        return np.asarray(np.interp(log_density, self.log_densities, self.p_values) * np.exp(beyond))

    def log_density_at(self, p_value: float) -> float:
        """The log density that has this p-value."""
        return float(np.interp(p_value, self.p_values, self.log_densities))


def _levels(n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Tail probabilities (2n,), and what each draw counts for (2n,), summing to 1."""
    even, logs = ((np.arange(n) + rng.random(n)) / n for _ in range(2))
    levels = np.concatenate([np.maximum(even, LEAST), LEAST**logs])
    counts = 1.0 / (1.0 - 1.0 / (levels * np.log(LEAST)))  # the uniform density over the sum of both
    return levels, counts / counts.sum()


def _at_levels(mixture: Mixture, levels: Array, rng: np.random.Generator) -> list[Array]:
    """Rows (M, D) of each component, in random directions, at the radii that have these tail probabilities."""
    from scipy.special import chdtri

    radii = np.sqrt(chdtri(mixture.n_features, levels))
    drawn = []
    for mean, lower in zip(mixture.means, np.linalg.cholesky(mixture.covariances), strict=True):
        away = rng.standard_normal((len(levels), mixture.n_features))
        away *= (radii / np.linalg.norm(away, axis=1))[:, None]
        drawn.append(mean + away @ lower.T)
    return drawn
