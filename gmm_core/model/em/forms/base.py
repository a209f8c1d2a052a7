"""What every representation of the K covariance matrices can do.

A form fixes the shape in which covariances, scatter matrices and second moments are kept, so that a narrow family
never pays for full matrices. Callers never ask which form they hold.

Notation: K components, D features, B rows of a block, ``d`` the rows less a component's mean.
"""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Form(ABC):
    """One representation of K covariance matrices; its arrays are called *packed*.

    A *factor* is what whitens: for a covariance S it holds W with W S W' = 1.
    """

    # -- covariances -------------------------------------------------------------------------------------------

    @abstractmethod
    def factor(self, covariances: Array) -> Array:
        """Whitening factors of packed covariances; raises ``LinAlgError`` where one is not positive definite."""

    @abstractmethod
    def log_det_precision(self, factor: Array, n_features: int) -> Array:
        """log det of each precision matrix, (K,) or one number that all share."""

    @abstractmethod
    def precision_trace(self, factor: Array, n_features: int) -> float:
        """Largest trace of a precision matrix: at least 1 / the smallest variance in any direction."""

    @abstractmethod
    def precision_times(self, factor: Array, vectors: Array) -> Array:
        """Precision of component k times ``vectors[k]``, (K, D)."""

    @abstractmethod
    def stretch(self, factor: Array, scatter: Array) -> float:
        """Sum over components of the trace of precision times ``scatter``, packed."""

    @abstractmethod
    def scatter_of(self, covariances: Array, counts: Array, n_features: int) -> Array:
        """The packed scatter of so many rows (K,) with these covariances."""

    @abstractmethod
    def above(self, covariances: Array, floor: float) -> bool:
        """Whether no variance in any direction is below ``floor``."""

    @abstractmethod
    def floored(self, covariances: Array, floor: float) -> Array:
        """The packed covariances with no variance in any direction below ``floor``."""

    @abstractmethod
    def plus_diagonal(self, covariances: Array, ridge: Array) -> Array:
        """The packed covariances with ``ridge`` (D,) added on their diagonals."""

    @abstractmethod
    def to_dense(self, covariances: Array, n_components: int, n_features: int) -> Array:
        """Packed covariances as (K, D, D)."""

    @abstractmethod
    def from_dense(self, covariances: Array) -> Array:
        """(K, D, D) packed; what the form cannot hold is lost."""

    # -- one pass about the current means ------------------------------------------------------------------------

    @abstractmethod
    def quadratic(self, d: Array, factor: Array) -> Array:
        """Squared Mahalanobis lengths of ``d`` (K, D, B), as (K, B)."""

    @abstractmethod
    def scatter(self, d: Array, resp: Array) -> Array:
        """Sum over rows of ``resp`` (K, B) times d d', packed. ``d`` is used up."""

    @abstractmethod
    def outer(self, a: Array, b: Array) -> Array:
        """The symmetric part of a[k] b[k]' for (K, D) arrays, packed."""

    def pack_scatter(self, dense: Array) -> Array:
        """Scatter matrices (K, D, D) packed: S is the sum over the axes i of S e_i e_i'."""
        n_components, n_features, _ = dense.shape
        axes = np.broadcast_to(np.eye(n_features)[:, None, :], (n_features, n_components, n_features))
        return np.asarray(sum(self.outer(dense[:, :, i], axis) for i, axis in enumerate(axes)))

    def shrunk(self, second: Array, counts: Array, pseudo: float) -> Array:
        """Each component's packed scatter with ``pseudo`` rows' worth of the average within-component scatter added."""
        return second + pseudo * second.sum(axis=0) / counts.sum()

    # -- coordinates without bounds ------------------------------------------------------------------------------

    @abstractmethod
    def whiten(self, vectors: Array, factor: Array) -> Array:
        """W_k times ``vectors[k]``, (K, D)."""

    @abstractmethod
    def inverse(self, factor: Array) -> Array:
        """The inverse of each W; with it, ``whiten`` undoes what it did."""

    def masses(self, counts: Array) -> Array:
        """Rows behind each covariance matrix that is kept: (K,), or (1,) where all components share one."""
        return counts

    def n_logs(self, n_features: int) -> int:
        """How many numbers ``to_log`` makes of a matrix."""
        return self.n_quadratic(n_features)

    @abstractmethod
    def to_log(self, scatter: Array, counts: Array, factor: Array, n_features: int) -> Array:
        """Packed scatter over ``counts`` as numbers without bounds, (K, n_logs), or (1, n_logs) where all share them.

        They are logarithms of variances, or of the Cholesky factor's diagonal and what is below it, relative to the
        covariances that ``factor`` whitens. They are scaled so that, where these are the scatter's own, one row's
        Fisher information about them is the unit matrix. Raises ``LinAlgError`` where a scatter matrix is singular.

        Sources: Pinheiro and Bates (1996) for the log-Cholesky form; Magnus and Neudecker (1988) for the information.
        """

    @abstractmethod
    def from_log(self, logs: Array, counts: Array, inverse: Array, n_features: int) -> Array:
        """The packed scatter that ``to_log`` turned into ``logs``, given in any shape, with the ``inverse`` factor."""

    # -- one pass about the origin -------------------------------------------------------------------------------

    @abstractmethod
    def n_quadratic(self, n_features: int) -> int:
        """Number of quadratic features of a row."""

    @abstractmethod
    def fill_quadratic(self, z: Array, out: Array) -> None:
        """Write the quadratic features of ``z`` (D, B) into ``out`` (n_quadratic, B)."""

    @abstractmethod
    def quadratic_coefficients(self, factor: Array, n_components: int) -> Array:
        """Coefficients of -1/2 z'Pz on the quadratic features, (K, n_quadratic)."""

    @abstractmethod
    def unpack_quadratic(self, sums: Array, total: Array | None) -> Array:
        """Weighted sums of the quadratic features (K, n_quadratic) as packed second moments about the origin.

        ``total`` (D, D) is the sum of z z' over the rows, for forms with ``needs_total``.
        """

    needs_total: bool = False
    """Whether the form takes its quadratic part from the sum of z z' over the rows, which no iteration changes."""

    def common_quadratic(self, factor: Array, total: Array | None) -> float:
        """Sum over rows of the part of -1/2 z'Pz that all components share and the coefficients leave out."""
        return 0.0
