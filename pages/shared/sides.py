"""The fit seen from one side: in one or two of its columns, or of the principal components that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.model.transforms import UNCHANGED
from pages.shared.results import Fitted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core import Mixture
    from gmm_core.model.em.forms import Array
    from gmm_core.model.transforms.base import Transform
    from gmm_core.tables.plotting import Carry


@dataclass(frozen=True, eq=False)
class Side:
    """One or two axes, S of them, with all rows.

    ``values`` (N, S) are drawn, in the table's units where the axes are columns, NaN in gaps; ``working`` (N, S) are
    the same in the units of ``mixture``; ``transforms`` and ``carry`` lead from these to those.
    """

    names: tuple[str, ...]
    values: Array
    working: Array
    mixture: Mixture
    transforms: tuple[Transform, ...]
    carry: Carry
    columns: tuple[int, ...] = ()
    """Positions of the axes among the columns; none where they are components."""
    stretch: tuple[Transform, ...] = ()
    """What stretched axes are read off by: equal steps along them are steps of transformed columns."""

    @property
    def key(self) -> str:
        """What charts of this side are kept under."""
        return f"{self.names!r}{'|stretched' * bool(self.stretch)}"

    @property
    def is_carried(self) -> bool:
        """Whether what is drawn of the mixture is bent on its way to the table's units."""
        return any(each != UNCHANGED for each in self.transforms)

    def stretched(self) -> Side:
        """The same drawn as it was fitted; what is read off the axes stays in the table's units."""
        plain = (UNCHANGED,) * len(self.names)
        return replace(self, values=self.working, transforms=plain, carry=_as_it_is, stretch=self.transforms)

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

    def read_off(self, places: pd.DataFrame) -> pd.DataFrame:
        """Places on a map, where its axes are stretched with what is read off there."""
        axes = zip("xy", self.stretch, strict=False)
        return places.assign(**{f"{axis}_shown": each.inverse(places[axis].to_numpy()) for axis, each in axes})


def _as_it_is(points: Array) -> Array:
    return points


def axes(fitted: Fitted) -> tuple[str, ...]:
    """Names of what the fit may be seen in: the columns, then the components where there are some."""
    features = fitted.features
    return tuple(dict.fromkeys([*features.columns, *features.feature_names]))


def side(fitted: Fitted, names: Sequence[str]) -> Side:
    """The fit in these columns, or these components, of ``axes``."""
    return _of_columns(fitted, names) if names[0] in fitted.features.columns else _of_components(fitted, names)


def _of_columns(fitted: Fitted, names: Sequence[str]) -> Side:
    features = fitted.features
    at = tuple(features.columns.index(name) for name in names)
    values, working = (each[:, at] for each in (features.table_values, features.working_values))
    transforms = tuple(features.transforms[each] for each in at)
    return Side(tuple(names), values, working, fitted.mixture.marginal(at), transforms, features.carrier(at), at)


def _of_components(fitted: Fitted, names: Sequence[str]) -> Side:
    at = [fitted.features.feature_names.index(name) for name in names]
    values, mixture = fitted.features.values[:, at], fitted.fit.mixture.marginal(at)
    return Side(tuple(names), values, values, mixture, (UNCHANGED,) * len(at), _as_it_is)


def chosen(fitted: Fitted) -> Side:
    """The side to show: of two columns these; else the person chooses, among the components too."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        found = side(fitted, _names(fitted))
        if len(found.names) == 2 and found.is_carried and _stretch():
            return found.stretched()
    return found


def _names(fitted: Fitted) -> Sequence[str]:
    names = axes(fitted)
    if len(names) <= 2 and names == fitted.features.columns:
        return names
    key = "|".join(names)  # other columns are other menus: a kept choice would name a column and mean another
    across = st.selectbox("Across", names, 0, key=f"fit-across-{key}")
    kin = fitted.features.columns if across in fitted.features.columns else fitted.features.feature_names
    others = [name for name in kin if name != across]
    return [across, *([st.selectbox("Up", others, 0, key=f"fit-up-{'|'.join(kin)}")] if others else [])]


def _stretch() -> bool:
    return st.toggle(
        "Stretched axes",
        True,
        key="fit-stretched",
        persist_state="session",
        help="Axes stretched as the columns were transformed show the groups as they were fitted. Their marks are in "
        "the table's units.",
    )
