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
"""Largest relative difference between matrices that a fit, or a program that writes fewer digits, explains."""

LOST = 100 * float(np.finfo(float).eps)
"""Part of the columns' variances below which rounding hides what a narrow direction was. Fits to columns that are equal
but for 1e-4 to 3e-6 of their spread lost at most 5 eps (measured)."""


def obeys(code: str, covariances: Array, ridge: Array | None = None) -> bool:
    """Whether positive definite covariances (K, D, D), less a ridge (D,), belong to the family with this code.

    What rounding can do to them is allowed for, so that of a direction with next to no variance little is asked.
    """
    bare = covariances if ridge is None else covariances - np.diag(ridge)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # where numbers overflow, the answer is no
        scale = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2).mean(axis=0))
        units = np.multiply.outer(scale, scale)
        sizes = np.ones(len(bare)) if code[0] == "E" else np.trace(bare, axis1=1, axis2=2)
        shapes, lost = bare / sizes[:, None, None], LOST * units / sizes[:, None, None]
        same_volume = code[:2] != "EV" or _same_volume(bare / units, covariances / units)
        return same_volume and SHAPES[code[1:]](shapes, lost)


def _same_volume(bare: Array, covariances: Array) -> bool:
    """Whether all determinants are equal; those of matrices as narrow as rounding cannot be told."""
    narrowest = float((np.linalg.eigvalsh(bare)[:, 0] / np.linalg.eigvalsh(covariances)[:, -1]).min())
    if narrowest <= LOST:
        return True
    volumes = np.linalg.slogdet(bare)[1] / bare.shape[-1]
    return bool(np.ptp(volumes) <= TOLERANCE + LOST / narrowest)


def _round(shapes: Array, lost: Array) -> bool:
    """Whether all matrices are the same multiple of the identity."""
    return _near(shapes, shapes[0, 0, 0] * np.eye(shapes.shape[-1]), lost)


def _aligned(shapes: Array, lost: Array) -> bool:
    """Whether each matrix is diagonal."""
    return _near(shapes, shapes * np.eye(shapes.shape[-1]), lost)


def _same(shapes: Array, lost: Array) -> bool:
    """Whether all matrices are equal."""
    return _near(shapes, shapes[0], lost)


def _same_lengths(shapes: Array, lost: Array) -> bool:
    """Whether all matrices have the same eigenvalues."""
    lengths = np.linalg.eigvalsh(shapes)
    return bool((np.abs(lengths - lengths[0]) <= TOLERANCE * lengths[0] + lost.max()).all())


def _same_axes(shapes: Array, lost: Array) -> bool:
    """Whether all matrices have the same eigenvectors: each then commutes with any combination of them.

    The combination is one in which no ties of eigenvalues are to be expected.
    """
    unit = shapes / np.abs(shapes).max(axis=(1, 2), keepdims=True)
    mixed = np.einsum("k,kij->ij", 1 / np.sqrt(np.arange(2, len(unit) + 2)), unit)
    return bool(np.abs(unit @ mixed - mixed @ unit).max() <= TOLERANCE * np.abs(mixed).max())


def _near(shapes: Array, expected: Array, lost: Array) -> bool:
    """Whether matrices are as expected, relative to the spread along their rows and columns."""
    spread = np.sqrt(np.maximum(np.diagonal(shapes, axis1=1, axis2=2), 0.0))
    allowed = TOLERANCE * spread[:, :, None] * spread[:, None, :] + lost
    return bool((np.abs(shapes - expected) <= allowed).all())


SHAPES: dict[str, Callable[[Array, Array], bool]] = {
    "II": _round,
    "EI": lambda shapes, lost: _aligned(shapes, lost) and _same(shapes, lost),
    "VI": _aligned,
    "EE": _same,
    "VE": _same_axes,
    "EV": _same_lengths,
    "VV": lambda shapes, lost: True,
}
"""By the code's letters for shape and orientation: the check of matrices (K, D, D), of one size where sizes are free,
and what of them rounding may have hidden (K, D, D)."""
