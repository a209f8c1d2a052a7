"""What a model is fitted to, and the way back to the table's units and rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.choice.criteria import Evidence
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.carrying import inverse
from gmm_core.tables.naming import clear_name
from gmm_core.tables.way_back import WayBack

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

REACH = 3.0
"""How far beyond the rows, in ranges of theirs, the points of an outline may be carried."""

BYTES_OF_A_TEXT = 64


@dataclass(frozen=True, eq=False)
class FeatureMatrix:
    """Features of a table.

    Parameters
    ----------
    values : (N, Q) array, C-contiguous
        The features; NaN in gaps that are left open.
    table_values : (N, D) array
        The same rows in the table's units; gaps that were filled included, those left open NaN.
    columns : tuple of str, (D,)
    rows : (N,) array of int
        Positions in the table of the rows kept, rising.
    way : WayBack
        From one to the other.
    n_dropped : int
        Rows that were left out for their gaps.
    weights : (N,) array or None
        How often each row counts, where not once.
    labels, names : (N,) array of str or None
        What is kept aside to compare groups with, and what rows are called; "" in gaps.
    n_filtered : int
        Rows that did not pass the filters, or are not in the sample.
    undefined : dict of str to int
        Derived columns with rows in which they are undefined, though what they are made from has values.
    """

    values: Floats
    table_values: Floats
    columns: tuple[str, ...]
    rows: NDArray[np.intp]
    way: WayBack
    n_dropped: int
    weights: Floats | None = None
    labels: Texts | None = None
    names: Texts | None = None
    n_filtered: int = 0
    undefined: dict[str, int] = field(default_factory=dict)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The columns, or "component 1" and so on, (Q,); where a column is called so, with a number of its own."""
        if self.way.axes is None:
            return self.columns
        return tuple(clear_name(f"component {q + 1}", self.columns) for q in range(self.way.axes.n_kept))

    @property
    def transforms(self) -> tuple[Transform, ...]:
        """The transform of each column, (D,)."""
        return self.way.transforms

    @property
    def working_names(self) -> tuple[str, ...]:
        """What the columns are called in working units, (D,): "income (logarithm)"."""
        return tuple(each.named(name) for each, name in zip(self.transforms, self.columns, strict=True))

    @cached_property
    def log_jacobian(self) -> float:
        """What to add to a log-likelihood of the features to get that of the table; see ``WayBack``."""
        return self.way.log_jacobian(self.table_values, self.weights)

    def in_table_units(self, evidence: Evidence) -> Evidence:
        """The evidence for a fit to these features as that for the table: so criteria of different transforms compare.

        Constants found for transforms and components count as parameters.
        """
        return replace(
            evidence,
            log_likelihood=evidence.log_likelihood + self.log_jacobian,
            n_parameters=evidence.n_parameters + self.way.n_parameters,
        )

    @property
    def n_fitted(self) -> int:
        """How many rows a fit counts: those of weight 0 say nothing."""
        return len(self.values) if self.weights is None else int(np.count_nonzero(self.weights))

    @property
    def nbytes(self) -> int:
        """Bytes of the rows, once in each unit, and of what is kept beside them, texts roughly."""
        n_units = 1 if self.way.is_linear else 2
        of_values = self.values.nbytes + n_units * self.table_values.nbytes + self.rows.nbytes
        of_weights = 0 if self.weights is None else self.weights.nbytes
        n_texts = sum(len(texts) for texts in (self.labels, self.names) if texts is not None)
        return of_values + of_weights + BYTES_OF_A_TEXT * n_texts

    @cached_property
    def working_values(self) -> Floats:
        """The rows put through the columns' transforms, (N, D): the units of ``to_working``."""
        return self.way.to_working(self.table_values)

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Which columns hold whole numbers only, gaps aside, (D,)."""
        return np.array([np.array_equal(x, np.rint(x), equal_nan=True) for x in self.table_values.T])

    @cached_property
    def working_range(self) -> tuple[Floats, Floats]:
        """Lowest and highest value of each column in working units, (D,) each."""
        return np.nanmin(self.working_values, axis=0), np.nanmax(self.working_values, axis=0)

    def column_values(self, column: int) -> Floats:
        """The values of one column in the table's units, without gaps."""
        values = self.table_values[:, column]
        return values[~np.isnan(values)]

    def to_working(self, mixture: Mixture) -> Mixture:
        """A mixture fitted to these features, in working units: those of the table, but for transformed columns."""
        return self.way.mixture_in_working_units(mixture)

    def carrier(self, columns: Sequence[int]) -> Callable[[Floats], Floats]:
        """A function that carries points (..., 2) of some columns from working units to the table's.

        Points far beyond the rows are brought to within ``REACH`` ranges of them, so that one can draw them.
        """
        transforms = [self.transforms[column] for column in columns]
        if all(each.name == "none" for each in transforms):
            return lambda points: points
        x = self.table_values[:, list(columns)]

        def carry(points: Floats) -> Floats:
            low, high = np.nanmin(x, axis=0), np.nanmax(x, axis=0)  # only here: rows left out may have no value at all
            reach = REACH * (high - low)
            flat = inverse(points.reshape(-1, len(transforms)), transforms)
            return np.clip(flat, low - reach, high + reach).reshape(points.shape)

        return carry
