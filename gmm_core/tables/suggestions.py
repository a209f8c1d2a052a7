"""Which transform would suit a column, and why."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.transforms import TRANSFORMS
from gmm_core.model.words import capital
from gmm_core.tables.column_facts import moments
from gmm_core.tables.far_values import far_value

Floats = NDArray[np.float64]

SKEWED = 1.0
"""Skewness, in size, from which a transform is worth its trouble."""

HEAVY = 8.0
"""Kurtosis of a symmetric column from which its tails are heavy; a normal distribution has 3."""

LONG = 4.5
"""How often the middle of a side goes into its 1 % end where a tail is heavy, not only one value far: 3.4 for a normal
distribution, 5.9 for Student's t with 3 degrees of freedom."""

MANY_ZEROS = 0.1

FEW_DISTINCT = 10

LOOKED_AT = 20_000
"""Values that are looked at, evenly spread over the rows."""

LOPSIDED = 0.3
"""By how much one tail must be longer, as a share of both, for skewness to be more than a few far values."""

STRAIGHT, BENT_OVER = 0.75, 0.25
"""Skewness that is good enough where some of the column's own is left, and where its sign has changed: the values that
were close together at the short end would become a tail of their own."""

FEW_BELOW = (0.01, 0.05)
"""Share of the values up to which those below 0 are likelier refunds or slips than part of a skewed column: where a
transform straightens all of them, and where none does."""

PLAIN_FIRST = ("log", "sqrt", "log1p", "yeo-johnson")
"""What may be suggested against skewness, the plainest first."""

ABOVE_ZERO = ("log", "sqrt", "log1p")
"""Those that values below 0 forbid, at least far enough below it."""


@dataclass(frozen=True)
class Suggestion:
    """A transform for a column.

    Parameters
    ----------
    transform : str
        A key of ``TRANSFORMS``.
    reason : str
        A sentence.
    skew_before, skew_after : float
        Skewness of the values as they are, and of the transformed ones.
    n_below_zero : int
        Values below 0, where these are few amid skewed ones above: without them a plainer transform would do.
    """

    transform: str
    reason: str
    skew_before: float = 0.0
    skew_after: float = 0.0
    n_below_zero: int = 0


def suggest_transform(x: Floats) -> Suggestion:
    """A transform for the values (N,) of a column; NaN in gaps.

    Skewness may be the groups' own, so a suggestion is no more than that: the criteria say whether it helps.
    """
    finite = x[np.isfinite(x)]
    values = finite[:: max(len(finite) // LOOKED_AT, 1)]
    if len(np.unique(values)) <= FEW_DISTINCT:
        return Suggestion("none", f"It has {FEW_DISTINCT} distinct values or fewer, which no transform spreads.")
    far = far_value(values)
    if far is not None and far.is_high:
        found = suggest_transform(values[values != far.value])
        return replace(found, reason=f"{found.reason} {far.value:,.10g} is left aside: it lies far from the others.")
    n_below = int(np.count_nonzero(finite < 0))
    found = _of_many(values)
    most = FEW_BELOW[abs(found.skew_after) > STRAIGHT] * len(finite)
    if 0 < n_below <= max(1, most) and _of_many(values[values >= 0]).transform in ABOVE_ZERO:
        return _beside_few_below(n_below)
    return found


def _of_many(values: Floats) -> Suggestion:
    _, _, skew, kurtosis = moments(values)
    low, lower, middle, upper, high = np.quantile(values, [0.01, 0.25, 0.5, 0.75, 0.99])
    lopsided = abs(low + high - 2.0 * middle) >= LOPSIDED * (high - low)
    if abs(skew) >= SKEWED and (lopsided or kurtosis < HEAVY):
        return _against_skew(values, skew)
    long = high - middle >= LONG * (upper - middle) and middle - low >= LONG * (middle - lower)
    if kurtosis >= HEAVY and not long:
        reason = "A few values lie far from the rest, and the others need no transform."
        return Suggestion("none", reason, skew, skew)
    if kurtosis >= HEAVY:
        reason = f"Its tails are heavy on both sides (kurtosis {kurtosis:.1f}; 3 is normal): ranks draw them in."
        return Suggestion("rank-normal", reason, skew, _skew_after(values, "rank-normal"))
    return Suggestion("none", f"Its skewness, {skew:.1f}, is small.", skew, skew)


def _beside_few_below(n: int) -> Suggestion:
    few = "One value is below 0, such as a refund or a slip" if n == 1 else f"{n:,} values are below 0, such as refunds"
    without = "its row" if n == 1 else "their rows"
    return Suggestion("none", f"{few}: without {without} a transform would straighten the others.", n_below_zero=n)


def plainest(x: Floats) -> str:
    """The plainest transform that takes all values (N,) of a column: a key of ``TRANSFORMS``, never "none"."""
    return _that_take(x)[0]


def _that_take(x: Floats) -> list[str]:
    return [name for name in PLAIN_FIRST if not TRANSFORMS[name].refused(x).any()]


def _against_skew(values: Floats, skew: float) -> Suggestion:
    after = {name: _skew_after(values, name) for name in _that_take(values)}
    straight = [name for name in after if -BENT_OVER <= after[name] * np.sign(skew) <= STRAIGHT]
    best = straight[0] if straight else min(after, key=lambda name: abs(after[name]))
    if abs(after[best]) > abs(skew) / 2:
        return Suggestion("none", f"Its skewness, {skew:.1f}, stays with any transform.", skew, skew)
    reason = (
        f"{capital(TRANSFORMS[best].words)} brings its skewness from {skew:.1f} to {round(after[best], 1) + 0.0:.1f}."
    )
    zeros = float((values == 0).mean())
    if zeros >= MANY_ZEROS:
        reason += f" The {100 * zeros:.0f}\u00a0% zeros stay a spike."
    return Suggestion(best, reason, skew, after[best])


def _skew_after(values: Floats, name: str) -> float:
    return moments(TRANSFORMS[name].fit(values).forward(values))[2]
