"""Transforms that are known at once: none, logarithms, the square root."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import LARGEST
from gmm_core.model.em.forms import Array
from gmm_core.model.transforms.base import Transform


class Unchanged(Transform):
    """t(x) = x."""

    name, words, centre = "none", "as it is", "mean"

    def named(self, column: str) -> str:
        return column

    def forward(self, x: Array) -> Array:
        return x

    def inverse(self, z: Array) -> Array:
        return z

    def log_derivative(self, x: Array) -> Array:
        return np.zeros_like(x)


class Log(Transform):
    """t(x) = log x."""

    name, words, centre, needs = "log", "logarithm", "geometric mean", "above 0"

    @classmethod
    def refused(cls, x: Array) -> NDArray[np.bool_]:
        return np.asarray(x <= 0)

    def forward(self, x: Array) -> Array:
        return np.log(x)

    def inverse(self, z: Array) -> Array:
        return np.exp(np.minimum(z, np.log(LARGEST)))

    def log_derivative(self, x: Array) -> Array:
        return -np.log(x)


class Log1p(Transform):
    """t(x) = log(1 + x), which takes zeros."""

    name, words, needs = "log1p", "logarithm of 1 + value", "above -1"

    @classmethod
    def refused(cls, x: Array) -> NDArray[np.bool_]:
        return np.asarray(x <= -1)

    def forward(self, x: Array) -> Array:
        return np.log1p(x)

    def inverse(self, z: Array) -> Array:
        return np.expm1(np.minimum(z, np.log(LARGEST)))

    def log_derivative(self, x: Array) -> Array:
        return -np.log1p(x)


@dataclass(frozen=True)
class SquareRoot(Transform):
    """t(x) = sqrt(x + offset); the offset is 0 where all values are positive, else 3/8 of the smallest positive one.

    With an offset of 0 the density at a zero would be infinite. For counts it is that of Anscombe (1948), The
    transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 246-254.
    """

    offset: float = 0.0

    name, words, needs = "sqrt", "square root", "of 0 or more, and above 0 where none was 0 at first"

    @classmethod
    def fit(cls, x: Array, weights: Array | None = None) -> Self:
        positive = x[x > 0]
        return cls(0.0 if (x != 0).all() or not len(positive) else 0.375 * float(positive.min()))

    @classmethod
    def refused(cls, x: Array) -> NDArray[np.bool_]:
        return np.asarray(x < 0)

    @property
    def is_sound(self) -> bool:
        return self.offset >= 0

    def outside(self, x: Array) -> NDArray[np.bool_]:
        return np.asarray(x + self.offset <= 0)

    def forward(self, x: Array) -> Array:
        return np.sqrt(x + self.offset)

    def inverse(self, z: Array) -> Array:
        return np.asarray(np.clip(z, 0.0, np.sqrt(LARGEST)) ** 2 - self.offset)

    def log_derivative(self, x: Array) -> Array:
        return np.asarray(-np.log(2.0) - 0.5 * np.log(x + self.offset))
