"""Families along the axes (EEI, VEI, EVI, VVI): a variance for each column, no correlation within a group.

Rescaling a column multiplies one entry of every diagonal alike. It leaves equal diagonals equal, proportional ones
proportional, and equal determinants equal, so all four fit alike in any units.
"""

import numpy as np

from gmm_core.model.em.forms import Array, Diagonal
from gmm_core.model.families.base import Family
from gmm_core.model.families.volumes import axis_shares, of_equal_volume, relative_volumes


def proportional(scatter: Array, counts: Array, previous: Array | None) -> Array:
    """Variances (K, D) that are equal but for the volume, from diagonals of scatter (K, D): model VEI."""
    volumes = relative_volumes(scatter, counts, axis_shares, previous)
    spread = volumes > 0
    shape = (scatter[spread] / volumes[spread, None]).sum(axis=0) / counts.sum()
    return np.asarray(volumes[:, None] * shape)


class SameBox(Family):
    """Volume and shape are equal, orientation along the axes: S = diag(sum of the W_k) / n."""

    name = code = "EEI"
    words = "axis-aligned, all alike"
    sentence = "All groups have the same width along each column and are never tilted; only their centres differ."
    form = Diagonal()
    of_marginals = "EEI"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return np.broadcast_to(scatter.sum(axis=0) / counts.sum(), scatter.shape)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_features

    def rows_needed(self, n_features: int) -> int:
        return 1


class ScaledBoxes(Family):
    """Volume varies, shape is equal, orientation along the axes: S_k = v_k B."""

    name = code = "VEI"
    words = "axis-aligned, scaled copies"
    sentence = "The groups are larger and smaller copies of one shape, which is never tilted."
    form = Diagonal()
    exact_floor = False
    of_marginals = "VEI"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return proportional(scatter, counts, previous)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components + n_features - 1

    def rows_needed(self, n_features: int) -> int:
        return 2


class BoxesOfOneVolume(Family):
    """Volume is equal, shape varies, orientation along the axes: S_k proportional to diag(W_k).

    A marginal need not keep the volumes equal, only the axes.
    """

    name = code = "EVI"
    words = "axis-aligned, same volume"
    sentence = "Each group may be wider along some columns and narrower along others, but all fill the same volume."
    form = Diagonal()
    exact_floor = False
    of_marginals = "diag"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return of_equal_volume(scatter, scatter, counts)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return 1 + n_components * (n_features - 1)

    def rows_needed(self, n_features: int) -> int:
        return 2 if n_features > 1 else 1


class Diag(Family):
    """Volume and shape vary, orientation along the axes: S_k = diag(W_k) / n_k."""

    name = "diag"
    code = "VVI"
    words = "axis-aligned"
    sentence = "Each group may be wider along some columns than along others, but never tilted."
    form = Diagonal()
    of_marginals = "diag"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts[:, None]

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features

    def rows_needed(self, n_features: int) -> int:
        return 2
