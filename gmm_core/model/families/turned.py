"""Families of one shape in directions of each group's own: of one size (EEV), or each of its own (VEV).

With the eigenvalues of each W_k in order, the groups' axes are its eigenvectors whatever the shape, since that pairs
large scatter with large variance. What is left is the rule of the families along the axes, for the eigenvalues.

Rescaling a column changes the eigenvalues of differently turned ellipsoids differently: the units are part of the
model.
"""

from abc import abstractmethod

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.families.base import n_orientation
from gmm_core.model.families.diagonal import proportional
from gmm_core.model.families.units import InCommonUnits


def turned(axes: Array, variances: Array) -> Array:
    """Matrices (K, D, D) with these axes, (K, D, D) or (D, D) in columns, and variances (K, D) along them."""
    roots = axes * np.sqrt(variances)[:, None, :]
    return roots @ roots.transpose(0, 2, 1)  # one array on both sides: exactly symmetric


class Turned(InCommonUnits):
    """Shape is equal, orientation varies."""

    def in_common_units(self, scatter: Array, counts: Array, previous: Array | None) -> Array:
        spreads, axes = np.linalg.eigh(scatter)
        return turned(axes, self.variances(np.maximum(spreads, 0.0), counts, previous))

    @abstractmethod
    def variances(self, spreads: Array, counts: Array, previous: Array | None) -> Array:
        """Variances (K, D) along the axes from the eigenvalues of the scatters (K, D), in order; as ``covariances``."""


class TurnedCopies(Turned):
    """Volume and shape are equal: the common variances are the mean eigenvalues."""

    name = code = "EEV"
    words = "turned copies"
    sentence = "The groups are copies of one shape and size, each turned its own way. Depends on the columns' units."

    def variances(self, spreads: Array, counts: Array, previous: Array | None) -> Array:
        return np.broadcast_to(spreads.sum(axis=0) / counts.sum(), spreads.shape)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_features + n_components * n_orientation(n_features)

    def rows_needed(self, n_features: int) -> int:
        return 1


class TurnedScaledCopies(Turned):
    """Volume varies, shape is equal.

    A group needs but 2 rows, as its shape is that of all. Were it D + 1, groups of few rows would be lost: of 8 tables
    of 40 rows in 3 columns, 3 of them in a corner of their own, these were found in 6, and in none if D + 1 were asked.
    In 30 tables without groups (2 to 4 columns) no group had fewer than D + 1 rows under either rule (measured).
    """

    name = code = "VEV"
    words = "turned, scaled copies"
    sentence = (
        "The groups are larger and smaller copies of one shape, each turned its own way. Depends on the columns' units."
    )

    def variances(self, spreads: Array, counts: Array, previous: Array | None) -> Array:
        return proportional(spreads, counts, previous)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components + n_features - 1 + n_components * n_orientation(n_features)

    def rows_needed(self, n_features: int) -> int:
        return 2
