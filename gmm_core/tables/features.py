"""Which columns are clustered and how they are prepared: the choice, and the same with all constants found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.principal import principal_axes
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.chosen import Chosen, choose
from gmm_core.tables.derived import Derived
from gmm_core.tables.feature_checks import (
    check_complete,
    check_filled,
    check_rows_left,
    check_spread,
    check_transformable,
)
from gmm_core.tables.feature_matrix import FeatureMatrix
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.row_choice import Filter
from gmm_core.tables.scaling import SCALINGS
from gmm_core.tables.way_back import WayBack

__all__ = ["FeatureMatrix", "FeatureSpec", "Preparation"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FeatureSpec:
    """Choice and preparation of the columns to be clustered; a value, so it may key a cache.

    Parameters
    ----------
    columns : tuple of str
    scaling : str
        A key of ``scaling.SCALINGS``.
    gaps : str
        A key of ``gaps.GAP_RULES``.
    weights : str, optional
        A numeric column that says how often each row counts.
    transforms : tuple of pairs, or mapping
        The transform, a key of ``TRANSFORMS``, of columns that have one; of columns not chosen it is kept, unused.
    derived : tuple of Derived
        Columns to be made first; they may be chosen like any other.
    filters : tuple of Filter
        Conditions that a row must meet, all of them.
    sample : int, optional
        Most rows to take, for a first look; which ones follows from ``sample_seed``.
    components : int or float, optional
        Principal components in place of the columns: how many, or the share of the variance that they hold.
    label, name : str, optional
        Columns kept aside: groups known beforehand, and what rows are called.

    Raises
    ------
    SettingsError
        For a scaling, gap rule or transform that isn't there, columns that are no tuple of names, or a number that
        makes no sense.
    """

    columns: tuple[str, ...]
    scaling: str = "none"
    gaps: str = "drop"
    weights: str | None = None
    transforms: tuple[tuple[str, str], ...] = ()
    derived: tuple[Derived, ...] = ()
    filters: tuple[Filter, ...] = ()
    sample: int | None = None
    sample_seed: int = 0
    components: int | float | None = None
    label: str | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", _names(self.columns))  # a list is welcome too
        object.__setattr__(self, "transforms", _pairs(self.transforms))
        object.__setattr__(self, "derived", tuple(self.derived))
        object.__setattr__(self, "filters", tuple(self.filters))
        _check_known("scaling", self.scaling, SCALINGS)
        _check_known("rule for gaps", self.gaps, GAP_RULES)
        _check_numbers(self.sample, self.sample_seed, self.components)
        if self.label in self.columns:
            raise SettingsError(f"The label “{self.label}” is among the columns.", "Leave it out of one of them.")

    def transform_of(self, column: str) -> type[Transform]:
        """The kind of transform that a column goes through."""
        return TRANSFORMS[dict(self.transforms).get(column, "none")]

    def apply(self, table: pd.DataFrame) -> FeatureMatrix:
        """Features of a table.

        Parameters
        ----------
        table : pandas.DataFrame
            Infinite values count only in the chosen columns.

        Raises
        ------
        SettingsError
            Where no column is chosen, or one twice.
        TableError
            Where a chosen column isn't in the table, or is so twice.
        DataError
            Where a column holds no numbers, nothing, infinite values, one value only, or values that its transform
            doesn't take, or each row has a gap; or the weights are no weights.
        """
        chosen = choose(self, table)
        return _prepared(self, chosen).features_of(chosen)

    def prepare(self, table: pd.DataFrame) -> "Preparation":
        """The specification with all constants found for a table; raises as ``apply`` does."""
        return _prepared(self, choose(self, table))


@dataclass(frozen=True, eq=False)
class Preparation:
    """A specification with its constants, so that new rows are treated as the old ones were.

    Parameters
    ----------
    spec : FeatureSpec
        Reference dates filled in.
    fill : (D,) array
        What gaps are filled with, where the rule for gaps fills them; NaN where it doesn't.
    way : WayBack
    """

    spec: FeatureSpec
    fill: Floats
    way: WayBack

    def apply(self, table: pd.DataFrame) -> FeatureMatrix:
        """Features of another table with the same columns: all rows that pass the filters, not a sample.

        Raises as ``FeatureSpec.apply`` does, save that a column may hold one value only.
        """
        return self.features_of(choose(replace(self.spec, sample=None), table))

    def features_of(self, chosen: Chosen) -> FeatureMatrix:
        """Features of rows already chosen."""
        kept, settled = GAP_RULES[self.spec.gaps].settle(chosen.values, self.fill)
        check_rows_left(settled, chosen.values, chosen.columns)
        rows = chosen.rows[kept]
        for column, name, transform in zip(settled.T, chosen.columns, self.way.transforms, strict=True):
            check_transformable(column, transform.outside(column), type(transform), name, rows)
        if self.way.axes is not None:
            check_complete(settled, chosen.columns)
        return FeatureMatrix(
            self.way.to_features(settled),
            settled,
            chosen.columns,
            rows,
            self.way,
            len(kept) - len(rows),
            chosen.weights_of(rows),
            chosen.texts_of(self.spec.label, rows),
            chosen.texts_of(self.spec.name, rows),
            chosen.n_filtered,
            chosen.undefined,
        )


def _prepared(spec: FeatureSpec, every: Chosen) -> Preparation:
    chosen = every.counting()
    check_filled(chosen.values, chosen.columns)
    rule = GAP_RULES[spec.gaps]
    fill = rule.measure(chosen.values, chosen.weights_of(chosen.rows))
    kept, settled = rule.settle(chosen.values, fill)
    check_rows_left(settled, chosen.values, chosen.columns)
    check_spread(settled, chosen.columns)
    rows = chosen.rows[kept]
    weights = chosen.weights_of(rows)
    fitted = partial(_fitted, rows=rows, weights=weights)
    transforms = tuple(
        fitted(column, name, spec.transform_of(name)) for column, name in zip(settled.T, chosen.columns, strict=True)
    )
    working = WayBack(transforms, np.zeros(1), np.ones(1)).to_working(settled)
    check_spread(working, chosen.columns)  # close values may become one
    centre, scale = SCALINGS[spec.scaling].measure(working, weights)
    way = WayBack(transforms, centre, scale)
    if spec.components is not None:
        check_complete(settled, chosen.columns)
        way = replace(way, axes=principal_axes(way.to_features(settled), spec.components, weights))
    return Preparation(replace(spec, derived=chosen.derived), fill, way)


def _fitted(x: Floats, name: str, kind: type[Transform], rows: NDArray[np.intp], weights: Floats | None) -> Transform:
    check_transformable(x, kind.refused(x), kind, name, rows)
    return kind.fit(x, weights)


def _names(columns: Any) -> tuple[str, ...]:
    if not isinstance(columns, list | tuple) or not all(isinstance(name, str) for name in columns):
        raise SettingsError("The columns must be given as a list of names.", value=columns)
    return tuple(columns)


def _pairs(transforms: Any) -> tuple[tuple[str, str], ...]:
    try:
        pairs = dict(transforms)
    except (TypeError, ValueError):
        remedy = "Give pairs of a column and its transform."
        raise SettingsError("The transforms are no pairs.", remedy, value=transforms) from None
    for name in pairs.values():
        _check_known("transform", name, TRANSFORMS)
    return tuple(sorted((column, name) for column, name in pairs.items() if name != "none"))


def _check_numbers(sample: Any, seed: Any, components: Any) -> None:
    if sample is not None and not _is_whole(sample, 1):
        raise SettingsError(f"The sample has {sample!r} rows.", "Give a whole number of 1 or more.", value=sample)
    if not _is_whole(seed, 0):
        raise SettingsError(f"The sample's seed is {seed!r}.", "Give a whole number of 0 or more.", value=seed)
    is_share = isinstance(components, float) and 0 < components <= 1
    if components is not None and not is_share and not _is_whole(components, 1):
        remedy = "Give how many, a whole number, or the share of the variance that they hold, between 0 and 1."
        raise SettingsError(f"There can't be {components!r} principal components.", remedy, value=components)


def _is_whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _check_known(what: str, name: Any, registry: Mapping[str, object]) -> None:
    if not isinstance(name, str) or name not in registry:
        raise SettingsError(
            f"There is no {what} called {name!r}.", f"Choose one of: {', '.join(registry)}.", value=name
        )
