"""Whether new rows come from the same mixture as those it was fitted to.

Three things are compared: how well most rows fit, as the mean of their log density; how many fit no group; and how
rows spread over the groups.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array

LEVEL = 0.95
N_RESAMPLES = 1_000

ODD = 1e-3
"""The p-value (see ``Oddness``) up to which a row fits no group."""

LOWEST = 0.01
"""Share of the fitted rows whose values are raised to the quantile above them, and those of new rows with them."""

MOST_SINGLE, MOST_LUMPS = 1_000, 2_000
"""How many of the lowest values are resampled one by one, and in how many lumps of neighbours all others are."""


@dataclass(frozen=True)
class Shift:
    """A difference of means, with the ends of its interval."""

    estimate: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Excess:
    """New rows that fit no group: how many, how many one would expect, and the chance of as many or more."""

    n: int
    expected: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether there are more than chance leads one to expect."""
        return self.n > self.expected and self.p_value < (1 - LEVEL) / 2


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of the groups, each (K,), with the ends of their intervals."""

    estimates: Array
    low: Array
    high: Array
    deviations: Array
    """Standard deviations of the memberships over the rows."""
    n_rows: int


def bounded(then: Array, now: Array) -> tuple[Array, Array]:
    """Both with low values raised to the ``LOWEST`` quantile of ``then`` (N,), so that few rows don't rule the means.

    A log density falls with the square of the distance and has no lower end: a handful of rows far out would make the
    interval of the mean too wide to show anything. How many such rows there are is what ``excess`` tells.

    Source: Huber and Ronchetti (2009), Robust Statistics, 2nd edition, section 3.3 (Winsorised means); one-sided here.
    """
    floor = np.quantile(then, LOWEST)
    return np.maximum(then, floor), np.maximum(now, floor)


def excess(then: Array, now: Array) -> Excess:
    """Rows of p-values ``now`` (M,) that fit no group, against the fitted rows' ``then`` (N,) and the mixture itself.

    Expected are as many as the mixture would make, or as there are among the fitted rows, if that is more: where the
    groups are of another shape than Gaussian, these have more of them too. The p-value is that of the exact test of two
    Poisson rates, given the sum of both counts.

    Source: Przyborowski and Wilenski (1940), Homogeneity of results in testing samples from Poisson series, Biometrika
    31, 313-323.
    """
    from scipy.special import betainc

    n_then, n_now = (int((each <= ODD).sum()) for each in (then, now))
    expected = len(now) * max(ODD, n_then / len(then))
    share = len(now) / (len(then) + len(now))
    return Excess(n_now, expected, float(betainc(n_now, n_then + 1, share)) if n_now else 1.0)


def mean_shift(then: Array, now: Array, optimism: float, seed: int = 0) -> Shift:
    """Mean of ``now`` (M,) less the mean of ``then`` (N,), with a bootstrap interval.

    Parameters
    ----------
    then, now : arrays
        Log densities of the rows that were fitted and of the new ones, or their surplus (see ``Oddness``).
    optimism : float
        By how much a fit flatters its own rows, to be taken off ``then``: about the number of free parameters divided
        by N (Akaike 1973; Stone 1977).
    seed : int
        Of the resamples.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13 (percentiles).
    """
    rng = np.random.default_rng(seed)
    means = [_resampled_means(values, rng) for values in (then, now)]
    low, high = np.quantile(means[1] - means[0], [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) + optimism
    return Shift(float(now.mean() - then.mean() + optimism), float(low), float(high))


def _resampled_means(values: Array, rng: np.random.Generator) -> Array:
    """Means of resamples, (R,). Of many values all but the lowest go in lumps: they differ little within one."""
    ordered = np.sort(values)
    ends = np.linspace(min(MOST_SINGLE, len(ordered)), len(ordered), MOST_LUMPS + 1).astype(np.intp)
    starts = np.unique(np.concatenate([np.arange(ends[0]), ends[:-1][ends[:-1] < len(ordered)]]))
    sizes = np.diff(np.append(starts, len(ordered)))
    lumps = np.add.reduceat(ordered, starts) / sizes
    counts = rng.multinomial(len(ordered), sizes / len(ordered), size=N_RESAMPLES)
    return np.asarray(counts @ lumps / len(ordered))


def shares_of(memberships: Array) -> Shares:
    """Mean memberships (N, K) as shares, with intervals that hold in small tables and for small shares too.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212; for
    memberships that are no 0 or 1, with as many rows as would leave the same standard error.
    """
    from scipy.special import ndtri

    n_rows, z = len(memberships), float(ndtri((1 + LEVEL) / 2))
    shares = memberships.mean(axis=0)
    deviations, binomial = memberships.std(axis=0), shares * (1 - shares)
    n = n_rows * np.divide(binomial, deviations**2, out=np.ones(len(shares)), where=deviations > 0)
    centre = (shares + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * np.sqrt(np.maximum(binomial, 0.0) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Shares(shares, np.maximum(centre - reach, 0.0), np.minimum(centre + reach, 1.0), deviations, n_rows)


def changed(then: Shares, now: Shares) -> NDArray[np.bool_]:
    """Which groups' shares differ by more than chance leads one to expect in any of them, (K,): Bonferroni's bound.

    Chance is measured on the rows ``then``: a few new rows may all be sure of one group.
    """
    from scipy.special import ndtri

    z = ndtri(1 - (1 - LEVEL) / (2 * len(then.estimates)))
    errors = then.deviations * np.sqrt(1 / then.n_rows + 1 / now.n_rows)
    return np.asarray(np.abs(now.estimates - then.estimates) > z * errors)
