"""Families of full matrices whose rule needs the columns' common units, in a space where each column has its own."""

from abc import abstractmethod
from copy import copy
from typing import Self

import numpy as np

from gmm_core.errors import DataError
from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.families.base import Family

MOST_APART = 1e4
"""Largest ratio of the columns' spreads: beyond it, eigenvectors have too few digits for the narrow columns.

An M step loses digits with its square, the likelihood with its fourth power. Of 240 runs of plain EM for each ratio (4
families, 2 to 6 columns, K = 3) none lowered the log-likelihood by more than 4e-12 a row at 1e4; 3 by up to 2e-10 at
3e4, 9 by up to 5e-5 at 1e5, and of 96 others 20 by up to 0.09 at 1e6. The covariances of EEV were then off by up to
6e-8 at 1e4, 9e-6 at 1e5 and 7e-4 at 1e6, against eigenvalues in long double (measured)."""


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
        if scale.max() > MOST_APART * scale.min():
            raise DataError(
                f"The columns' spreads differ by a factor of {scale.max() / scale.min():.0e}, and this family's shapes "
                "depend on the columns' units.",
                "Standardise the columns, or choose a family that does not depend on units, such as full.",
            )
        twin = copy(self)
        twin.squares = np.multiply.outer(scale, scale)
        return twin

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        before = None if previous is None else previous * self.squares
        return self.in_common_units(scatter * self.squares, counts, before) / self.squares

    @abstractmethod
    def in_common_units(self, scatter: Array, counts: Array, previous: Array | None) -> Array:
        """As ``covariances``, all in common units, (K, D, D)."""
