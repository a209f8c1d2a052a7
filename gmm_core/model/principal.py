"""Principal components: the directions in which a table varies most, and the way back to its columns.

Source: Bishop (2006), section 12.1. The rows' spread along the directions left out is kept as one Gaussian for all
groups, as in probabilistic principal components (Tipping and Bishop 1999) but with a variance for each direction. So a
mixture of the components is a mixture of all columns too, with the same memberships and a likelihood that compares.
With noise they are so only on average: along directions left out that vary, noise is even and the groups are not.
"""

from dataclasses import dataclass, replace

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.mixture import Mixture

LEAST_VARIANCE = 1e-12
"""Variance, as a fraction of the largest, below which a direction is rounding and is left out altogether."""


@dataclass(frozen=True, eq=False)
class PrincipalAxes:
    """Directions of a table (N, D), the one of most variance first.

    Attributes
    ----------
    centre : (D,) array
    directions : (D, R) array
        Unit length, at right angles; the largest entry of each is positive. R is the table's rank.
    variances : (R,) array
        Falling; sums of squares divided by N, or by the sum of the rows' weights.
    n_kept : int
        Q, how many of the directions are features.
    """

    centre: Array
    directions: Array
    variances: Array
    n_kept: int

    @property
    def loadings(self) -> Array:
        """The directions that are kept, (D, Q)."""
        return self.directions[:, : self.n_kept]

    @property
    def shares(self) -> Array:
        """Share of the variance of each direction, (R,)."""
        return self.variances / self.variances.sum()

    @property
    def n_parameters(self) -> int:
        """Constants of the directions left out, which criteria must count beside the mixture's.

        Their mean and covariance matrix, and which way they lie: so one group of any shape has the same number of
        parameters, and the same likelihood, however many components are kept.
        """
        left_out = len(self.variances) - self.n_kept
        return left_out + left_out * (left_out + 1) // 2 + left_out * self.n_kept

    def scores(self, x: Array) -> Array:
        """Components (N, Q) of rows (N, D)."""
        return np.asarray((x - self.centre) @ self.loadings)

    def log_density_left_out(self, x: Array) -> Array:
        """Log density of rows (N, D) along the directions left out, (N,)."""
        variances = self.variances[self.n_kept :]
        away = (x - self.centre) @ self.directions[:, self.n_kept :]
        return np.asarray(-0.5 * ((away**2 / variances) + np.log(2.0 * np.pi * variances)).sum(axis=1))

    def mixture_of_columns(self, mixture: Mixture) -> Mixture:
        """A mixture of the components as one of the D columns, with covariances of any shape.

        Directions without variance get ``LEAST_VARIANCE`` of the largest one's. Noise is spread evenly along the
        directions left out too, over lengths that give it the same mean log density as the Gaussian has there.
        """
        complement = np.eye(len(self.centre)) - self.directions @ self.directions.T
        rest = self.directions[:, self.n_kept :]
        beyond = rest * self.variances[self.n_kept :] @ rest.T + LEAST_VARIANCE * self.variances[0] * complement
        covariances = self.loadings @ mixture.covariances @ self.loadings.T + beyond  # (D, Q) (K, Q, Q) (Q, D)
        means = self.centre + mixture.means @ self.loadings.T
        noise = mixture.noise and self._noise_of_columns(mixture.noise)
        symmetric = (covariances + covariances.transpose(0, 2, 1)) / 2.0
        return replace(mixture, means=means, covariances=symmetric, family="full", noise=noise)

    def _noise_of_columns(self, noise: Noise) -> Noise:
        lengths = np.sqrt(2.0 * np.pi * np.e * self.variances[self.n_kept :])
        flat = np.linalg.svd(self.directions)[0][:, len(self.variances) :]  # directions without variance
        edges = [
            self.loadings @ noise.region.edges,
            self.directions[:, self.n_kept :] * lengths,
            flat * np.sqrt(2.0 * np.pi * LEAST_VARIANCE * self.variances[0]),  # rows lie at the Gaussian's peak
        ]
        return replace(noise, region=Region(self.centre + self.loadings @ noise.region.centre, np.hstack(edges)))


def principal_axes(x: Array, wanted: float = 1.0, weights: Array | None = None) -> PrincipalAxes:
    """The principal directions of a table (N, D) without gaps.

    Parameters
    ----------
    x : (N, D) array
        Not constant throughout.
    wanted : int or float
        How many to keep, at most the table's rank; or, as a float, the fewest that hold this share of the variance.
    weights : (N,) array, optional
        How often each row counts, all above 0.
    """
    centre = np.average(x, axis=0, weights=weights)
    shares = np.full(len(x), 1.0 / len(x)) if weights is None else weights / weights.sum()
    away = x - centre
    away *= np.sqrt(shares)[:, None]
    directions, variances = _directions(away)
    held = np.cumsum(variances) / variances.sum()
    n = wanted if isinstance(wanted, int) else int(np.searchsorted(held, wanted - 1e-9)) + 1
    return PrincipalAxes(centre, directions, variances, min(n, len(variances)))


def _directions(away: Array) -> tuple[Array, Array]:
    """Directions (D, R) and variances (R,) of rows about their mean, times the roots of their shares."""
    n, d = away.shape
    # The triangle of a long table has its directions; its square would lose half of the digits.
    smaller = np.asarray(np.linalg.qr(away, mode="r")) if n > 4 * d else away
    _, lengths, rows = np.linalg.svd(smaller, full_matrices=False)
    variances = lengths**2
    kept = variances > LEAST_VARIANCE * variances[0]
    directions = rows[kept].T
    signs = np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])])
    return directions * signs, variances[kept]
