"""What sets each group apart in a column. Rows count for a group by their membership in it.

The effect size is the probability of superiority: how often a row of the group lies above a row outside of it, ties
counting half; 2 p - 1 is Cliff's delta. Unlike a difference of means it is the same for a column and its logarithm, and
no tail or odd row can make it large. Sources: Cliff (1993), Dominance statistics, Psychological Bulletin 114, 494-509;
Vargha and Delaney (2000), A critique and improvement of the CL common language effect size statistics, Journal of
Educational and Behavioral Statistics 25, 101-132.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.mean_intervals import difference_ends, mean_ends
from gmm_core.model.medians import median, median_ends

LEVELS = 512
"""Values up to which superiority is exact; beyond, values between neighbouring quantiles count as ties."""

LOOKED_AT = 20_000
"""Rows that quantiles are taken from."""

EMPTY = 1e-9
"""Share of the rows below which a group counts as empty."""

Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class SoftGroups:
    """Rows shared out among groups.

    Attributes
    ----------
    resp : (K, N) array
        Memberships, group by group.
    weights : (N,) array or None
        How often each row counts, where not once.
    """

    resp: Array
    weights: Array | None = None

    @classmethod
    def of(cls, memberships: Array, weights: Array | None = None) -> "SoftGroups":
        """From memberships (N, K), noise's column among them, and row weights (N,)."""
        return cls(np.ascontiguousarray(memberships.T), weights)

    def among(self, chosen: NDArray[np.bool_]) -> "SoftGroups":
        """Only these rows (N,)."""
        if chosen.all():
            return self
        return replace(self, resp=self.resp[:, chosen], weights=None if self.weights is None else self.weights[chosen])

    @cached_property
    def counts(self) -> Array:
        """How much each row counts for each group, (K, N)."""
        return self.resp if self.weights is None else self.resp * self.weights

    @cached_property
    def sizes(self) -> Array:
        """Expected rows of each group, (K,)."""
        return np.asarray(self.counts.sum(axis=1))

    @cached_property
    def shares(self) -> Array:
        """Expected share of each group, (K,)."""
        return self.sizes / max(float(self.sizes.sum()), np.finfo(float).tiny)

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Which groups have next to no row, (K,)."""
        return np.asarray(self.shares <= EMPTY)

    @cached_property
    def effective_sizes(self) -> Array:
        """So many rows of full membership would tell as much about a mean of the group, (K,): Kish (1965), 11.7."""
        return _effective(self.sizes, self._squares)

    @cached_property
    def effective_rest(self) -> Array:
        """The same for the rows outside of each group, (K,)."""
        total = self.sizes.sum()
        return _effective(total - self.sizes, total - 2 * self.sizes + self._squares)  # of c (1 - r)^2

    @cached_property
    def _squares(self) -> Array:
        """Sums of c r^2, (K,)."""
        return np.einsum("kn,kn->k", self.counts, self.resp)

    def tally(self, codes: Codes, n: int) -> Array:
        """How much of each group has each code from 0 to n - 1, (K, n); ``codes`` are (N,)."""
        return np.array([np.bincount(codes, counts, n) for counts in self.counts])


@dataclass(frozen=True, eq=False)
class ColumnProfile:
    """Groups in one column; rows with a gap in it are left out. A group without rows looks as all rows do.

    Attributes
    ----------
    means, spreads : (K,) arrays
        Mean and standard deviation of each group.
    mean, spread, median : float
        Of all rows.
    above : (K,) array
        How often a row of the group lies above one outside of it, 0 to 1.
    low, high : (K,) arrays
        Interval of ``above`` at 95 %.
    median_ends : (2,) array
        Interval at 95 % of the median.
    mean_ends, difference_ends : (2, K) arrays
        Intervals at 95 % of the means, and of the means less that of all rows; without end where a group has too few
        rows.
    n_gaps : int
        Rows left out.
    """

    means: Array
    spreads: Array
    mean: float
    spread: float
    median: float
    median_ends: Array
    above: Array
    low: Array
    high: Array
    mean_ends: Array
    difference_ends: Array
    n_gaps: int

    @property
    def deltas(self) -> Array:
        """Cliff's delta of each group against the rows outside of it, (K,): -1 all lower, 1 all higher."""
        return 2.0 * self.above - 1.0

    @property
    def standardised(self) -> Array:
        """Difference of each group's mean from that of all rows, by the spread of all rows, (K,)."""
        return (self.means - self.mean) / (self.spread or 1.0)

    def refitted(self, means: Array, differences: Array) -> "ColumnProfile":
        """With intervals of means and differences that reach so far, (2, C) each; of groups beyond C as they are."""
        n = means.shape[1]
        mean_ends, difference_ends = self.mean_ends.copy(), self.difference_ends.copy()
        mean_ends[:, :n] = self.means[:n] + means
        difference_ends[:, :n] = self.means[:n] - self.mean + differences
        return replace(self, mean_ends=mean_ends, difference_ends=difference_ends)


