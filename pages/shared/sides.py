"""The fit seen from one side: in one or two of its columns, or of the principal components that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.model.transforms import UNCHANGED
from pages.shared.results import Fitted

if TYPE_CHECKING:
    from gmm_core import Mixture
    from gmm_core.model.em.forms import Array
    from gmm_core.model.transforms.base import Transform
    from gmm_core.tables.plotting import Carry


@dataclass(frozen=True, eq=False)
class Side:
    """One or two axes, S of them, with all rows.

    ``values`` (N, S) are shown, in the table's units where the axes are columns, NaN in gaps; ``working`` (N, S) are
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

    @property
    def is_carried(self) -> bool:
        """Whether what is drawn of the mixture is bent on its way to the table's units."""
        return any(each != UNCHANGED for each in self.transforms)

    def whole(self, *others: Any) -> tuple[Any, ...]:
        """The values without rows that have a gap in them, and the same rows of other arrays (N, ...)."""
        from gmm_core.tables.plotting import without_gaps

        return without_gaps(self.values, *others)

    def column(self, axis: int) -> Array:
        """The values along one axis, without gaps."""
        from gmm_core.tables.plotting import without_gaps

        return without_gaps(self.values[:, [axis]])[0][:, 0]


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
    return Side(tuple(names), values, values, mixture, (UNCHANGED,) * len(at), lambda points: points)


def chosen(fitted: Fitted) -> Side:
    """The side to show: of two columns these; else the person chooses, among the components too."""
    names = axes(fitted)
    if len(names) <= 2 and names == fitted.features.columns:
        return side(fitted, names)
    key = "|".join(names)  # other columns are other menus: a kept choice would name a column and mean another
    with st.container(horizontal=True):
        across = st.selectbox("Across", names, 0, key=f"fit-across-{key}")
        kin = fitted.features.columns if across in fitted.features.columns else fitted.features.feature_names
        others = [name for name in kin if name != across]
        up = [st.selectbox("Up", others, 0, key=f"fit-up-{'|'.join(kin)}")] if others else []
    return side(fitted, [across, *up])
