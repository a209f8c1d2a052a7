"""Rows that a model was not fitted to, prepared as the fitted ones were, with what is to be said of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError, GmmError, TableError
from gmm_core.model.words import counted
from gmm_core.tables.chosen import Chosen, choose
from gmm_core.tables.column_facts import TEXT, storage_of
from gmm_core.tables.feature_matrix import FeatureMatrix
from gmm_core.tables.features import FeatureSpec, Preparation
from gmm_core.tables.notes import quoted
from gmm_core.tables.unit_shifts import UnitShift, unit_shifts

Floats = NDArray[np.float64]

REMEDY = "Correct the file and give it again."


@dataclass(frozen=True, eq=False)
class NewRows:
    """New rows as features, sentences on what was done with them and what looks wrong, and columns in another unit."""

    features: FeatureMatrix
    remarks: tuple[str, ...]
    shifts: tuple[UnitShift, ...] = ()

    @property
    def nbytes(self) -> int:
        """Bytes of the features."""
        return self.features.nbytes


def new_rows(
    preparation: Preparation, table: pd.DataFrame, fitted: pd.DataFrame, known: FeatureMatrix | None
) -> NewRows:
    """Features of another table, as those of the fitted one were made.

    Rows with gaps are kept where the features may have gaps: they can be scored by the values that they have.

    Parameters
    ----------
    preparation : Preparation
        With the constants of the fitted table.
    table, fitted : pandas.DataFrame
        The other table and the fitted one.
    known : FeatureMatrix or None
        Of the fitted table; None where the rows come from that table, so that their units are known to be the same.

    Raises
    ------
    TableError
        Where columns that the model needs are missing, named all at once, or there is no row.
    DataError
        For text or infinite values in place of numbers, or where no row is left.
    """
    spec = _open(preparation.spec, table)
    _check_there(spec, table)
    prepared = replace(preparation, spec=spec)
    try:
        chosen = choose(spec, table)
        sound, unfit = _within_reach(prepared, chosen)
        _check_any(sound)
        features = prepared.features_of(sound)
    except GmmError as error:
        raise DataError(error.problem, REMEDY, rows=error.rows, columns=error.columns, value=error.value) from None
    shifts = () if known is None else unit_shifts(known.table_values, features.table_values, known.columns)
    remarks = [
        *(each.words for each in shifts),
        *_left_out(len(table) - len(chosen.rows), len(sound.rows) - len(features.rows), spec.gaps),
        *_gaps(features),
        *unfit,
        *_unknown(table, fitted),
        *_unseen(spec, table, fitted),
    ]
    return NewRows(features, tuple(remarks), shifts)


def needed_columns(spec: FeatureSpec) -> list[str]:
    """Columns that a table must have for this specification: chosen, sources of derived ones, and filtered by."""
    made = {each.name for each in spec.derived}
    asked = [
        *spec.columns,
        *(name for each in spec.derived for name in each.of),
        *(each.column for each in spec.filters),
    ]
    return [name for name in dict.fromkeys(asked) if name not in made]


def _open(spec: FeatureSpec, table: pd.DataFrame) -> FeatureSpec:
    """All rows once each, gaps left open, without the columns kept aside that the table hasn't."""
    label, name = (each if each in table.columns else None for each in (spec.label, spec.name))
    gaps = "em" if spec.gaps == "drop" and spec.components is None else spec.gaps
    return replace(spec, sample=None, gaps=gaps, weights=None, label=label, name=name)


def _check_there(spec: FeatureSpec, table: pd.DataFrame) -> None:
    missing = [name for name in needed_columns(spec) if name not in table.columns]
    if missing:
        names = " and no column ".join(f"“{name}”" for name in missing)
        remedy = f"Its columns are {quoted([str(name) for name in table.columns])}: rename them as in the fitted table."
        raise TableError(f"The file has no column {names}, which the model needs.", remedy, columns=missing)
    if not len(table):
        raise TableError("The file has no rows.", "Give one with at least one row below the names of its columns.")


def _within_reach(prepared: Preparation, chosen: Chosen) -> tuple[Chosen, list[str]]:
    """The rows whose values all transforms take, and a sentence on the others."""
    pairs = zip(prepared.way.transforms, chosen.values.T, strict=True)
    outside = np.column_stack([transform.outside(column) for transform, column in pairs])
    bad = np.flatnonzero(outside.any(axis=1))
    if not len(bad):
        return chosen, []
    column = int(outside[bad[0]].argmax())
    transform = prepared.way.transforms[column].words
    refused = f"“{chosen.columns[column]}” holds {chosen.values[bad[0], column]:g}, which “{transform}” doesn't take"
    said = f"{counted(len(bad), 'row')} can't be scored; in the first of them {refused}."
    kept = np.setdiff1d(np.arange(len(chosen.rows)), bad)
    return replace(chosen, rows=chosen.rows[kept], values=chosen.values[kept]), [said]


def _check_any(sound: Chosen) -> None:
    if np.isnan(sound.values).all():
        raise DataError("No row has a value in the columns of the model that it can take.", columns=sound.columns)


def _left_out(n_filtered: int, n_dropped: int, gaps: str) -> list[str]:
    filtered = [f"{counted(n_filtered, 'row')} did not pass the filters of the fitted table."] if n_filtered else []
    why = "with gaps" if gaps == "drop" else "without a value"
    return filtered + ([f"{counted(n_dropped, 'row')} {why} left out."] if n_dropped else [])


def _gaps(features: FeatureMatrix) -> list[str]:
    n = int(np.isnan(features.table_values).any(axis=1).sum())
    return [f"{counted(n, 'row')} with gaps judged by the values there are."] if n else []


def _unknown(table: pd.DataFrame, fitted: pd.DataFrame) -> list[str]:
    """A sentence on columns that the fitted table hasn't."""
    names = [str(name) for name in table.columns if name not in fitted.columns]
    plays = "plays" if len(names) == 1 else "play"
    return [f"Unknown to the fitted table, so {quoted(names)} {plays} no part."] if names else []


def _unseen(spec: FeatureSpec, table: pd.DataFrame, fitted: pd.DataFrame) -> list[str]:
    """Sentences on categories that the fitted table hasn't, in columns filtered by or kept as labels."""
    names = dict.fromkeys([*(each.column for each in spec.filters), *([spec.label] if spec.label else [])])
    both = [name for name in names if name in table.columns and name in fitted.columns]
    texts = [name for name in both if storage_of(table[name]) == TEXT]
    unseen = {name: _new_values(table[name], fitted[name]) for name in texts}
    return [f"“{name}” has values that the fitted table hasn't: {quoted(new)}." for name, new in unseen.items() if new]


def _new_values(now: "pd.Series[str]", then: "pd.Series[str]") -> list[str]:
    return sorted(set(_texts(now)) - set(_texts(then)))


def _texts(series: "pd.Series[str]") -> Iterable[str]:
    return (str(value) for value in series.dropna().unique())
