"""From table units to features and back: transforms of columns, scaling, principal components.

Between the two lie the working units: each column's values put through its transform. In them a fit is a mixture of
Gaussians whatever the scaling and the components, since these are linear.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.mixture import Mixture
from gmm_core.model.principal import PrincipalAxes
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.carrying import log_slopes

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WayBack:
    """What was done to the columns, with all constants that were found on the way.

    Parameters
    ----------
    transforms : tuple of Transform, (D,)
    centre, scale : (D,) arrays
        Scaled values are (working values - centre) / scale.
    axes : PrincipalAxes or None
        Of the scaled values; None where these are the features.
    """

    transforms: tuple[Transform, ...]
    centre: Floats
    scale: Floats
    axes: PrincipalAxes | None = None

    def to_working(self, x: Floats) -> Floats:
        """Rows (N, D) of the table in working units."""
        if self.is_linear:
            return x
        return np.column_stack([each.forward(column) for each, column in zip(self.transforms, x.T, strict=True)])

    def to_features(self, x: Floats) -> Floats:
        """Rows (N, D) of the table as features (N, Q), C-contiguous; never ``x`` itself."""
        scaled = (self.to_working(x) - self.centre) / self.scale
        return np.ascontiguousarray(scaled if self.axes is None else self.axes.scores(scaled))

    @property
    def directions(self) -> Floats:
        """What a step of 1 of each column, in working units, adds to the features, (D, Q)."""
        steps = np.diag(1.0 / np.broadcast_to(self.scale, len(self.transforms)))
        return steps if self.axes is None else steps @ self.axes.loadings

    def mixture_in_working_units(self, mixture: Mixture) -> Mixture:
        """A mixture of the features as one of the D columns in working units; memberships stay the same."""
        of_columns = mixture if self.axes is None else self.axes.mixture_of_columns(mixture)
        return of_columns.rescaled(self.centre, self.scale)

    @property
    def is_linear(self) -> bool:
        """Whether working units are the table's units."""
        return all(each.name == "none" for each in self.transforms)

    @property
    def n_parameters(self) -> int:
        """Constants that suit the distribution of the values, which criteria must count beside the mixture's.

        Scaling has none: it changes no likelihood.
        """
        of_axes = 0 if self.axes is None else self.axes.n_parameters
        return of_axes + sum(each.n_parameters for each in self.transforms)

    def log_jacobian(self, x: Floats, weights: Floats | None = None) -> float:
        """What to add to a log-likelihood of the features of rows (N, D) to get that of the rows in table units.

        The log of each step's slope at each value, gaps aside, and the density along directions left out.
        """
        per_row = log_slopes(x, self.transforms) - ~np.isnan(x) @ np.log(self.scale)
        if self.axes is not None:
            per_row += self.axes.log_density_left_out((self.to_working(x) - self.centre) / self.scale)
        return float(per_row.sum() if weights is None else weights @ per_row)
