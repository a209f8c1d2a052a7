"""Intervals of groups' means at 95 %, the groups taken as given: Student's, with effective numbers of rows.

They are without end where a group has too few rows.
"""

import numpy as np

from gmm_core.model.em.forms import Array

LEVEL = 0.95


def mean_ends(means: Array, spreads: Array, sizes: Array) -> Array:
    """Ends (2, ...) of means, from standard deviations (divisor n); sizes broadcast against both."""
    return _ends(means, _error(spreads**2, sizes), sizes)


def difference_ends(
    away: Array, spreads: Array, spread: float, shares: Array, sizes: Array, rest_sizes: Array
) -> Array:
    """Ends (2, K) of each mean less that of all rows.

    It is the mean less that of the rows outside of the group, times the share of these.

    Source: Welch (1938), The significance of the difference between two means when the population variances are
    unequal, Biometrika 29, 350-362; with the degrees of freedom of the smaller side, which errs to the safe side.

    Parameters
    ----------
    away, spreads : (K,) arrays
        The differences, and the groups' standard deviations.
    spread : float
        Standard deviation of all rows.
    shares, sizes, rest_sizes : (K,) arrays
        Of the groups, and effective numbers of rows in each and outside of it.
    """
    rest = 1.0 - shares
    is_all = rest <= np.finfo(float).eps  # a group of all rows differs by nothing
    q = np.where(is_all, 1.0, rest)
    # The variance of all rows is p s^2 + q r^2 + p d^2 + q (p d / q)^2, with p and q the shares of group and rest.
    others = np.maximum((spread**2 - shares * (spreads**2 + away**2)) / q - (shares * away / q) ** 2, 0.0)
    error = q**2 * (_error(spreads**2, sizes) + _error(others, rest_sizes))
    return _ends(away, np.where(is_all, 0.0, error), np.minimum(sizes, np.where(is_all, np.inf, rest_sizes)))


def apart_ends(one: Array, one_ends: Array, other: float, other_ends: Array) -> Array:
    """Ends (2, K) of estimates (K,) less another one, from the ends of all of them, (2, K) and (2,).

    They hold their level where both are independent. Where they rise and fall together, as a group's centre does with
    the median of all rows, they hold it with something to spare.

    Source: Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach,
    Statistics in Medicine 27, 1693-1702.
    """
    below = np.hypot(one - one_ends[0], other_ends[1] - other)
    above = np.hypot(one_ends[1] - one, other - other_ends[0])
    return np.stack([one - other - below, one - other + above])


def _error(variances: Array, sizes: Array) -> Array:
    """Variances of means; infinite where there is no more than one row."""
    enough = sizes > 1.0
    return np.where(enough, variances / np.where(enough, sizes - 1.0, 1.0), np.inf)


def _ends(middles: Array, variances: Array, sizes: Array) -> Array:
    from scipy.special import stdtrit

    reach = stdtrit(np.maximum(sizes - 1.0, 1.0), (1.0 + LEVEL) / 2.0) * np.sqrt(variances)
    return np.stack([middles - reach, middles + reach])
