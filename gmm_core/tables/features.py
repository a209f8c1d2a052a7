"""Which columns are clustered and how they are prepared (FeatureSpec), and what comes of it (FeatureMatrix)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.mixture import Mixture
from gmm_core.tables.feature_checks import (
    check_chosen,
    check_filled,
    check_finite,
    check_rows_left,
    check_size,
    check_spread,
    numeric_column,
    row_weights,
)
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FeatureMatrix:
    """What a model is fitted to, and the way back to the table's units and rows.

    Parameters
    ----------
    values : (N, D) array, C-contiguous
        Features: (table value - centre) / scale; NaN in gaps that are left open.
    columns : tuple of str, (D,)
    rows : (N,) array of int
        Positions in the table of the rows kept, rising.
    centre, scale : (D,) arrays
    n_dropped : int
        Rows of the table that were left out.
    weights : (N,) array or None
        How often each row counts, where not once.
    """

    values: Floats
    columns: tuple[str, ...]
    rows: NDArray[np.intp]
    centre: Floats
    scale: Floats
    n_dropped: int
    weights: Floats | None = None

    @property
    def log_jacobian(self) -> float:
        """What to add to a log-likelihood of the features to get that of the table: -log scale of each value."""
        n_values = len(self.values) - np.isnan(self.values).sum(axis=0)
        return -float(n_values @ np.log(self.scale))

    @property
    def nbytes(self) -> int:
        """Bytes of the rows, once in each unit."""
        return 2 * self.values.nbytes + self.rows.nbytes

    @cached_property
    def table_values(self) -> Floats:
        """The same rows in the table's units, (N, D); gaps that were filled included, those left open NaN."""
        return self.values * self.scale + self.centre

    def column_values(self, column: int) -> Floats:
        """The values of one column in the table's units, without gaps."""
        values = self.table_values[:, column]
        return values[~np.isnan(values)]

    def to_table(self, mixture: Mixture) -> Mixture:
        """A mixture fitted to these features, in the table's units."""
        return mixture.rescaled(self.centre, self.scale)


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

    Raises
    ------
    SettingsError
        For a scaling or gap rule that isn't there, or columns that are no tuple of names.
    """

    columns: tuple[str, ...]
    scaling: str = "none"
    gaps: str = "drop"
    weights: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", _names(self.columns))  # a list is welcome too
        _check_known("scaling", self.scaling, SCALINGS)
        _check_known("rule for gaps", self.gaps, GAP_RULES)

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
            Where a column holds no numbers, nothing, infinite values or one value only, or each row has a gap; or the
            weights are no weights.
        """
        check_chosen(table, self.columns)
        values = np.column_stack([numeric_column(table, name) for name in self.columns])
        check_finite(values, self.columns)
        check_size(values, self.columns)
        check_filled(values, self.columns)
        kept, settled = GAP_RULES[self.gaps].settle(values)
        check_rows_left(settled, values, self.columns)
        check_spread(settled, self.columns)
        centre, scale = SCALINGS[self.scaling].measure(settled)
        features = np.ascontiguousarray((settled - centre) / scale, dtype=float)
        rows = np.flatnonzero(kept)
        weights = row_weights(table, self.weights)
        taken = None if weights is None else weights[rows]
        return FeatureMatrix(features, self.columns, rows, centre, scale, len(kept) - len(rows), taken)


def _names(columns: Any) -> tuple[str, ...]:
    if not isinstance(columns, list | tuple) or not all(isinstance(name, str) for name in columns):
        raise SettingsError("The columns must be given as a list of names.", value=columns)
    return tuple(columns)


def _check_known(what: str, name: Any, registry: Mapping[str, object]) -> None:
    if not isinstance(name, str) or name not in registry:
        raise SettingsError(
            f"There is no {what} called {name!r}.", f"Choose one of: {', '.join(registry)}.", value=name
        )
