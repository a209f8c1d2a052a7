"""Covariances as variances along the axes, (K, D)."""

import numpy as np

from gmm_core.model.em.forms.base import Array, Form


def log_variances(variances: Array) -> Array:
    """Logarithms scaled to one row's Fisher information, which is 1/2 for the logarithm of a variance."""
    if not variances.min() > 0:
        raise np.linalg.LinAlgError("a variance is not positive")
    return np.log(variances) / np.sqrt(2)


class Diagonal(Form):
    """Each component has a variance along each axis: arrays are (K, D)."""

    def factor(self, covariances: Array) -> Array:
        if not covariances.min() > 0:
            raise np.linalg.LinAlgError("a variance is not positive")
        return 1.0 / np.sqrt(covariances)

    def log_det_precision(self, factor: Array, n_features: int) -> Array:
        return 2.0 * np.log(factor).sum(axis=1)

    def precision_trace(self, factor: Array, n_features: int) -> float:
        return float((factor**2).sum(axis=1).max())

    def precision_times(self, factor: Array, vectors: Array) -> Array:
        return factor**2 * vectors

    def stretch(self, factor: Array, scatter: Array) -> float:
        return float(np.einsum("kd,kd,kd->", factor, factor, scatter))

    def scatter_of(self, covariances: Array, counts: Array, n_features: int) -> Array:
        return np.asarray(counts[:, None] * covariances)

    def above(self, covariances: Array, floor: float) -> bool:
        return bool(covariances.min() >= floor)

    def floored(self, covariances: Array, floor: float) -> Array:
        return np.maximum(covariances, floor)

    def plus_diagonal(self, covariances: Array, ridge: Array) -> Array:
        return covariances + ridge

    def to_dense(self, covariances: Array, n_components: int, n_features: int) -> Array:
        return covariances[:, :, None] * np.eye(n_features)

    def from_dense(self, covariances: Array) -> Array:
        return np.diagonal(covariances, axis1=1, axis2=2).copy()

    def quadratic(self, d: Array, factor: Array) -> Array:
        white = d * factor[:, :, None]
        return np.einsum("kdb,kdb->kb", white, white)

    def scatter(self, d: Array, resp: Array) -> Array:
        np.square(d, out=d)
        return np.matmul(d, resp[:, :, None])[:, :, 0]

    def outer(self, a: Array, b: Array) -> Array:
        return a * b

    def whiten(self, vectors: Array, factor: Array) -> Array:
        return vectors * factor

    def inverse(self, factor: Array) -> Array:
        return 1.0 / factor

    def to_log(self, scatter: Array, counts: Array, factor: Array, n_features: int) -> Array:
        return log_variances(scatter / counts[:, None] * factor**2)

    def from_log(self, logs: Array, counts: Array, inverse: Array, n_features: int) -> Array:
        return np.exp(np.sqrt(2) * logs.reshape(inverse.shape)) * inverse**2 * counts[:, None]

    def n_quadratic(self, n_features: int) -> int:
        return n_features

    def fill_quadratic(self, z: Array, out: Array) -> None:
        np.square(z, out=out)

    def quadratic_coefficients(self, factor: Array, n_components: int) -> Array:
        return -0.5 * factor**2

    def unpack_quadratic(self, sums: Array, total: Array | None) -> Array:
        return sums
