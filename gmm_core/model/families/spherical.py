"""Families of spheres: all of one size (EII), or each of its own (VII).

A sphere in centimetres is none once one column is in inches, so these families cannot promise the same answer in any
unit: the columns should share a unit, or be standardised on purpose.
"""

import numpy as np

from gmm_core.model.em.forms import Array, Spherical
from gmm_core.model.families.base import Family


class Ball(Family):
    """Volume is equal, shape is a sphere: the variance is the sum of the tr(W_k) / (D n)."""

    name = code = "EII"
    words = "round, same size"
    sentence = "All groups are equally wide in every direction, and all alike. Depends on the columns' units."
    form = Spherical()
    any_units = own_scales = False
    of_marginals = "EII"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return np.full_like(scatter, scatter.sum() / (n_features * counts.sum()))

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return 1

    def rows_needed(self, n_features: int) -> int:
        return 1


class Round(Family):
    """Volume varies, shape is a sphere: the variance is tr(W_k) / (D n_k)."""

    name = "spherical"
    code = "VII"
    words = "round"
    sentence = (
        "Each group is equally wide in every direction; groups may differ in size. Depends on the columns' units."
    )
    form = Spherical()
    any_units = own_scales = False
    of_marginals = "spherical"

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / (n_features * counts)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components

    def rows_needed(self, n_features: int) -> int:
        return 2
