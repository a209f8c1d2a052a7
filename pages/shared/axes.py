"""The axes of a map: two columns with all rows, drawn in the table's units or stretched as they were transformed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import streamlit as st

from gmm_core.model.transforms import UNCHANGED

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.em.forms import Array
    from gmm_core.model.transforms.base import Transform


@dataclass(frozen=True, eq=False)
class Axes:
    """One or two axes, S of them, with all rows.

    ``values`` (N, S) are drawn, in the table's units where the axes are columns, NaN in gaps; ``working`` (N, S) are
    the same as they were transformed, and ``transforms`` lead from these to those.
    """

    names: tuple[str, ...]
    values: Array
    working: Array
    transforms: tuple[Transform, ...]
    stretch: tuple[Transform, ...] = field(default=(), kw_only=True)
    """What stretched axes are read off by: equal steps along them are steps of transformed columns."""

    @property
    def key(self) -> str:
        """What charts of these axes are kept under."""
        return f"{self.names!r}{'|stretched' * bool(self.stretch)}"

    @property
    def is_carried(self) -> bool:
        """Whether what is drawn of the working units is bent on its way to the table's."""
        return any(each != UNCHANGED for each in self.transforms)

    def stretched(self) -> Self:
        """The same drawn as it was transformed; what is read off the axes stays in the table's units."""
        plain = (UNCHANGED,) * len(self.names)
        return replace(self, values=self.working, transforms=plain, stretch=self.transforms)

    def as_wanted(self) -> Self:
        """The same, stretched where two axes can be and the person does not want them plain."""
        return self.stretched() if len(self.names) == 2 and self.is_carried and _stretch() else self

    def whole(self, *others: Any) -> tuple[Any, ...]:
        """The values without rows that have a gap in them, and the same rows of other arrays (N, ...)."""
        from gmm_core.tables.plotting import without_gaps

        return without_gaps(self.values, *others)

    def column(self, axis: int) -> Array:
        """The values along one axis, without gaps."""
        from gmm_core.tables.plotting import without_gaps

        return without_gaps(self.values[:, [axis]])[0][:, 0]

    def titled(self) -> dict[str, Any]:
        """Titles of both axes of a map, and the marks of stretched ones."""
        from gmm_core.tables.working_axis import ticks_frame

        marks = {}
        for axis, transform in enumerate(self.stretch):
            if transform != UNCHANGED:
                read = transform.inverse(self.column(axis))
                marks["xy"[axis]] = ticks_frame(transform, float(read.min()), float(read.max()))
        return {"x_title": self.names[0], "y_title": self.names[1], "marks": marks}

    def ends(self, axis: int, low: float, high: float) -> tuple[float, float]:
        """Two places along an axis as they are read off it: of a stretched one, in the table's units."""
        from gmm_core.tables.working_axis import read_off

        return read_off(self.stretch[axis], low, high) if self.stretch else (low, high)

    def read_off(self, places: pd.DataFrame) -> pd.DataFrame:
        """Places on a map, where its axes are stretched with what is read off there."""
        axes = zip("xy", self.stretch, strict=False)
        return places.assign(**{f"{axis}_shown": each.inverse(places[axis].to_numpy()) for axis, each in axes})


def _stretch() -> bool:
    return st.toggle(
        "Stretched axes",
        True,
        key="fit-stretched",
        persist_state="session",
        help="Axes stretched as the columns were transformed show the groups as they were fitted. Their marks are in "
        "the table's units.",
    )
