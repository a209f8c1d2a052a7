"""The median of a column whose rows may count more or less than once."""

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
