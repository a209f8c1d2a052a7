"""Covariances as one variance a component, (K,)."""

import numpy as np

from gmm_core.model.em.forms.base import Array, Form
from gmm_core.model.em.forms.diagonal import log_variances


class Spherical(Form):
    """Each component has one variance for all directions: covariances are (K,).

    Second moments and scatters are traces, (K,): the sum over the axes of what ``Diagonal`` would hold.
    """

    def factor(self, covariances: Array) -> Array:
        if not covariances.min() > 0:
            raise np.linalg.LinAlgError("a variance is not positive")
        return 1.0 / np.sqrt(covariances)

    def log_det_precision(self, factor: Array, n_features: int) -> Array:
        return 2.0 * n_features * np.log(factor)

    def precision_trace(self, factor: Array, n_features: int) -> float:
        return float(n_features * (factor**2).max())

    def precision_times(self, factor: Array, vectors: Array) -> Array:
        return factor[:, None] ** 2 * vectors

    def stretch(self, factor: Array, scatter: Array) -> float:
        return float(np.einsum("k,k,k->", factor, factor, scatter))

    def scatter_of(self, covariances: Array, counts: Array, n_features: int) -> Array:
        return np.asarray(n_features * counts * covariances)

    def above(self, covariances: Array, floor: float) -> bool:
        return bool(covariances.min() >= floor)

    def floored(self, covariances: Array, floor: float) -> Array:
        return np.maximum(covariances, floor)

    def plus_diagonal(self, covariances: Array, ridge: Array) -> Array:
        return covariances + ridge.mean()

    def to_dense(self, covariances: Array, n_components: int, n_features: int) -> Array:
        return covariances[:, None, None] * np.eye(n_features)

    def from_dense(self, covariances: Array) -> Array:
        return np.trace(covariances, axis1=1, axis2=2) / covariances.shape[-1]

    def quadratic(self, d: Array, factor: Array) -> Array:
        return np.einsum("kdb,kdb->kb", d, d) * factor[:, None] ** 2

    def scatter(self, d: Array, resp: Array) -> Array:
        return np.einsum("kb,kb->k", np.einsum("kdb,kdb->kb", d, d), resp)

    def outer(self, a: Array, b: Array) -> Array:
        return np.einsum("kd,kd->k", a, b)

    def whiten(self, vectors: Array, factor: Array) -> Array:
        return vectors * factor[:, None]

    def inverse(self, factor: Array) -> Array:
        return 1.0 / factor

    def to_log(self, scatter: Array, counts: Array, factor: Array, n_features: int) -> Array:
        variances = scatter / (n_features * counts) * factor**2
        return np.sqrt(n_features) * log_variances(variances)[:, None]

    def from_log(self, logs: Array, counts: Array, inverse: Array, n_features: int) -> Array:
        variances = np.exp(np.sqrt(2 / n_features) * logs.ravel()) * inverse**2
        return n_features * counts * variances

    def n_quadratic(self, n_features: int) -> int:
        return 1

    def fill_quadratic(self, z: Array, out: Array) -> None:
        np.einsum("db,db->b", z, z, out=out[0])

    def quadratic_coefficients(self, factor: Array, n_components: int) -> Array:
        return -0.5 * factor[:, None] ** 2

    def unpack_quadratic(self, sums: Array, total: Array | None) -> Array:
        return sums[:, 0]