def profile_column(x: Array, groups: SoftGroups) -> ColumnProfile | None:
    """Profile of a column (N,), NaN in gaps; None where it holds no value."""
    present = np.isfinite(x)
    if not present.any():
        return None
    values, own = x[present], groups.among(present)
    means, spreads, mean, spread = _moments(values, own)
    codes = levels(values)
    above = superiority(own.tally(codes, int(codes.max()) + 1))
    low, high = superiority_interval(above, own.effective_sizes, own.effective_rest)
    middles = mean_ends(means, spreads, own.effective_sizes)
    apart = difference_ends(means - mean, spreads, spread, own.shares, own.effective_sizes, own.effective_rest)
    of_all = mean, spread, median(values, own.weights), median_ends(values, own.weights)
    return ColumnProfile(means, spreads, *of_all, above, low, high, middles, apart, int((~present).sum()))


def levels(x: Array) -> Codes:
    """Ranks of values (N,), equal for equal ones; of more than ``LEVELS`` values neighbours share one."""
    some = x[:: max(len(x) // LOOKED_AT, 1)]
    seen = np.unique(some)
    edges = seen if len(seen) <= LEVELS else np.unique(np.quantile(some, np.linspace(0.0, 1.0, LEVELS)))
    return np.searchsorted(edges, x)


def superiority(tallies: Array) -> Array:
    """How often a row of each group lies above one outside of it, (K,), from tallies (K, L) by rising level.

    0.5 for a group without rows, and for one that has them all.
    """
    rest = tallies.sum(axis=0) - tallies
    below = np.cumsum(rest, axis=1) - rest / 2.0  # a tie counts half
    pairs = tallies.sum(axis=1) * rest.sum(axis=1)
    held = pairs > EMPTY * tallies.sum() ** 2
    return np.where(held, (tallies * below).sum(axis=1) / np.where(held, pairs, 1.0), 0.5)


def superiority_interval(above: Array, n: Array, m: Array, z: float = 1.959964) -> tuple[Array, Array]:
    """Interval of a probability of superiority, from effective sizes of both sides; all are (K,).

    It holds its level where both sides are fully apart, too, and in small groups. Without rows it is 0 to 1.

    Source: Newcombe (2006), Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part
    2, Statistics in Medicine 25, 559-573, method 5, with the variance of Hanley and McNeil (1982).
    """
    ends = []
    for far in (0.0, 1.0):
        inside, outside = above.copy(), np.full_like(above, far)
        for _ in range(50):
            middle = (inside + outside) / 2.0
            near = np.abs(above - middle) <= z * np.sqrt(_variance(middle, n, m))
            inside, outside = np.where(near, middle, inside), np.where(near, outside, middle)
        ends.append(np.where((n > 0) & (m > 0), outside, far))
    return ends[0], ends[1]


def _variance(p: Array, n: Array, m: Array) -> Array:
    """Of a probability of superiority that is truly ``p``, with the groups' sizes exchanged for their mean."""
    more = np.maximum((n + m) / 2.0 - 1.0, 0.0)
    return p * (1.0 - p) * (1.0 + more * ((1.0 - p) / (2.0 - p) + p / (1.0 + p))) / np.maximum(n * m, EMPTY)


def _moments(x: Array, groups: SoftGroups) -> tuple[Array, Array, float, float]:
    """Means and spreads of the groups, (K,), and of all rows; about the means, so that narrow groups keep digits."""
    centre = float(np.median(x[:: max(len(x) // LOOKED_AT, 1)]))
    away = x - centre
    sizes = np.where(groups.empty, 1.0, groups.sizes)
    means = groups.counts @ away / sizes
    total = float(groups.sizes.sum())
    mean = float(groups.sizes @ np.where(groups.empty, 0.0, means)) / total
    means = np.where(groups.empty, mean, means)
    squares = np.array([counts @ (away - own) ** 2 for counts, own in zip(groups.counts, means, strict=True)])
    whole = float((squares.sum() + groups.sizes @ (means - mean) ** 2) / total)
    spreads = np.sqrt(np.where(groups.empty, whole, squares / sizes))
    return centre + means, spreads, centre + mean, float(np.sqrt(whole))


def _effective(sums: Array, squares: Array) -> Array:
    held = (sums > EMPTY * sums.max()) & (squares > 0)
    return np.where(held, sums**2 / np.where(held, squares, 1.0), 0.0)
