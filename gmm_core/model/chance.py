"""How likely chance alone is to offer a tight group of rows somewhere in a table: a scan statistic.

The null hypothesis is that a component's rows belong to the components around it. Then a set of m of them lies as far
from these components' centre, and is as tight, as m draws from a normal distribution would be; and any m of the n rows
of the table might have been the set. Chernoff's bounds are used throughout: they err by a factor of about ten, and only
towards "it may be chance".
"""

from collections.abc import Sequence
from math import inf, lgamma, log, log1p

N_POWERS = 40
"""Powers among which the sharpest of Chernoff's bounds is sought."""


def log_expected_groups(n_rows: int, n_members: int, degrees: Sequence[int], log_det: float, log_far: float) -> float:
    """log of the number of sets of ``n_members`` rows as far and as tight that chance would offer among ``n_rows``.

    Parameters
    ----------
    degrees : sequence of D int
        Degrees of freedom of the chi-squares whose product the determinant of the scatter is under the null:
        m - 1, ..., m - D for a scatter matrix of m rows (Bartlett's decomposition; Muirhead, 1982, Aspects of
        Multivariate Statistical Theory, theorem 3.2.15), m - 1 each for variances along the axes.
    log_det : float
        log determinant of the set's scatter matrix, where the rows around have unit covariance; -inf for no spread.
    log_far : float
        See ``log_as_far``.
    """
    ways = lgamma(n_rows + 1) - lgamma(n_members + 1) - lgamma(n_rows - n_members + 1)
    return ways + log_far + log_as_tight(log_det, degrees)


def log_as_far(far: float, n_features: int, n_around: int) -> float:
    """log of about the chance that the mean of m rows lies as far out among those around.

    ``far`` is m times its squared distance from their centre, in their standard deviations, which are estimated from
    ``n_around`` rows: Hotelling's T squared (Muirhead, 1982, theorem 3.2.13). Of few rows it has a long tail.
    """
    if far <= n_features:
        return 0.0
    tail = max(n_around - n_features, 0.0) / 2 * log1p(far / n_around)
    return min(0.0, n_features / 2 * (1 + log(far / n_features)) - tail)


def log_as_tight(log_det: float, degrees: Sequence[int]) -> float:
    """log of an upper bound for P(log of a product of chi-squares <= log_det): E X^-t exp(t log_det) for the best t."""
    least = min(degrees)
    if least < 1:
        return 0.0
    if log_det == -inf:
        return -inf
    excess = log_det - len(degrees) * log(2)
    powers = [least / 2 * (i + 1) / (N_POWERS + 2) for i in range(N_POWERS)]
    bounds = (t * excess + sum(lgamma(d / 2 - t) - lgamma(d / 2) for d in degrees) for t in powers)
    return min(0.0, *bounds)
