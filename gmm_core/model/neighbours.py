"""The rows nearest to a new one, as a component of the mixture measures distance."""

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.em.forms.dense import inverse_cholesky


def nearest_rows(x: Array, row: Array, covariance: Array, n: int) -> tuple[NDArray[np.intp], Array]:
    """Positions of the ``n`` rows of (N, D) nearest to a row (D,), the nearest first, and their Mahalanobis distances.

    Distances are in standard deviations of a component with this ``covariance`` (D, D). Rows with gaps are passed over.
    """
    scale = np.sqrt(np.diagonal(covariance))
    white = inverse_cholesky(covariance / np.multiply.outer(scale, scale)) / scale
    square = (((x - row) @ white.T) ** 2).sum(axis=1)
    square[np.isnan(square)] = np.inf
    n = min(n, int(np.isfinite(square).sum()))
    if n == 0:
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    some = np.flatnonzero(square <= np.partition(square, n - 1)[n - 1])
    nearest = some[np.argsort(square[some], kind="stable")][:n]
    return nearest, np.sqrt(square[nearest])
