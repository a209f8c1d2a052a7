"""Families of one ellipsoid: the same for all groups (EEE), or in a size of each group's own (VEE).

Any linear map takes equal matrices to equal ones and proportional matrices to proportional ones.
"""

import numpy as np

from gmm_core.model.em.forms import Array, Dense, Pooled
from gmm_core.model.families.base import Family, n_symmetric
from gmm_core.model.families.volumes import matrix_shares, relative_volumes


class Tied(Family):
    """Volume, shape and orientation are equal: S = sum of the W_k / n."""

    name = "tied"
    code = "EEE"
    words = "same shape"
    sentence = "All groups have the same size, elongation and direction; only their centres and shares differ."
    form = Pooled()
    of_marginals = "tied"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts.sum()

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_symmetric(n_features)

    def rows_needed(self, n_features: int) -> int:
        return 1


class ScaledCopies(Family):
    """Volume varies, shape and orientation are equal: S_k = v_k C."""

    name = code = "VEE"
    words = "scaled copies"
    sentence = "The groups are larger and smaller copies of one shape, all in the same direction."
    form = Dense()
    exact_floor = False
    of_marginals = "VEE"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        volumes = relative_volumes(scatter, counts, matrix_shares, previous)
        spread = volumes > 0
        common = np.tensordot(1.0 / volumes[spread], scatter[spread], axes=1) / counts.sum()
        return volumes[:, None, None] * common

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_symmetric(n_features) + n_components - 1

    def rows_needed(self, n_features: int) -> int:
        return 2
