"""Where groups lie and how far they reach, in words and in the table's units, whatever was done to the columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gmm_core.model.transforms import UNCHANGED
from pages.shared.results import Fitted
from pages.shared.wording import escaped, listed, number, some

if TYPE_CHECKING:
    from gmm_core.model.em.forms import Array

MIDDLE = 0.6827
"""What a Gaussian has within one standard deviation."""

MUCH_NARROWER = 10
"""How many times narrower than its column a group has digits of its own: so two digits of a spread always show."""


@dataclass(frozen=True, eq=False)
class Centres:
    """The groups of a fit, each along each column; groups and columns are given by their positions."""

    fitted: Fitted

    def is_carried(self, column: int) -> bool:
        """Whether the column is transformed, so that a centre is no mean and a spread no standard deviation."""
        return self.fitted.features.transforms[column] != UNCHANGED

    def grain(self, group: int, column: int) -> float:
        """What digits are fitted to: the column's spread, or the group's own where that is far smaller.

        Where the column is transformed it is always the group's own, as groups may differ by orders of magnitude.
        """
        low, high = (float(end[group, column]) for end in self._middle)
        own = (high - low) / 2
        return own if self.is_carried(column) else min(float(self.fitted.spreads[column]), MUCH_NARROWER * own)

    def centre(self, group: int, column: int) -> str:
        """Where a group lies."""
        return number(self.fitted.centres[group, column], self.grain(group, column))

    def reach(self, group: int, column: int) -> str:
        """How far a group reaches: its spread, or where the column is transformed the range of its middle."""
        grain = self.grain(group, column)
        if self.is_carried(column):
            return " to ".join(number(end[group, column], grain) for end in self._middle).join("()")
        return f"±\u00a0{number(self.fitted.mixture.standard_deviations[group, column], grain)}"

    @property
    def note(self) -> str:
        """What the centres of transformed columns are, in a sentence; "" where none is transformed."""
        features = self.fitted.features
        kinds: dict[str, list[str]] = {}
        for name, transform in zip(features.columns, features.transforms, strict=True):
            kinds.setdefault(transform.centre, []).append(name)
        carried = [kind for kind in kinds if kind != UNCHANGED.centre]
        if not carried:
            return ""
        of = {kind: f" of {escaped(some(names))}" if len(kinds) > 1 else "" for kind, names in kinds.items()}
        said = listed([f"{kind}s{of[kind]}" for kind in carried])
        return f"Centres are {said}; ranges hold the middle 68\u00a0% of a group."

    @cached_property
    def _middle(self) -> tuple[Array, Array]:
        return self.fitted.middle(MIDDLE)
