"""Yeo and Johnson's power transform, its power by maximum likelihood."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from gmm_core.model.checking import LARGEST
from gmm_core.model.em.forms import Array
from gmm_core.model.transforms.base import Transform

MOST_POWER = 20.0
"""Largest power, in size, that the transform may take."""

LARGEST_LOG = 290.0
"""Largest logarithm of a transformed value: its square is still a double."""

CLOSEST_LOG = 20.0
"""A negative power brings large values near an end; this far in logarithms they can still be told apart."""


@dataclass(frozen=True)
class YeoJohnson(Transform):
    """Yeo and Johnson's (2000) power transform, equation 2.1, with the power of the highest likelihood.

    As with log1p, what it does depends on the column's unit: values far below 1 are hardly bent.

    Source: A new family of power transformations to improve normality or symmetry, Biometrika 87, 954-959.
    """

    power: float = 1.0

    name, words = "yeo-johnson", "Yeo-Johnson power"

    @classmethod
    def fit(cls, x: Array, weights: Array | None = None) -> Self:
        from scipy.optimize import minimize_scalar

        known = ~np.isnan(x)
        values, counts = x[known], None if weights is None else weights[known]
        logs = np.sign(values) * np.log1p(np.abs(values))
        below, above = max(-logs.min(), 1e-9), max(logs.max(), 1e-9)
        low = max(-MOST_POWER, 2.0 - LARGEST_LOG / below, -CLOSEST_LOG / above)
        high = min(MOST_POWER, LARGEST_LOG / above, 2.0 + CLOSEST_LOG / below)

        def surprise(power: float) -> float:
            return _log_spread(logs, counts, power) - (power - 1.0) * float(np.average(logs, weights=counts))

        return cls(float(minimize_scalar(surprise, bounds=(low, high), method="bounded").x))

    @property
    def n_parameters(self) -> int:
        return 1

    @property
    def is_sound(self) -> bool:
        return abs(self.power) <= MOST_POWER

    def forward(self, x: Array) -> Array:
        size = np.log1p(np.abs(x))
        return np.asarray(np.where(x < 0, -_grown(size, 2.0 - self.power), _grown(size, self.power)))

    def inverse(self, z: Array) -> Array:
        size = np.abs(z)
        logs = np.where(z < 0, _shrunk(size, 2.0 - self.power), _shrunk(size, self.power))
        return np.sign(z) * np.expm1(logs)

    def log_derivative(self, x: Array) -> Array:
        return (self.power - 1.0) * np.sign(x) * np.log1p(np.abs(x))


def _log_spread(logs: Array, counts: Array | None, power: float) -> float:
    """Logarithm of the standard deviation of the transformed values; one sign only is taken about its middle.

    A negative power brings values near its end, 1 / -power, where their differences would be lost in rounding.
    """
    one_sign = logs.min() >= 0 or logs.max() <= 0
    own = power if logs.max() > 0 else 2.0 - power
    middle = float(np.average(np.abs(logs), weights=counts)) if one_sign else 0.0
    if one_sign:
        grown = _grown(np.abs(logs) - middle, own)
    else:
        grown = np.where(logs < 0, -_grown(-logs, 2.0 - power), _grown(logs, power))
    away = grown - np.average(grown, weights=counts)
    spread = float(np.sqrt(np.average(away**2, weights=counts)))
    return own * middle + float(np.log(max(spread, 1e-300)))


def _grown(logs: Array, power: float) -> Array:
    """(exp(power * logs) - 1) / power, and logs itself at a power of 0."""
    if power == 0.0:
        return logs
    return np.asarray(np.expm1(np.minimum(power * logs, LARGEST_LOG)) / power)


def _shrunk(grown: Array, power: float) -> Array:
    """The inverse of ``_grown``, at most the logarithm of ``LARGEST``."""
    if power == 0.0:
        return np.minimum(grown, np.log(LARGEST))
    inside = np.maximum(power * grown, -1.0 + 1e-15)  # a negative power has an end that no value reaches
    return np.asarray(np.minimum(np.log1p(inside) / power, np.log(LARGEST)))
