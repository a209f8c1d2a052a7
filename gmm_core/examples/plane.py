"""Two long groups side by side in the plane, with odd rows if asked for: what separates families, and needs noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.examples.drawing import check_row_count, draw_category

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

WEIGHTS = (0.4, 0.6)
TILT = np.deg2rad(30)
"""Direction of the groups' long axes."""

REACH = 4.0
"""How far from the groups' middle odd rows lie at most, in the larger of distance and length."""

ORIGINS = ("first", "second", "odd")


def plane_truth(distance: float = 5.0, length: float = 1.0) -> tuple[Floats, Floats, Floats]:
    """What the groups of ``make_plane_sample`` are drawn from.

    Parameters
    ----------
    distance : float
        Between the centres, across the long axes, in standard deviations.
    length : float
        Standard deviation along the long axes; across it is 1.

    Returns
    -------
    tuple of arrays
        Weights (2,), means (2, 2) and covariances (2, 2, 2).

    Raises
    ------
    SettingsError
        For a length that is not above 0.
    """
    if length <= 0:
        raise SettingsError("The length of a group must be above 0.", "Give a positive length.", value=length)
    axes = np.array([[np.cos(TILT), -np.sin(TILT)], [np.sin(TILT), np.cos(TILT)]])  # columns: along, across
    means = np.array([-0.5, 0.5])[:, None] * distance * axes[:, 1]
    covariance = axes @ np.diag([length**2, 1.0]) @ axes.T
    return np.array(WEIGHTS), means, np.stack([covariance, covariance])


def make_plane_sample(
    n: int = 200, seed: int = 2, distance: float = 5.0, length: float = 1.0, n_odd: int = 0
) -> pd.DataFrame:
    """Draw rows from two Gaussians of one tilted shape, and odd rows evenly from a square around both.

    Parameters
    ----------
    n : int
        Number of rows in the groups, at least 1.
    seed : int
        Seed of ``numpy.random.default_rng``; the same seed gives the same rows.
    distance, length : float
        As for ``plane_truth``.
    n_odd : int
        Number of odd rows, after the others.

    Returns
    -------
    pandas.DataFrame, (n + n_odd, 3)
        ``across`` and ``up``, to three decimals, and ``origin``: "first", "second" or "odd".

    Raises
    ------
    SettingsError
        If ``n`` is below 1 or ``length`` is not above 0.
    """
    import pandas as pd

    check_row_count(n, least=1)
    _, means, covariances = plane_truth(distance, length)
    rng = np.random.default_rng(seed)
    origin = draw_category(rng, WEIGHTS, n)
    factor = np.linalg.cholesky(covariances[0])
    places = means[origin] + rng.standard_normal((n, 2)) @ factor.T
    odd = REACH * max(distance, length) * (rng.random((n_odd, 2)) - 0.5)
    names = np.array(ORIGINS)[np.append(origin, np.full(n_odd, 2))]
    across, up = np.vstack([places, odd]).round(3).T
    return pd.DataFrame({"across": across, "up": up, "origin": names})
