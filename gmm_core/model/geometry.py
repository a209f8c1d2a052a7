"""Shapes of a mixture as arrays: the outline of an ellipse that holds a given probability."""

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array


def mahalanobis_radius(probability: float) -> float:
    """Radius, in standard deviations, of the ellipse that holds ``probability`` of a two-dimensional Gaussian.

    The squared radius is the quantile of chi-square with two degrees of freedom, -2 log(1 - p): 95 % is 2.448.

    Raises
    ------
    SettingsError
        For a probability that is not between 0 and 1.
    """
    if not 0 < probability < 1:
        raise SettingsError(f"The probability is {probability}.", "It must lie between 0 and 1.", value=probability)
    return float(np.sqrt(-2.0 * np.log1p(-probability)))


def ellipse_outline(mean: Array, covariance: Array, probability: float, n_points: int = 120) -> Array:
    """Closed outline (n_points, 2) of the ellipse that holds ``probability`` of N(mean, covariance) in the plane.

    ``mean`` is (2,), ``covariance`` (2, 2), and the first point is repeated as the last, to the last digit.
    """
    angle = np.linspace(0.0, 2.0 * np.pi, n_points) % (2.0 * np.pi)
    circle = mahalanobis_radius(probability) * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.asarray(mean + circle @ np.linalg.cholesky(covariance).T)


def inside_ellipse(x: Array, mean: Array, covariance: Array, probability: float) -> Array:
    """Whether each row of ``x`` (N, 2) lies inside that ellipse, as 0.0 or 1.0, (N,)."""
    (across, _), (along, up) = np.linalg.cholesky(covariance)
    first = (x[:, 0] - mean[0]) / across  # by hand: of two columns of many rows a solver would be several times slower
    second = (x[:, 1] - mean[1] - along * first) / up
    return np.asarray(first**2 + second**2 <= mahalanobis_radius(probability) ** 2, dtype=float)
