"""Families of full matrices whose rule needs the columns' common units, in a space where each column has its own."""

from abc import abstractmethod
from copy import copy
from typing import Self

import numpy as np

from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.families.base import Family


class InCommonUnits(Family):
    """A family that rescaling a column does not keep.

    Its rule is applied in common units, and everything else in a space where each column has been divided by its own
    spread. There floors and starts mean the same for every column, and a column of small numbers is not taken for one
    without spread.
    """

    form = Dense()
    any_units = False
    exact_floor = False

    def measured_in(self, scale: Array) -> Self:
        twin = copy(self)
        twin.squares = np.multiply.outer(scale, scale)
        return twin

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        before = None if previous is None else previous * self.squares
        return self.in_common_units(scatter * self.squares, counts, before) / self.squares

    @abstractmethod
    def in_common_units(self, scatter: Array, counts: Array, previous: Array | None) -> Array:
        """As ``covariances``, all in common units, (K, D, D)."""
