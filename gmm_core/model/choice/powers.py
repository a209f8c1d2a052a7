"""Powers of single columns: what makes a skewed column as near to normal as a power can.

Sources: Box and Cox (1964), An analysis of transformations, JRSS B 26, 211-252, with a shift as in their section 2;
Andrews, Gnanadesikan and Warner (1971), Transformations of multivariate data, Biometrics 27, 825-840.
"""

from dataclasses import dataclass
from math import log

import numpy as np

from gmm_core.model.em.forms import Array

LEAST_SHIFT, LARGEST_SHIFT = 0.05, 20.0
"""How far beyond the outermost value the origin of a power may lie, in standard deviations of the column. Nearer, the
likelihood has no upper limit: the outermost value is sent far off, and its density to infinity."""

LEAST_POWER = -1.0
"""Powers go from here to 1, which changes nothing but units."""

N_PARAMETERS = 2
"""Of a column's power: the power and its origin."""

GRID = 6
"""Powers, and origins, among which the search for the best begins."""

_ZERO = 1e-8
"""Powers below this are the logarithm."""


@dataclass(frozen=True)
class Power:
    """x -> side (u^power - 1) / power for u = side (x - origin) / unit, which is above 0; for power 0, side log u.

    ``side`` is 1 where large values are drawn in, -1 where small ones are.
    """

    origin: float
    unit: float
    power: float
    side: int

    def apply(self, x: Array) -> tuple[Array, Array]:
        """The values (N,) transformed, and the logarithm of the derivative at each."""
        log_u = np.log(self.side * (x - self.origin) / self.unit)
        return self.side * _power(log_u, self.power), (self.power - 1) * log_u - np.log(self.unit)

    def rescaled(self, centre: float, scale: float) -> "Power":
        """The power for x = centre + scale * z, where this is the one for z."""
        return Power(centre + scale * self.origin, scale * self.unit, self.power, self.side)

    def undo(self, t: Array) -> Array:
        """The values (N,) whose transforms these are; nan where there is none."""
        within = 1 + self.power * self.side * t
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            log_u = self.side * t if abs(self.power) < _ZERO else np.log(within) / self.power
            x = self.origin + self.side * self.unit * np.exp(log_u)
        return np.where(np.isfinite(x), x, np.nan)


def best_power(z: Array, weights: Array) -> tuple[Power, float]:
    """The power that makes values (N,) most likely as one Gaussian, and how much likelier than without (in nats).

    The values have a spread of about 1; their ``weights`` (N,) are counts.
    """
    plain = _profile(np.log(z - z.min() + 1.0), 1.0, weights)  # a power of 1: the shift makes no difference
    return max((_best_of_side(z, weights, side, plain) for side in (1, -1)), key=lambda found: found[1])


def _best_of_side(z: Array, weights: Array, side: int, plain: float) -> tuple[Power, float]:
    from scipy.optimize import minimize

    edge = float((side * z).min())
    beyond = side * z - edge

    def cost(point: Array) -> float:
        power, log_shift = point
        return -_profile(np.log(beyond + np.exp(log_shift)), power, weights) / weights.sum()

    bounds = ((LEAST_POWER, 1.0), (log(LEAST_SHIFT), log(LARGEST_SHIFT)))
    grid = np.stack(np.meshgrid(*(np.linspace(*ends, GRID) for ends in bounds)), axis=-1).reshape(-1, 2)
    found = minimize(cost, min(grid, key=cost), method="L-BFGS-B", bounds=bounds)
    power, shift = float(found.x[0]), float(np.exp(found.x[1]))
    return Power(side * (edge - shift), 1.0, power, side), -float(found.fun) * float(weights.sum()) - plain


def _power(log_u: Array, power: float) -> Array:
    return log_u if abs(power) < _ZERO else np.expm1(power * log_u) / power


def _profile(log_u: Array, power: float, weights: Array) -> float:
    """Log-likelihood of a Gaussian for the transforms, at its best mean and variance, with the Jacobian; less what no
    power changes."""
    t = _power(log_u, power)
    total = weights.sum()
    variance = weights @ (t - weights @ t / total) ** 2 / total
    return float((power - 1) * (weights @ log_u) - total / 2 * np.log(variance))
