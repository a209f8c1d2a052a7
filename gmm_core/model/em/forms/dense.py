"""Covariances as K full matrices, (K, D, D)."""

from functools import lru_cache

import numpy as np

from gmm_core.model.em.forms.base import Array, Form

SQRT_2 = float(np.sqrt(2.0))

HALVED_ABOVE = 16
"""Features above which inverting a triangular matrix by halves is faster (measured)."""


@lru_cache(maxsize=64)
def upper_pairs(n_features: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of each product z_i z_j, i <= j, in the order of the lags j - i that ``fill_products`` uses."""
    lags = np.arange(n_features)
    first = np.concatenate([np.arange(n_features - lag) for lag in lags])
    lag_of = np.repeat(lags, n_features - lags)
    return first, first + lag_of


@lru_cache(maxsize=64)
def pair_weights(n_features: int) -> np.ndarray:
    """What each product z_i z_j, i <= j, counts for in -1/2 z'Pz: off the diagonal it stands for two entries of P."""
    first, second = upper_pairs(n_features)
    return np.where(first == second, -0.5, -1.0)


@lru_cache(maxsize=64)
def pair_of_entry(n_pairs: int) -> np.ndarray:
    """Which of the ``n_pairs`` products stands at each entry of the symmetric matrix, (D, D)."""
    n_features = int((np.sqrt(8 * n_pairs + 1) - 1) / 2)
    first, second = upper_pairs(n_features)
    entries = np.empty((n_features, n_features), dtype=int)
    entries[first, second] = entries[second, first] = np.arange(n_pairs)
    return entries


def fill_products(z: Array, out: Array) -> None:
    """Write all products z_i z_j, i <= j, of the rows of ``z`` (D, B) into ``out``, one lag j - i after another."""
    n_features, start = len(z), 0
    for lag in range(n_features):
        stop = start + n_features - lag
        np.multiply(z[: n_features - lag], z[lag:], out=out[start:stop])
        start = stop


def inverse_cholesky(covariances: Array) -> Array:
    """W with W S W' = 1 for each S of (..., D, D): the inverse of the lower Cholesky factor."""
    lower = np.linalg.cholesky(covariances)
    return inverse_triangular(np.asarray(lower)) if lower.shape[-1] > 1 else np.asarray(1.0 / lower)


def inverse_triangular(lower: Array) -> Array:
    """Inverse of lower triangular matrices (..., D, D), by halves: NumPy's general inverse costs twice as much at 50.

    Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, section 14.2.2.
    """
    n_features = lower.shape[-1]
    if n_features <= HALVED_ABOVE:
        return np.asarray(np.linalg.inv(lower))
    half = n_features // 2
    inverse = np.zeros_like(lower)
    inverse[..., :half, :half] = upper = inverse_triangular(lower[..., :half, :half])
    inverse[..., half:, half:] = last = inverse_triangular(lower[..., half:, half:])
    inverse[..., half:, :half] = -last @ (lower[..., half:, :half] @ upper)
    return inverse


def all_above(covariances: Array, floor: float) -> bool:
    """Whether no eigenvalue of (..., D, D) matrices is below ``floor``: less the floor, they are positive definite."""
    try:
        np.linalg.cholesky(covariances - floor * np.eye(covariances.shape[-1]))
    except np.linalg.LinAlgError:
        return False
    return True


ROUNDING = 1e-13
"""Eigenvalues below this share of the largest are rounding, and no matrix that has them can be trusted to factor."""


def least_eigenvalues(values: Array, floor: float) -> Array:
    """What no eigenvalue may be below, (..., 1), for matrices with eigenvalues (..., D), ascending."""
    return np.maximum(floor, ROUNDING * values[..., -1:])


def clip_eigenvalues(covariances: Array, floor: float) -> Array:
    """The matrices (..., D, D) with eigenvalues below ``floor``, or lost in rounding, raised."""
    values, vectors = np.linalg.eigh(covariances)
    least = least_eigenvalues(values, floor)
    clipped = (vectors * np.maximum(values, least)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    needs = (values[..., :1] < least)[..., None]
    return np.where(needs, (clipped + np.swapaxes(clipped, -1, -2)) / 2, covariances)


@lru_cache(maxsize=64)
def log_cholesky_places(n_features: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the entries of a Cholesky factor stand once it is flat: on the diagonal, and below it."""
    rows, columns = np.tril_indices(n_features, -1)
    return np.arange(n_features) * (n_features + 1), rows * n_features + columns


def log_cholesky(covariances: Array, factor: Array) -> Array:
    """Covariances (K, D, D) relative to those that ``factor`` whitens, as (K, D (D + 1) / 2) numbers without bounds."""
    on, below = log_cholesky_places(factor.shape[-1])
    relative = (factor @ np.linalg.cholesky(covariances)).reshape(len(factor), -1)
    return np.concatenate([SQRT_2 * np.log(relative.take(on, axis=1)), relative.take(below, axis=1)], axis=1)


def from_log_cholesky(logs: Array, inverse: Array) -> Array:
    """The covariances (K, D, D) that ``log_cholesky`` turned into ``logs``, with the inverse of the factor."""
    n_features = inverse.shape[-1]
    on, below = log_cholesky_places(n_features)
    logs, relative = logs.reshape(len(inverse), -1), np.zeros((len(inverse), n_features**2))
    relative[:, on] = np.exp(logs[:, :n_features] / SQRT_2)
    relative[:, below] = logs[:, n_features:]
    lower = inverse @ relative.reshape(inverse.shape)
    return np.asarray(lower @ lower.transpose(0, 2, 1))


class Dense(Form):
    """Each component has a covariance matrix of its own: arrays are (K, D, D)."""

    def factor(self, covariances: Array) -> Array:
        return inverse_cholesky(covariances)

    def log_det_precision(self, factor: Array, n_features: int) -> Array:
        return 2.0 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)

    def precision_trace(self, factor: Array, n_features: int) -> float:
        return float(np.einsum("kij,kij->k", factor, factor).max())

    def precision_times(self, factor: Array, vectors: Array) -> Array:
        return np.matmul(np.matmul(factor, vectors[:, :, None])[:, :, 0][:, None, :], factor)[:, 0, :]

    def stretch(self, factor: Array, scatter: Array) -> float:
        return float(np.einsum("kij,kij->", np.matmul(factor, scatter), factor))

    def scatter_of(self, covariances: Array, counts: Array, n_features: int) -> Array:
        return np.asarray(counts[:, None, None] * covariances)

    def above(self, covariances: Array, floor: float) -> bool:
        return all_above(covariances, floor)

    def floored(self, covariances: Array, floor: float) -> Array:
        return clip_eigenvalues(covariances, floor)

    def plus_diagonal(self, covariances: Array, ridge: Array) -> Array:
        return covariances + np.diag(ridge)

    def to_dense(self, covariances: Array, n_components: int, n_features: int) -> Array:
        return covariances

    def from_dense(self, covariances: Array) -> Array:
        return covariances

    def quadratic(self, d: Array, factor: Array) -> Array:
        white = np.matmul(factor, d)
        return np.einsum("kdb,kdb->kb", white, white)

    def scatter(self, d: Array, resp: Array) -> Array:
        d *= np.sqrt(resp)[:, None, :]
        return np.matmul(d, d.transpose(0, 2, 1))  # one array on both sides: BLAS computes one triangle only

    def outer(self, a: Array, b: Array) -> Array:
        product = a[:, :, None] * b[:, None, :]
        return (product + product.transpose(0, 2, 1)) / 2

    def whiten(self, vectors: Array, factor: Array) -> Array:
        return np.matmul(factor, vectors[:, :, None])[:, :, 0]

    def inverse(self, factor: Array) -> Array:
        return np.asarray(np.linalg.inv(factor))

    def to_log(self, scatter: Array, counts: Array, factor: Array, n_features: int) -> Array:
        return log_cholesky(scatter / counts[:, None, None], factor)

    def from_log(self, logs: Array, counts: Array, inverse: Array, n_features: int) -> Array:
        return from_log_cholesky(logs, inverse) * counts[:, None, None]

    def n_quadratic(self, n_features: int) -> int:
        return n_features * (n_features + 1) // 2

    def fill_quadratic(self, z: Array, out: Array) -> None:
        fill_products(z, out)

    def quadratic_coefficients(self, factor: Array, n_components: int) -> Array:
        precision = np.matmul(factor.transpose(0, 2, 1), factor)
        first, second = upper_pairs(factor.shape[-1])
        return precision[:, first, second] * pair_weights(factor.shape[-1])

    def unpack_quadratic(self, sums: Array, total: Array | None) -> Array:
        return sums.take(pair_of_entry(sums.shape[1]), axis=1)
