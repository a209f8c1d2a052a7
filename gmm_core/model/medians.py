"""The median of a column whose rows may count more or less than once, and how far that of all such rows may lie."""

import numpy as np

from gmm_core.model.em.forms import Array


def median(x: Array, weights: Array | None = None) -> float:
    """The median of values (N,), gaps (NaN) left out; each stands there as often as ``weights`` (N,) say."""
    known = np.flatnonzero(~np.isnan(x))
    if weights is None:
        return float(np.median(x[known]))
    order = known[np.argsort(x[known])]
    heights = np.cumsum(weights[order])
    middle = [int(np.searchsorted(heights, heights[-1] / 2.0, side=side)) for side in ("left", "right")]
    return float(x[order[np.minimum(middle, len(order) - 1)]].mean())


def median_ends(x: Array, weights: Array | None = None, z: float = 1.959964) -> Array:
    """Ends (2,) of the 95 % interval of the median of which values (N,) are a sample; weights as for `median`.

    Two of the values in order, whatever their distribution; without end where there are fewer than six.

    Source: David and Nagaraja (2003), Order Statistics, section 7.1, with the normal curve for the binomial one, and
    half a row for continuity: to 300 rows the level is 95 % or more, and in 7 cases an end is one value too far out.
    """
    known = np.flatnonzero(~np.isnan(x))
    total = float(len(known) if weights is None else weights[known].sum())
    rank = np.floor((total + 1.0 - z * np.sqrt(total)) / 2.0)  # from either end
    if rank < 1.0:
        return np.array([-np.inf, np.inf])
    if weights is None:
        both = [int(rank) - 1, len(known) - int(rank)]
        return np.asarray(np.partition(x[known], both)[both])
    order = known[np.argsort(x[known])]
    at = np.searchsorted(np.cumsum(weights[order]), [rank, total + 1.0 - rank])
    return np.asarray(x[order[np.minimum(at, len(order) - 1)]])
