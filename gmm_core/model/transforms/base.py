"""What every transform of a column can do."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array


@dataclass(frozen=True)
class Transform(ABC):
    """A rising function of one column; its fields are the constants found when it was fitted.

    Attributes
    ----------
    name : str
        Its key in ``TRANSFORMS``, as in a recipe.
    words : str
        What it is called on screen.
    centre : str
        What a component's mean becomes once carried back to the table's units.
    needs : str
        Which values it takes, as what follows "needs values" in a sentence; "" for all.
    """

    name: ClassVar[str]
    words: ClassVar[str]
    centre: ClassVar[str] = "median"
    needs: ClassVar[str] = ""

    def named(self, column: str) -> str:
        """What the transformed values of a column are called."""
        return f"{column} ({self.words})"

    @classmethod
    def fit(cls, x: Array, weights: Array | None = None) -> Self:
        """The transform for the values (N,) of a column, all of which it must take; NaN in gaps.

        ``weights`` (N,), all above 0, say how often each row counts.
        """
        return cls()

    @classmethod
    def refused(cls, x: Array) -> NDArray[np.bool_]:
        """Which values no transform of this kind takes, (N,)."""
        return np.zeros(len(x), dtype=bool)

    @property
    def n_parameters(self) -> int:
        """Constants that were chosen to suit the values, which criteria must count."""
        return 0

    @property
    def is_sound(self) -> bool:
        """Whether the constants are such as ``fit`` finds, so that one read from a file can be trusted."""
        return True

    def outside(self, x: Array) -> NDArray[np.bool_]:
        """Which values (N,) this fitted transform doesn't take."""
        return self.refused(x)

    @abstractmethod
    def forward(self, x: Array) -> Array:
        """t(x); NaN stays NaN."""

    @abstractmethod
    def inverse(self, z: Array) -> Array:
        """x with t(x) = z; where no x has it, the end of the values that t takes, or ``LARGEST``."""

    @abstractmethod
    def log_derivative(self, x: Array) -> Array:
        """log t'(x)."""
