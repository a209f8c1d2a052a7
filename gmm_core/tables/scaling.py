"""How features are scaled before a fit: a registry of small objects, each measuring a centre and a scale."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scaling:
    """A way of scaling: features are (values - centre) / scale.

    Parameters
    ----------
    name : str
        Its key, as in a recipe.
    words : str
        What it is called on screen.
    measure : callable
        From values (N, D), NaN in gaps left open, and the rows' weights (N,), all above 0, or None, to centre (D,) and
        scale (D,); no scale is 0 where no column is constant.
    """

    name: str
    words: str
    measure: Callable[[Floats, Floats | None], tuple[Floats, Floats]]


def _nothing(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    return np.zeros(values.shape[1]), np.ones(values.shape[1])


def _standard(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    size = np.nanmax(np.abs(values), axis=0)
    small = values / np.where(size == 0, 1.0, size)  # so that no square overflows or vanishes, whatever the unit
    centre = _mean(small, weights)
    return centre * size, np.sqrt(_mean((small - centre) ** 2, weights)) * size


def _mean(values: Floats, weights: Floats | None) -> Floats:
    """Of each column, (D,), gaps left out."""
    if weights is None:
        return np.asarray(np.nanmean(values, axis=0))
    return np.asarray(np.nansum(values * weights[:, None], axis=0) / (weights @ ~np.isnan(values)))


SCALINGS = {
    scaling.name: scaling
    for scaling in (
        Scaling("none", "as they are", _nothing),
        Scaling("standard", "standardised", _standard),
    )
}
