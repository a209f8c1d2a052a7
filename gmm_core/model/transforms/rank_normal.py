"""Ranks to normal scores."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.transforms.base import Transform

MOST_KNOTS = 65
"""Most knots, so that a recipe stays small."""


@dataclass(frozen=True)
class RankNormal(Transform):
    """Ranks to normal scores: straight lines between knots, the outer ones going on beyond the ends.

    Knots lie at equally spaced scores, from the first to the last value, or at each of few values. Equal values share
    the mean of their scores.
    """

    values: tuple[float, ...] = (0.0, 1.0)
    scores: tuple[float, ...] = (0.0, 1.0)

    name, words = "rank-normal", "ranks to normal scores"

    @classmethod
    def fit(cls, x: Array, weights: Array | None = None) -> Self:
        from scipy.special import ndtr, ndtri

        ordered, below = _ranked(x, weights)
        n = below[-1]
        outermost = ndtri(1.0 - 0.5 / n)
        spaced = np.rint(n * ndtr(np.linspace(-outermost, outermost, MOST_KNOTS)) - 0.5).clip(0, n - 1)
        at = np.searchsorted(below[1:], spaced, side="right") if n > MOST_KNOTS else slice(None)
        values = np.unique(ordered[at])
        first, last = (below[np.searchsorted(ordered, values, side=side)] for side in ("left", "right"))
        scores = ndtri((first + last) / (2.0 * n))
        return cls(tuple(values.tolist()), tuple(scores.tolist()))

    @property
    def n_parameters(self) -> int:
        return len(self.values)

    @property
    def is_sound(self) -> bool:
        rising = (np.diff(self.values) > 0).all() and (np.diff(self.scores) > 0).all()
        return bool(2 <= len(self.values) == len(self.scores) and rising)

    def forward(self, x: Array) -> Array:
        return _bent(x, np.array(self.values), np.array(self.scores))

    def inverse(self, z: Array) -> Array:
        return _bent(z, np.array(self.scores), np.array(self.values))

    def log_derivative(self, x: Array) -> Array:
        values, scores = np.array(self.values), np.array(self.scores)
        slopes = np.log(np.diff(scores)) - np.log(np.diff(values))
        return np.asarray(np.where(np.isnan(x), np.nan, slopes[_piece(x, values)]))


def _ranked(x: Array, weights: Array | None) -> tuple[Array, Array]:
    """Values in order, (N,), and how many rows stand below each and in all, (N + 1,); weights never sum to less."""
    known = np.flatnonzero(~np.isnan(x))
    order = known[np.argsort(x[known])]
    counts = np.ones(len(order)) if weights is None else weights[order]
    heights = np.cumsum(counts)
    enough = max(1.0, len(order) / heights[-1])
    return x[order], np.concatenate([[0.0], enough * heights])


def _piece(x: Array, knots: Array) -> NDArray[np.intp]:
    """Which of the straight lines between knots each value lies on, the outer ones reaching beyond."""
    return np.clip(np.searchsorted(knots, x, side="right") - 1, 0, len(knots) - 2)


def _bent(x: Array, knots: Array, heights: Array) -> Array:
    piece = _piece(x, knots)
    along = (x - knots[piece]) / (knots[piece + 1] - knots[piece])
    return np.asarray(heights[piece] * (1.0 - along) + heights[piece + 1] * along)
