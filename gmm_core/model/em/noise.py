"""A noise component: odd rows spread evenly over the data's region, which the groups need not reach for.

Sources: Banfield and Raftery (1993), Model-based Gaussian and non-Gaussian clustering, Biometrics 49, 803-821; Fraley
and Raftery (1998), How many clusters? Which clustering method?, The Computer Journal 41, 578-588.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.em.rows import Scaling, mean_and_covariance

LEAST_EDGE = 1e-6
"""Shortest edge, in standard deviations, that a box along the principal axes may have: rounding makes shorter ones."""

NEIGHBOURS = 12
"""The neighbour to which distances are taken, fewer in small tables."""

NEIGHBOUR_ITERATIONS = 50

LEAST_SHARE, LARGEST_SHARE = 0.01, 0.5
"""Between these the noise starts: EM can't free a weight of zero, and the groups are to keep the upper hand."""


@dataclass(frozen=True, eq=False)
class Region:
    """A box in any direction: centre + edges @ u for u in [-1/2, 1/2]^D.

    Attributes
    ----------
    centre : (D,) array
    edges : (D, D) array
        One edge a column.
    """

    centre: Array
    edges: Array

    @cached_property
    def log_volume(self) -> float:
        """Logarithm of the volume, which itself may not be a double."""
        return float(np.linalg.slogdet(self.edges)[1])

    @property
    def volume(self) -> float:
        """The volume; infinite where it is beyond the largest double."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.log_volume))

    def with_volume(self, log_volume: float) -> "Region":
        """The region blown up or shrunk about its centre to another volume."""
        factor = np.exp((log_volume - self.log_volume) / len(self.centre))
        return replace(self, edges=self.edges * factor)

    def rescaled(self, centre: Array, scale: Array) -> "Region":
        """The region of x = centre + scale * z, where this is that of z."""
        return Region(centre + scale * self.centre, scale[:, None] * self.edges)

    def shadow(self, columns: Sequence[int]) -> "Region":
        """The region in some of the columns: the box along the axes around its shadow, where there are fewer."""
        chosen = list(columns)
        edges = self.edges[chosen]
        if len(chosen) < len(self.centre):
            edges = np.diag(np.abs(edges).sum(axis=1))
        return Region(self.centre[chosen], edges)

    def projected(self, centre: Array, directions: Array) -> "Region":
        """The box along the axes around the region's image under (x - centre) @ directions, which are (D, M)."""
        edges = np.diag(np.abs(directions.T @ self.edges).sum(axis=1))
        return Region((self.centre - centre) @ directions, edges)

    def log_shadows(self, present: NDArray[np.bool_]) -> Array:
        """Logarithms of the volumes of shadows in fewer than all columns, (P,), by which are ``present``, (P, D)."""
        return np.asarray(present @ np.log(np.abs(self.edges).sum(axis=1)))


@dataclass(frozen=True, eq=False)
class Noise:
    """Rows of no group: a share of them, with the same density 1 / volume everywhere.

    The density holds outside the region too, as in mclust, so that a new row far from everything is noise.

    Attributes
    ----------
    weight : float
    region : Region
    """

    weight: float
    region: Region

    @property
    def log_density(self) -> float:
        """log(weight / volume); -inf for a weight of zero."""
        return self._log_weight - self.region.log_volume

    def log_densities(self, present: NDArray[np.bool_]) -> Array:
        """As ``log_density``, of the shadows in fewer than all columns, (P,), by which are ``present``, (P, D)."""
        return self._log_weight - self.region.log_shadows(present)

    @property
    def _log_weight(self) -> float:
        return float(np.log(self.weight)) if self.weight > 0 else -np.inf

    def rescaled(self, centre: Array, scale: Array) -> "Noise":
        """The noise of x = centre + scale * z, where this is that of z."""
        return replace(self, region=self.region.rescaled(centre, scale))

    def shadow(self, columns: Sequence[int]) -> "Noise":
        """The noise in some of the columns."""
        return replace(self, region=self.region.shadow(columns))

    def projected(self, centre: Array, directions: Array) -> "Noise":
        """The noise seen along directions (D, M)."""
        return replace(self, region=self.region.projected(centre, directions))

    def sample(self, n_rows: int, rng: np.random.Generator) -> Array:
        """Rows (n_rows, D) spread evenly over the region."""
        u = rng.uniform(-0.5, 0.5, size=(n_rows, len(self.region.centre)))
        return np.asarray(self.region.centre + u @ self.region.edges.T)


def noise_labelled(likeliest: NDArray[np.intp], n_components: int) -> NDArray[np.intp]:
    """Positions of the largest memberships, (N,), with -1 for the noise, whose column is the last."""
    return np.where(likeliest < n_components, likeliest, -1)


def data_region(z: Array, weights: Array | None = None) -> Region:
    """The smaller of the boxes around the rows (N, D) along the axes and along their principal axes.

    As mclust's ``hypvol``. The rows are those of the scaled space, so that units play no part; mclust takes the
    principal axes in the columns' own units. Row ``weights`` (N,) turn the principal axes.
    """
    along, across = _box(z, np.eye(z.shape[1])), _box(z, np.linalg.eigh(mean_and_covariance(z, weights)[1])[1])
    flat = np.linalg.norm(across.edges, axis=0).min() < LEAST_EDGE
    return along if flat or along.log_volume <= across.log_volume else across


def _box(z: Array, axes: Array) -> Region:
    turned = z @ axes
    low, high = turned.min(axis=0), turned.max(axis=0)
    return Region(axes @ ((low + high) / 2), axes * (high - low))


def sparse_rows(z: Array) -> NDArray[np.bool_]:
    """A first guess of which rows (N, D) are noise: those in thin company, (N,).

    The volume of the ball that reaches to a row's k-th neighbour follows a gamma distribution of shape k in an even
    spread of rows. Two rates, one within groups and one for the noise, are fitted by EM.

    Source: Byers and Raftery (1998), Nearest-neighbor clutter removal for estimating features in spatial point
    processes, JASA 93, 577-584.
    """
    from scipy.spatial import cKDTree
    from scipy.special import expit

    n_rows, n_features = z.shape
    k = max(1, min(NEIGHBOURS, n_rows // 10))
    distances = cKDTree(z).query(z, k=[k + 1])[0][:, 0]
    logs = n_features * np.log(np.maximum(distances, np.finfo(float).tiny))
    volumes = np.exp(np.clip(logs - np.median(logs), -300, 300))
    resp = np.asarray(volumes > np.quantile(volumes, 0.9), dtype=float)
    for _ in range(NEIGHBOUR_ITERATIONS):
        resp = expit(_log_odds(volumes, np.clip(resp, 1e-6, 1 - 1e-6), k))
    return resp > 0.5


def _log_odds(volumes: Array, resp: Array, k: int) -> Array:
    """Log odds of the sparser of two gamma distributions, each fitted to the volumes by its memberships."""
    share = resp.mean()
    sparse, dense = (k * r.sum() / (r @ volumes) for r in (resp, 1 - resp))
    return np.asarray(np.log(share / (1 - share)) + k * np.log(sparse / dense) - (sparse - dense) * volumes)


def without_noise(rows: Array, scaling: Scaling) -> tuple[Array, float]:
    """Rows of a table (N, D) without those that look like noise, to seed the groups, and the noise's first share."""
    sparse = sparse_rows(scaling.to_z(rows))
    if sparse.mean() > LARGEST_SHARE:
        return rows, LARGEST_SHARE
    return rows[~sparse], max(float(sparse.mean()), LEAST_SHARE)
