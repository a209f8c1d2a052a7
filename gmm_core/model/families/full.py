"""Families of free shape and direction: with a volume in common (EVV), or without anything in common (VVV).

A linear map multiplies all determinants alike, so equal volumes stay equal in any units.
"""

import numpy as np

from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.families.base import Family, n_symmetric
from gmm_core.model.families.volumes import of_equal_volume


class SameVolume(Family):
    """Volume is equal, shape and orientation vary: S_k proportional to W_k."""

    name = code = "EVV"
    words = "same volume"
    sentence = "Each group may have its own elongation and direction, but all fill the same volume."
    form = Dense()
    exact_floor = False

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return of_equal_volume(scatter, np.asarray(np.linalg.eigvalsh(scatter)), counts)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_symmetric(n_features) - (n_components - 1)

    def rows_needed(self, n_features: int) -> int:
        return n_features + 1 if n_features > 1 else 1


class Full(Family):
    """Volume, shape and orientation vary: S_k = W_k / n_k."""

    name = "full"
    code = "VVV"
    words = "free shape"
    sentence = "Each group may have its own size, elongation and direction."
    form = Dense()

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts[:, None, None]

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_symmetric(n_features)

    def rows_needed(self, n_features: int) -> int:
        return n_features + 1
