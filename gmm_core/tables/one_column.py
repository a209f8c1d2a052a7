"""One column beside its mixture: shares below, quantiles against quantiles, and where membership changes hands."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.model.univariate import cumulative, handovers, quantiles
from gmm_core.tables.results import group_letters

Floats = NDArray[np.float64]

MOST_PLACES = 300
"""Rows shown of many, evenly spaced in rank."""


def handovers_frame(mixture: Mixture, transform: Transform = UNCHANGED) -> pd.DataFrame:
    """Where the likeliest group changes: ``x``, in the table's units, ``below`` and ``above`` (letters), rising.

    ``mixture`` is of one column, in working units; ``transform`` is what that column went through.
    """
    found, letters = handovers(mixture), group_letters(mixture)
    places = transform.inverse(np.array([place for place, _, _ in found]))
    below, above = [letters[k] for _, k, _ in found], [letters[k] for _, _, k in found]
    return pd.DataFrame({"x": places, "below": below, "above": above})


def ranks_frame(
    x: Floats, mixture: Mixture, transform: Transform = UNCHANGED, weights: Floats | None = None
) -> pd.DataFrame:
    """Rows of a column (N,) in order, beside the mixture: at most ``MOST_PLACES`` of them, always with both ends.

    Parameters
    ----------
    x : (N,) array
        In the table's units; gaps are left out.
    mixture : Mixture
        Of this column, in working units.
    transform : Transform
        What the column went through.
    weights : (N,) array, optional
        How often each row counts.

    Returns
    -------
    pandas.DataFrame
        ``x``; ``share`` (of the rows up to it, half of itself not counted, as Hazen's plotting positions); ``expected``
        (where the mixture has that share of rows).
    """
    counts = np.ones(len(x)) if weights is None else weights
    used = np.isfinite(x) & (counts > 0)
    order = np.argsort(x[used], kind="stable")
    values, counted = x[used][order], counts[used][order]
    shares = (np.cumsum(counted) - counted / 2) / counted.sum()
    chosen = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST_PLACES)).round().astype(int))
    values, shares = values[chosen], shares[chosen]
    return pd.DataFrame({"x": values, "share": shares, "expected": transform.inverse(quantiles(mixture, shares))})


def shares_frame(mixture: Mixture, lo: float, hi: float, transform: Transform = UNCHANGED) -> pd.DataFrame:
    """Share of the mixture below values from ``lo`` to ``hi``, in the table's units: ``x``, ``share``."""
    x = np.linspace(lo, hi, MOST_PLACES)
    x = x[~transform.outside(x)]
    return pd.DataFrame({"x": x, "share": cumulative(mixture, transform.forward(x))})
