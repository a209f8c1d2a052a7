"""Axes that K scatter matrices share as well as they can: sweeps of rotations in planes, many planes at once."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array

STILL = 1e-10
"""A sweep with no larger rotation, in radians, is the last."""

Slopes = Callable[[Array], Array]
"""From scatters along the axes (K, D) to the slopes (K, D) of a misfit that is concave in them."""


@lru_cache(maxsize=64)
def rounds(n_features: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """All pairs of axes in D rounds at most, the pairs of each disjoint: a round-robin tournament."""
    players = list(range(n_features + n_features % 2))
    half, played = len(players) // 2, []
    for _ in players[1:]:
        pairs = [sorted(pair) for pair in zip(players[:half], players[: half - 1 : -1], strict=True)]
        first, second = np.array([pair for pair in pairs if pair[1] < n_features], dtype=np.intp).reshape(-1, 2).T
        played.append((first, second))
        players = [players[0], players[-1], *players[1:-1]]
    return played


def rotate(scatter: Array, axes: Array, slopes: Slopes, n_sweeps: int) -> Array:
    """Axes (D, D), in columns, turned in sweeps over all their planes until they rest or ``n_sweeps`` are done.

    The misfit is a concave function of the scatters u_j' W_k u_j along the axes, so its tangent lies above it. In the
    plane of two axes p and q, the tangent is least at the eigenvectors of the 2 x 2 matrix that sums
    (slope_kp - slope_kq) [u_p u_q]' W_k [u_p u_q] over k; turning to them never raises the misfit. Planes that have
    no axis in common don't disturb each other, and are turned at once.

    Sources: Flury and Gautschi (1986), SIAM J. Sci. Stat. Comput. 7, 169-184, for the rotations; Browne and McNicholas
    (2014), Adv. Data Anal. Classif. 8, 217-226, for the tangent in a mixture's M step.
    """
    seen = axes.T @ scatter @ axes  # the scatters in the coordinates of the axes
    for _ in range(n_sweeps):
        largest = 0.0
        for first, second in rounds(len(axes)):
            angles = _angles(seen, slopes(np.einsum("kii->ki", seen)), first, second)
            turn = _turn(len(axes), angles, first, second)
            seen, axes = turn.T @ seen @ turn, axes @ turn
            largest = max(largest, float(np.abs(angles).max(initial=0.0)))
        if largest < STILL:
            break
    return axes


def _angles(seen: Array, slope: Array, first: NDArray[np.intp], second: NDArray[np.intp]) -> Array:
    """The angle by which each pair of axes is turned."""
    contrast = slope[:, first] - slope[:, second]
    across = np.einsum("kp,kp->p", contrast, seen[:, first, second])
    along = np.einsum("kp,kp->p", contrast, seen[:, second, second] - seen[:, first, first])
    return np.asarray(0.5 * np.arctan2(-2.0 * across, along))


def _turn(n_features: int, angles: Array, first: NDArray[np.intp], second: NDArray[np.intp]) -> Array:
    """The rotation (D, D) of all the pairs."""
    turn = np.eye(n_features)
    turn[first, first] = turn[second, second] = np.cos(angles)
    turn[second, first] = np.sin(angles)
    turn[first, second] = -turn[second, first]
    return turn
