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
        From values (N, D), NaN in gaps left open, to centre (D,) and scale (D,); no scale is 0 where no column is
        constant.
    """

    name: str
    words: str
    measure: Callable[[Floats], tuple[Floats, Floats]]


def _nothing(values: Floats) -> tuple[Floats, Floats]:
    return np.zeros(values.shape[1]), np.ones(values.shape[1])


def _standard(values: Floats) -> tuple[Floats, Floats]:
    size = np.nanmax(np.abs(values), axis=0)
    small = values / np.where(size == 0, 1.0, size)  # so that no square overflows or vanishes, whatever the unit
    return np.nanmean(small, axis=0) * size, np.nanstd(small, axis=0) * size


SCALINGS = {
    scaling.name: scaling
    for scaling in (
        Scaling("none", "as they are", _nothing),
        Scaling("standard", "standardised", _standard),
    )
}
