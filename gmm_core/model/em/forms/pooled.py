"""One covariance matrix that all components share, (D, D)."""

import numpy as np

from gmm_core.model.em.forms.base import Array, Form
from gmm_core.model.em.forms.dense import (
    all_above,
    clip_eigenvalues,
    from_log_cholesky,
    inverse_cholesky,
    log_cholesky,
)


class Pooled(Form):
    """All components share one covariance matrix: arrays are (D, D).

    The quadratic part z'Pz is the same for every component. It cancels from the memberships, and its sum over the
    rows follows from the sum of z z', which no iteration changes: an E step costs K (D + 1) products a row.
    """

    needs_total = True

    def factor(self, covariances: Array) -> Array:
        return inverse_cholesky(covariances)

    def log_det_precision(self, factor: Array, n_features: int) -> Array:
        return np.asarray(2.0 * np.log(np.diagonal(factor)).sum())

    def precision_trace(self, factor: Array, n_features: int) -> float:
        return float(np.einsum("ij,ij->", factor, factor))

    def precision_times(self, factor: Array, vectors: Array) -> Array:
        return vectors @ factor.T @ factor

    def stretch(self, factor: Array, scatter: Array) -> float:
        return float(np.einsum("ij,ij->", factor @ scatter, factor))

    def scatter_of(self, covariances: Array, counts: Array, n_features: int) -> Array:
        return np.asarray(counts.sum() * covariances)

    def above(self, covariances: Array, floor: float) -> bool:
        return all_above(covariances, floor)

    def floored(self, covariances: Array, floor: float) -> Array:
        return clip_eigenvalues(covariances, floor)

    def plus_diagonal(self, covariances: Array, ridge: Array) -> Array:
        return covariances + np.diag(ridge)

    def to_dense(self, covariances: Array, n_components: int, n_features: int) -> Array:
        return np.broadcast_to(covariances, (n_components, n_features, n_features))

    def from_dense(self, covariances: Array) -> Array:
        return covariances[0]

    def quadratic(self, d: Array, factor: Array) -> Array:
        white = np.matmul(factor, d)
        return np.einsum("kdb,kdb->kb", white, white)

    def scatter(self, d: Array, resp: Array) -> Array:
        d *= np.sqrt(resp)[:, None, :]
        return np.matmul(d, d.transpose(0, 2, 1)).sum(axis=0)

    def outer(self, a: Array, b: Array) -> Array:
        product = a.T @ b
        return (product + product.T) / 2

    def whiten(self, vectors: Array, factor: Array) -> Array:
        return vectors @ factor.T

    def inverse(self, factor: Array) -> Array:
        return np.asarray(np.linalg.inv(factor))

    def masses(self, counts: Array) -> Array:
        return counts.sum(keepdims=True)

    def n_logs(self, n_features: int) -> int:
        return n_features * (n_features + 1) // 2

    def to_log(self, scatter: Array, counts: Array, factor: Array, n_features: int) -> Array:
        return log_cholesky(scatter[None] / counts.sum(), factor[None])

    def from_log(self, logs: Array, counts: Array, inverse: Array, n_features: int) -> Array:
        return from_log_cholesky(logs, inverse[None])[0] * counts.sum()

    def shrunk(self, second: Array, counts: Array, pseudo: float) -> Array:
        return second * (1.0 + pseudo * len(counts) / counts.sum())

    def n_quadratic(self, n_features: int) -> int:
        return 0

    def fill_quadratic(self, z: Array, out: Array) -> None:
        return None

    def quadratic_coefficients(self, factor: Array, n_components: int) -> Array:
        return np.empty((n_components, 0))

    def unpack_quadratic(self, sums: Array, total: Array | None) -> Array:
        assert total is not None, "a pooled form is always given the total"
        return total

    def common_quadratic(self, factor: Array, total: Array | None) -> float:
        assert total is not None, "a pooled form is always given the total"
        return -0.5 * float(np.einsum("ij,ij->", factor @ total, factor))
