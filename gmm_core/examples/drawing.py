"""What the generated examples share: checking the number of rows, and drawing categories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError


def check_row_count(n: int, least: int) -> None:
    """Refuse a sample that is too small to hold what its description promises.

    Parameters
    ----------
    n : int
        Rows asked for.
    least : int
        The smallest number of rows that makes sense.

    Raises
    ------
    SettingsError
        If ``n`` is below ``least``.
    """
    if n < least:
        raise SettingsError(
            f"A sample of {n} rows is too small for this data set.", f"Ask for {least} or more.", value=n
        )


def draw_category(rng: np.random.Generator, shares: Sequence[float], n: int) -> NDArray[np.intp]:
    """Draw ``n`` independent categories.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness; one uniform number is used for each row.
    shares : sequence of float, (C,)
        Probability of each category; they add up to 1.
    n : int
        Number of rows.

    Returns
    -------
    numpy.ndarray of int, (n,)
        Positions in ``shares``.
    """
    # The last boundary is left out: rounding in the sum must not open a gap below 1.
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right")


def draw_category_by_group(
    rng: np.random.Generator, shares: NDArray[np.float64], group: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Draw one category a row, with probabilities that depend on the row's group.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness; one uniform number is used for each row.
    shares : numpy.ndarray, (G, C)
        Probability of each category within each group; rows add up to 1.
    group : numpy.ndarray of int, (n,)
        Group of each row.

    Returns
    -------
    numpy.ndarray of int, (n,)
        Positions along the second axis of ``shares``.
    """
    boundaries = np.cumsum(shares, axis=1)[group, :-1]  # (n, C - 1)
    below: NDArray[np.bool_] = boundaries <= rng.random(len(group))[:, None]  # (n, C - 1)
    return np.asarray(np.count_nonzero(below, axis=1))
