"""The rows and columns of a table that a specification asks for, before anything is done to their values."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.tables.derived import Derived, derive
from gmm_core.tables.feature_checks import check_chosen, check_finite, check_size, numeric_column, row_weights
from gmm_core.tables.row_choice import chosen_rows

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureSpec

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chosen:
    """Values of the chosen columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        The whole table with its derived columns.
    columns : tuple of str, (D,)
    rows : (N,) array of int
        Positions in the table, rising.
    values : (N, D) array
        NaN in gaps.
    weights : array or None
        Of all rows of the table.
    derived : tuple of Derived
        With their references filled in.
    undefined : dict of str to int
        Rows in which a derived column is undefined, where there are any.
    """

    frame: pd.DataFrame
    columns: tuple[str, ...]
    rows: NDArray[np.intp]
    values: Floats
    weights: Floats | None
    derived: tuple[Derived, ...]
    undefined: dict[str, int]

    @property
    def n_filtered(self) -> int:
        """Rows that did not pass the filters, or are not in the sample."""
        return len(self.frame) - len(self.rows)

    def weights_of(self, rows: NDArray[np.intp]) -> Floats | None:
        """Weights of the rows at these positions."""
        return None if self.weights is None else self.weights[rows]

    def counting(self) -> "Chosen":
        """The same without the rows that have the weight 0; raises ``DataError`` where these are all."""
        weights = self.weights_of(self.rows)
        if weights is None:
            return self
        counted = weights > 0
        if not counted.any():
            raise DataError("All rows that are left have the weight 0.", "Change the filters or the weights.")
        return replace(self, rows=self.rows[counted], values=self.values[counted])

    def texts_of(self, column: str | None, rows: NDArray[np.intp]) -> NDArray[np.object_] | None:
        """Texts in a column of the rows at these positions, "" in gaps; None for no column."""
        if column is None:
            return None
        check_chosen(self.frame, [column])
        return self.frame[column].iloc[rows].astype("str").fillna("").to_numpy(dtype=object)


def choose(spec: "FeatureSpec", table: pd.DataFrame) -> Chosen:
    """Rows and columns of a table; raises as ``FeatureSpec.apply`` does for what can't be chosen."""
    frame, derived, undefined = derive(table, spec.derived)
    check_chosen(frame, spec.columns)
    columns = [numeric_column(frame, name) for name in spec.columns]
    rows = chosen_rows(frame, spec.filters, spec.sample, spec.sample_seed)
    values = np.column_stack(columns)
    values = values if len(rows) == len(values) else values[rows]
    check_finite(values, spec.columns, rows)
    check_size(values, spec.columns)
    return Chosen(frame, spec.columns, rows, values, row_weights(frame, spec.weights), derived, undefined)
