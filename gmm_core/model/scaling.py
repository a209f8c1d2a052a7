"""The scaled space in which EM works, so that the answer does not depend on units."""

import numpy as np

from gmm_core.errors import DataError
from gmm_core.model.em.forms import Array
from gmm_core.model.em.rows import Scaling

LEAST_SPREAD = 1e-100
"""Smallest standard deviation of a column: squares of smaller numbers may vanish."""

WIDEST = 1000.0
"""Most spread of a column, in ranges of the middle half of its values, where these are not all the same."""


def scaling_for(table: Array, per_column: bool, columns: tuple[str, ...] = (), weights: Array | None = None) -> Scaling:
    """Centre and spread of the columns of a table (N, D), of their values where it has gaps; names are for the error.

    With ``per_column`` each column is divided by its own spread; without, all by their root mean square, as for
    spherical families, for which the columns' units relative to each other are part of the model. The spread is the
    standard deviation, but at most ``WIDEST`` times the range of the middle half of the values: a single code such as
    999999 would else make everything beside it look flat.

    Raises
    ------
    DataError
        Where a column's spread is lost in the rounding of its values, or in that of its own square.
    """
    values = np.ascontiguousarray(table.T)  # several times as fast as columns of a table row by row (measured)
    low, high = np.fmin.reduce(values, axis=1), np.fmax.reduce(values, axis=1)  # gaps aside
    half_range = high / 2 - low / 2  # halved first: the range of values near the limits of doubles may overflow
    middle = low + half_range
    unit = np.array([_mean_and_spread(*column, weights) for column in zip(values, middle, half_range, strict=True)])
    centre, spread = middle + half_range * unit[:, 0], half_range * unit[:, 1]
    _check_rounding(columns or tuple(f"column {i + 1}" for i in range(len(spread))), centre, spread)
    return Scaling(centre, spread if per_column else np.full_like(spread, np.sqrt(np.mean(spread**2))))


def _mean_and_spread(column: Array, middle: float, half_range: float, weights: Array | None) -> tuple[float, float]:
    """Of the values of one column brought to [-1, 1]."""
    filled = ~np.isnan(column)
    unit = (column[filled] - middle) / half_range
    shares = None if weights is None else weights[filled]
    mean = np.average(unit, weights=shares)
    spread = float(np.sqrt(np.average((unit - mean) ** 2, weights=shares)))
    lower, upper = _quartiles(unit, shares)
    return float(mean), min(spread, WIDEST * (upper - lower)) if upper > lower else spread


def _quartiles(values: Array, weights: Array | None) -> tuple[float, float]:
    """The values at a quarter and at three quarters of the weight."""
    if weights is None:
        at = [len(values) // 4, (3 * len(values)) // 4]
        lower, upper = np.partition(values, at)[at]
    else:
        order = np.argsort(values)
        lower, upper = values[order[np.searchsorted(np.cumsum(weights[order]) / weights.sum(), [0.25, 0.75])]]
    return float(lower), float(upper)


def _check_rounding(columns: tuple[str, ...], centre: Array, spread: Array) -> None:
    lost = np.flatnonzero(spread <= np.maximum(8 * np.spacing(np.abs(centre)), LEAST_SPREAD))
    if len(lost):
        raise DataError(
            f"{columns[lost[0]]}: its values differ by too little to compute with.",
            "Subtract a constant from it or choose a smaller unit before it is stored, or leave it out.",
            columns=[columns[i] for i in lost],
        )
