"""Groups that are no groups: rows scattered far and wide, which a mixture without noise can only give a Gaussian.

Such a component holds few rows, is far wider than the groups proper, and lies around them; BIC counts it as a group,
for one wide Gaussian is likelier than a few broad groups. A noise component (Banfield and Raftery 1993, Biometrics 49,
section 3) is made for these rows.

The three bounds were found by measurement, on the built-in examples and on fits of free shape to 104 tables: three
groups of 150 rows and spread 1 in 1 to 8 columns, 8 apart in each, and beside them 6 to 67 rows spread evenly, in a
halo around the middle group, or as a wide group of their own; and tables of many zeros. In two columns and more they
name all 16 components that rows spread evenly had taken, all 12 halos of spread 6 with up to 8 % of the rows, one of 24
narrower or larger halos, and none of 12 wide groups. In one column, where more passes for a group, they name 6 of 10
and one wide group of four. Of the examples they name the faults among the sensor readings. Of all 45 that were named
noise in their place had the lower BIC for 40; the others were four tails beside zeros and one halo.
"""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture

LARGEST_SHARE = 0.1
"""Most of the groups' weight that scattered rows hold: larger halos are often described better by a Gaussian."""

TIMES_AS_WIDE = 3.0
"""How much wider than the widest of the larger groups they lie, on average over directions."""

WITHIN = 0.95
"""Probability of the ellipsoid that holds the centre of a larger group: a wide group that stands apart is one."""


@dataclass(frozen=True)
class Scattered:
    """A component of scattered rows, by its position, and how many times it is as wide as the widest group proper."""

    component: int
    times_as_wide: float


def scattered(mixture: Mixture) -> tuple[Scattered, ...]:
    """The components that hold scattered rows rather than a group; the same in any units."""
    larger = mixture.weights > LARGEST_SHARE * mixture.weights.sum()
    if larger.all() or not larger.any():
        return ()
    log_widths = np.linalg.slogdet(mixture.covariances)[1] / (2 * mixture.n_features)  # mean over the principal axes
    times = np.exp(log_widths - log_widths[larger].max())
    wide = np.flatnonzero(~larger & (times >= TIMES_AS_WIDE)).tolist()
    return tuple(Scattered(k, float(times[k])) for k in wide if _lies_around(mixture, k, mixture.means[larger]))


def _lies_around(mixture: Mixture, component: int, centres: Array) -> bool:
    """Whether one of the centres (M, D) lies within the component's ellipsoid."""
    from scipy.special import chdtri

    away = centres - mixture.means[component]
    distances = (away * np.linalg.solve(mixture.covariances[component], away.T).T).sum(axis=1)
    return bool((distances <= chdtri(mixture.n_features, 1 - WITHIN)).any())
