"""A choice of columns for one table, taken over to another as far as the columns are there."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from gmm_core.tables.column_facts import NUMBER, storage_of
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec


def carried(spec: FeatureSpec, table: pd.DataFrame) -> FeatureSpec:
    """The specification without what another table lacks; equal to ``spec`` where it lacks nothing.

    Parameters
    ----------
    spec : FeatureSpec
        Chosen columns that hold no numbers in the other table are lacking too.
    table : pandas.DataFrame
    """
    there = set(table.columns)
    derived = _derived(spec.derived, there)
    made = {each.name for each in derived}
    numbers = {name for name in table.columns if storage_of(table[name]) == NUMBER}
    return replace(
        spec,
        columns=tuple(name for name in spec.columns if name in numbers | made),
        derived=derived,
        filters=tuple(each for each in spec.filters if each.column in there | made),
        weights=_known(spec.weights, numbers | made),
        label=_known(spec.label, there | made),
        name=_known(spec.name, there | made),
    )


def _derived(wanted: Collection[Derived], there: set[str]) -> tuple[Derived, ...]:
    """Those whose sources are there, or were made from what is; in order, as they may build on each other."""
    kept: list[Derived] = []
    known = set(there)
    for each in wanted:
        if set(each.of) <= known and each.name not in there:
            kept.append(each)
            known.add(each.name)
    return tuple(kept)


def _known(name: str | None, there: Collection[str]) -> str | None:
    return name if name in there else None
