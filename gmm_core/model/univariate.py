"""A mixture of one column: its distribution function, its quantiles, and where membership changes hands."""

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

HALVINGS = 60
"""Steps of bisection: each halves the interval, and 60 leave nothing of it in doubles."""

REACH = 40.0
"""Standard deviations beyond the means within which all quantiles are sought."""

LEAST_LOG = -1e3
"""Stands for the logarithm of a share of none."""

TINY = 1e-12
"""Coefficient, in units of a spread, below which a curve is straight."""


def cumulative(mixture: Mixture, x: Array) -> Array:
    """Share of the mixture at or below each value (N,), as (N,)."""
    from scipy.special import ndtr

    below = ndtr((x[:, None] - mixture.means[:, 0]) / mixture.standard_deviations[:, 0]) @ mixture.weights
    if mixture.noise is not None:
        middle, length = mixture.noise.region.centre[0], abs(mixture.noise.region.edges[0, 0])
        below = below + mixture.noise.weight * np.clip((x - middle) / length + 0.5, 0.0, 1.0)
    return np.asarray(below)


def quantiles(mixture: Mixture, shares: Array) -> Array:
    """Values (M,) below which the mixture has these shares (M,), each between 0 and 1, by bisection."""
    sds = mixture.standard_deviations[:, 0]
    ends = [mixture.means[:, 0] - REACH * sds, mixture.means[:, 0] + REACH * sds]
    if mixture.noise is not None:
        half = abs(mixture.noise.region.edges[0, 0]) / 2
        ends = [
            np.append(end, mixture.noise.region.centre[0] + side * half)
            for end, side in zip(ends, (-1, 1), strict=True)
        ]
    low, high = np.full(len(shares), ends[0].min()), np.full(len(shares), ends[1].max())
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = cumulative(mixture, middle) >= shares
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray((low + high) / 2)


def handovers(mixture: Mixture) -> list[tuple[float, int, int]]:
    """Where the likeliest component changes: the value, the component below it and the one above; rising.

    Two weighted Gaussians are equal where the difference of their log densities, a quadratic, is 0 (Bishop 2006,
    section 4.2.1). Noise is component K, with a constant log density.
    """
    curves = _log_density_curves(mixture)
    found = []
    for first in range(len(curves)):
        for second in range(first + 1, len(curves)):
            found += _real_roots(curves[first] - curves[second])
    places = np.unique(found)
    if not len(places):
        return []
    between = np.concatenate([[places[0] - 1], (places[1:] + places[:-1]) / 2, [places[-1] + 1]])
    leads = np.argmax(np.column_stack([np.polyval(curve, between) for curve in curves]), axis=1)
    changes = np.flatnonzero(leads[1:] != leads[:-1])
    return [_out(mixture, float(places[i]), int(leads[i]), int(leads[i + 1])) for i in changes]


def _log_density_curves(mixture: Mixture) -> Array:
    """Coefficients (K or K + 1, 3) of the log densities, the square's first, of values scaled by `_unit`."""
    centre, scale = _unit(mixture)
    means, variances = (mixture.means[:, 0] - centre) / scale, mixture.covariances[:, 0, 0] / scale**2
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(mixture.weights), LEAST_LOG)
    level = logs - 0.5 * np.log(2 * np.pi * variances) - means**2 / (2 * variances)
    curves = np.column_stack([-0.5 / variances, means / variances, level])
    if mixture.noise is None:
        return curves
    return np.vstack([curves, [0.0, 0.0, max(mixture.noise.log_density + np.log(scale), LEAST_LOG)]])


def _unit(mixture: Mixture) -> tuple[float, float]:
    return float(mixture.means[:, 0].mean()), float(mixture.standard_deviations[:, 0].mean())


def _out(mixture: Mixture, place: float, below: int, above: int) -> tuple[float, int, int]:
    centre, scale = _unit(mixture)
    return centre + scale * place, below, above


def _real_roots(curve: Array) -> list[float]:
    """Real zeros of a quadratic, without loss of digits where its square is small (Press and others, section 5.6)."""
    a, b, c = (float(each) for each in curve)
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    q = -0.5 * (b + np.copysign(np.sqrt(inside), b))
    return [upper / lower for upper, lower in ((q, a), (c, q)) if abs(lower) > TINY]
