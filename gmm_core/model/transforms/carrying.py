"""A mixture of transformed columns as seen in the columns' own units.

There it is no mixture of Gaussians. Its centres, central intervals, densities and outlines are still exact: each
transform rises, so quantiles and the points of an outline are carried one by one, and densities take the slope.
"""

from collections.abc import Sequence

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms.base import Transform


def forward(x: Array, transforms: Sequence[Transform]) -> Array:
    """Points (N, D) of the columns, transformed; NaN where a transform doesn't take a value."""
    taken = [np.where(each.outside(column), np.nan, column) for each, column in zip(transforms, x.T, strict=True)]
    return np.column_stack([each.forward(column) for each, column in zip(transforms, taken, strict=True)])


def inverse(z: Array, transforms: Sequence[Transform]) -> Array:
    """Points (N, D) of the transformed columns, in the columns' own units."""
    return np.column_stack([each.inverse(column) for each, column in zip(transforms, z.T, strict=True)])


def centres(mixture: Mixture, transforms: Sequence[Transform]) -> Array:
    """Where the means lie in the columns' own units, (K, D): each the transform's ``centre``, mostly a median."""
    return inverse(mixture.means, transforms)


def intervals(mixture: Mixture, transforms: Sequence[Transform], probability: float) -> tuple[Array, Array]:
    """Lower and upper ends, (K, D) each, between which each component has ``probability`` of its middle values."""
    from scipy.special import ndtri

    reach = ndtri(0.5 + probability / 2.0) * mixture.standard_deviations
    return inverse(mixture.means - reach, transforms), inverse(mixture.means + reach, transforms)


def spreads(mixture: Mixture, transforms: Sequence[Transform]) -> Array:
    """Standard deviation of each column over all rows, as the mixture has it, (D,), in the column's own units.

    Where a column is transformed: half of the range from one standard deviation below the mean to one above, carried.
    """
    mean, sd = mixture.overall_moments
    carried = (inverse((mean + sd)[None], transforms) - inverse((mean - sd)[None], transforms))[0] / 2.0
    return np.where([each.name == "none" for each in transforms], sd, carried)


def log_slopes(x: Array, transforms: Sequence[Transform]) -> Array:
    """What to add to log densities of transformed rows to get those of rows (N, D) in their own units, (N,).

    Gaps have no slope.
    """
    total = np.zeros(len(x))
    for each, column in zip(transforms, x.T, strict=True):
        total += np.nan_to_num(each.log_derivative(column))
    return total
