"""The fit seen from one side: in one or two of its columns, of its principal components, or of its best views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import streamlit as st

from gmm_core.model.transforms import UNCHANGED
from pages.shared.axes import Axes
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import escaped, listed

if TYPE_CHECKING:
    from gmm_core import Mixture
    from gmm_core.model.em.forms import Array
    from gmm_core.model.projections import Projection
    from gmm_core.tables.mixture_frames import Carry

MOST_NAMED = 3
"""Columns that are named to say what a view is."""

WEAK = 0.2
"""Correlation below which a column is not named for a view."""


ORDER = "Columns of pairs in which the groups stand apart most come first."


@dataclass(frozen=True, eq=False)
class Side(Axes):
    """Axes with what the mixture is along them: ``mixture`` in the units of ``working``, ``carry`` to those drawn."""

    mixture: Mixture
    carry: Carry
    columns: tuple[int, ...] = ()
    """Positions of the axes among the columns; none where they are components or views."""
    note: str = ""
    """What the axes are, where their names don't say it."""

    def stretched(self) -> Self:
        """The same drawn as it was fitted."""
        return replace(super().stretched(), carry=_as_it_is)


def _as_it_is(points: Array) -> Array:
    return points


def axes(fitted: Fitted) -> tuple[str, ...]:
    """Names of what the fit may be seen in: the columns, then components and best views where there are some."""
    return tuple(name for kin in _kins(fitted).values() for name in kin)


def side(fitted: Fitted, names: Sequence[str]) -> Side:
    """The fit in these columns, components or views, of ``axes``."""
    return next(make for make, kin in _kins(fitted).items() if names[0] in kin)(fitted, names)


def _kins(fitted: Fitted) -> dict[Callable[[Fitted, Sequence[str]], Side], tuple[str, ...]]:
    """The names that may be seen together, by what makes a side of them."""
    features = fitted.features
    components = () if features.way.axes is None else features.feature_names
    return {_of_columns: features.columns, _of_components: components, _of_views: _views(fitted)}


def _views(fitted: Fitted) -> tuple[str, ...]:
    """Names of the views that tell groups apart best: two at most, none where two features show all."""
    from gmm_core.tables.naming import clear_name

    features = fitted.features
    if len(features.feature_names) <= 2:
        return ()
    taken = [*features.columns, *features.feature_names]
    n = min(_projection(fitted).directions.shape[1], 2)
    return tuple(clear_name(f"best view {each + 1}", taken) for each in range(n))


def _projection(fitted: Fitted) -> Projection:
    from gmm_core.model.projections import telling_projection

    return kept("projections", 16, fitted.key, lambda: telling_projection(fitted.fit.mixture))


def _of_columns(fitted: Fitted, names: Sequence[str]) -> Side:
    features = fitted.features
    at = tuple(features.columns.index(name) for name in names)
    values, working = (each[:, at] for each in (features.table_values, features.working_values))
    transforms = tuple(features.transforms[each] for each in at)
    return Side(tuple(names), values, working, transforms, fitted.mixture.marginal(at), features.carrier(at), at)


def _of_components(fitted: Fitted, names: Sequence[str]) -> Side:
    at = [fitted.features.feature_names.index(name) for name in names]
    values, mixture = fitted.features.values[:, at], fitted.fit.mixture.marginal(at)
    return Side(tuple(names), values, values, (UNCHANGED,) * len(at), mixture, _as_it_is)


def _of_views(fitted: Fitted, names: Sequence[str]) -> Side:
    features, found = fitted.features, _projection(fitted)
    at = [_views(fitted).index(name) for name in names]
    values, mixture = found.scores(features.values)[:, at], found.seen(fitted.fit.mixture).marginal(at)
    notes = [_follows(name, features.feature_names, found.loadings[:, i]) for name, i in zip(names, at, strict=True)]
    note = f"{'. '.join(notes)} (correlations). Axes count standard deviations of all rows."
    return Side(tuple(names), values, values, (UNCHANGED,) * len(at), mixture, _as_it_is, note=note)


def _follows(view: str, features: Sequence[str], loadings: Array) -> str:
    """Which features a view goes along with."""
    strongest = sorted(range(len(features)), key=lambda j: -abs(loadings[j]))[:MOST_NAMED]
    named = [f"{escaped(features[j])} ({loadings[j]:+.2f})" for j in strongest if abs(loadings[j]) >= WEAK]
    return f"{escaped(view).capitalize()} goes with {listed(named) or 'no column alone'}"


def chosen(fitted: Fitted) -> Side:
    """The side to show: of two columns these; else the person chooses, among components and views too.

    At first it is the pair of columns in which the groups stand apart most.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return side(fitted, _names(fitted)).as_wanted()


def _names(fitted: Fitted) -> Sequence[str]:
    names = axes(fitted)
    if len(names) <= 2 and names == fitted.features.columns:
        return names
    across = st.selectbox("Across", _first(telling_columns(fitted), names), key=_across(fitted), help=ORDER)
    kin = next(each for each in _kins(fitted).values() if across in each)
    others = [name for name in kin if name != across]
    if not others:
        return [across]
    partners = [name for pair in telling_pairs(fitted) if across in pair for name in pair if name != across]
    return [across, st.selectbox("Up", _first(partners, others), key=_menu("up", kin))]


def _first(telling: Sequence[str], names: Sequence[str]) -> list[str]:
    """These names, the telling ones first."""
    return list(dict.fromkeys([*telling, *names]))


def show(fitted: Fitted, across: str, up: str) -> None:
    """Choose two columns in the menus."""
    st.session_state[_across(fitted)] = across
    st.session_state[_menu("up", fitted.features.columns)] = up


def _across(fitted: Fitted) -> str:
    """The first menu: views come and go with the groups, which is to leave the choice of a column alone."""
    views = _views(fitted)
    return _menu("across", [name for name in axes(fitted) if name not in views])


def _menu(axis: str, names: Sequence[str]) -> str:
    """Other columns are other menus: a kept choice would name a column and mean another."""
    return f"fit-{axis}-{'|'.join(names)}"


def telling_pairs(fitted: Fitted) -> dict[tuple[str, str], float]:
    """How far groups overlap at most in each two columns, the most telling first; of many columns only some pairs."""
    from gmm_core.model.separation import pair_overlaps

    found = kept("pairs", 16, fitted.key, lambda: pair_overlaps(fitted.mixture))
    columns = fitted.features.columns
    return {(columns[i], columns[j]): bound for (i, j), bound in found.items()}


def telling_columns(fitted: Fitted) -> list[str]:
    """The columns of the most telling pairs, in that order; of many columns only some."""
    return list(dict.fromkeys(name for pair in telling_pairs(fitted) for name in pair))
