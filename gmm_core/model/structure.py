"""Whether K covariance matrices have the volumes, shapes and orientations that a family's code states.

A covariance is S = v Q A Q' with volume v (the D-th root of its determinant), shape A (diagonal, determinant 1) and
orientation Q. The code's letters say of each in turn whether it is Equal for all groups, Variable, or that of the
Identity. The checks look at the matrices alone, so they do not depend on how a family is fitted.

Source: Celeux and Govaert (1995), Gaussian parsimonious clustering models, Pattern Recognition 28, table 1.
"""

from collections.abc import Callable

import numpy as np

from gmm_core.model.em.forms import Array

TOLERANCE = 1e-6
"""Largest relative difference that rounding explains: 1e-16 times the condition number of a matrix."""


def obeys(code: str, covariances: Array) -> bool:
    """Whether positive definite covariances (K, D, D) belong to the family with this code of mclust's."""
    volumes = np.exp(np.linalg.slogdet(covariances)[1] / covariances.shape[-1])
    same_volume = code[0] == "V" or bool(np.ptp(volumes) <= TOLERANCE * volumes.min())
    with np.errstate(over="ignore", invalid="ignore"):  # where numbers overflow, the answer is no
        return same_volume and SHAPES[code[1:]](covariances / volumes[:, None, None])


def _round(shapes: Array) -> bool:
    """Whether each matrix is the identity."""
    return bool(np.abs(shapes - np.eye(shapes.shape[-1])).max() <= TOLERANCE)


def _aligned(shapes: Array) -> bool:
    """Whether each matrix is diagonal."""
    return bool(np.abs(_correlations(shapes) - np.eye(shapes.shape[-1])).max() <= TOLERANCE)


def _same(shapes: Array) -> bool:
    """Whether all matrices are equal."""
    return bool(np.abs(_correlations(shapes, shapes[0]) - _correlations(shapes[:1])).max() <= TOLERANCE)


def _same_lengths(shapes: Array) -> bool:
    """Whether all matrices have the same eigenvalues."""
    lengths = np.linalg.eigvalsh(shapes)
    return bool(np.abs(lengths / lengths[0] - 1).max() <= TOLERANCE)


def _same_axes(shapes: Array) -> bool:
    """Whether all matrices have the same eigenvectors: each then commutes with any combination of them.

    The combination is one in which no ties of eigenvalues are to be expected.
    """
    unit = shapes / np.linalg.norm(shapes, axis=(1, 2), keepdims=True)
    mixed = np.einsum("k,kij->ij", 1 / np.sqrt(np.arange(2, len(unit) + 2)), unit)
    return bool(np.abs(unit @ mixed - mixed @ unit).max() <= TOLERANCE * np.abs(mixed).max())


SHAPES: dict[str, Callable[[Array], bool]] = {
    "II": _round,
    "EI": lambda shapes: _aligned(shapes) and _same(shapes),
    "VI": _aligned,
    "EE": _same,
    "VE": _same_axes,
    "EV": _same_lengths,
    "VV": lambda shapes: True,
}
"""By the code's letters for shape and orientation: the check of matrices (K, D, D) brought to volume 1."""


def _correlations(matrices: Array, of: Array | None = None) -> Array:
    """Matrices (K, D, D) in units in which their own diagonals, or that of the matrix ``of``, are 1."""
    root = np.sqrt(np.diagonal(matrices if of is None else of, axis1=-2, axis2=-1))
    return np.asarray(matrices / (root[..., :, None] * root[..., None, :]))
