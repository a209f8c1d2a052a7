"""How far two groupings of the same rows agree: cross table, adjusted Rand index, purity, matching.

Labels are integers or text, one a row; None, NaN and pandas' missing values are gaps, and -1 is a label like any other
(the noise, in a mixture's labels). Rows with a gap in either grouping are left out and counted.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gmm_core.errors import DataError
from gmm_core.model.conversion import is_gap
from gmm_core.model.em.forms import Array
from gmm_core.model.sample import check_weights

Label = Hashable


@dataclass(frozen=True)
class Purity:
    """What one group mostly holds: its commonest label, the rows with it and in all, and their share."""

    group: Label
    label: Label
    n_label: float
    n_rows: float

    @property
    def share(self) -> float:
        """Part of the group's rows that have its commonest label, in (0, 1]."""
        return self.n_label / self.n_rows


@dataclass(frozen=True, eq=False)
class CrossTable:
    """Rows by their labels in two groupings.

    Attributes
    ----------
    rows, columns : tuple, (R,) and (C,)
        The labels of either grouping: numbers by size, then text in the order of the alphabet.
    counts : (R, C) array
        Rows with both labels, or the sum of their weights.
    n_left_out : int
        Rows without a label in one of the groupings.
    """

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    counts: Array
    n_left_out: int

    @property
    def total(self) -> float:
        """Rows counted, or the sum of their weights."""
        return float(self.counts.sum())

    @property
    def row_totals(self) -> Array:
        """Margin (R,): what each label of the first grouping counts."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def column_totals(self) -> Array:
        """Margin (C,): what each label of the second grouping counts."""
        return np.asarray(self.counts.sum(axis=0))

    def without(self, row: Label) -> "CrossTable":
        """The table less one label of the first grouping, such as the noise, which is no group."""
        kept = [i for i, label in enumerate(self.rows) if label != row]
        counts = self.counts[kept]
        seen = np.flatnonzero(counts.any(axis=0)).tolist()
        rows, columns = tuple(self.rows[i] for i in kept), tuple(self.columns[j] for j in seen)
        return replace(self, rows=rows, columns=columns, counts=counts[:, seen])

    @cached_property
    def adjusted_rand(self) -> float:
        """The adjusted Rand index: 1 for the same groups, 0 for as much agreement as chance would give.

        Weights that are whole numbers count as repeated rows, others as shares of very many rows. Source: Hubert and
        Arabie (1985), Comparing partitions, Journal of Classification 2, equation 5.
        """
        margins = self.row_totals, self.column_totals, np.array([self.total])
        single = float((self.counts == self.counts.round()).all())
        together, first, second, every = (_pairs(counts, single) for counts in (self.counts, *margins))
        if first == second == together:  # also where no pairs can be told apart: a single group, or only single rows
            return 1.0
        expected = first * second / every
        return (together - expected) / ((first + second) / 2 - expected)

    @cached_property
    def purity(self) -> tuple[Purity, ...]:
        """The commonest label (a column) in each group (a row); the first of equals."""
        best = self.counts.argmax(axis=1)
        cells = zip(self.rows, best.tolist(), self.counts, self.row_totals.tolist(), strict=True)
        return tuple(Purity(row, self.columns[at], float(counts[at]), total) for row, at, counts, total in cells)

    @cached_property
    def matching(self) -> dict[Label, Label]:
        """For labels of the first grouping one of the second each, so that most rows fall in with their match.

        Where one grouping has more labels than the other, those that fit worst stay without. Source: Kuhn (1955).
        """
        from scipy.optimize import linear_sum_assignment

        pairs = zip(*linear_sum_assignment(self.counts, maximize=True), strict=True)
        return {self.rows[i]: self.columns[j] for i, j in pairs}


def cross_table(a: ArrayLike, b: ArrayLike, row_weights: object = None) -> CrossTable:
    """Rows by their labels in two groupings.

    Parameters
    ----------
    a, b : (N,) arrays of int or str
        Labels; gaps are allowed.
    row_weights : (N,) array, optional
        How often each row counts. Rows of weight 0 are left out, and not counted as such.

    Raises
    ------
    DataError
        For groupings of different lengths, labels that cannot be compared, weights that are none, or where no row has
        a label in both.
    """
    first, second = _one_dimensional(a), _one_dimensional(b)
    if len(first) != len(second):
        raise DataError(f"The groupings have {len(first)} and {len(second)} labels.", "Give one label a row in each.")
    weights = check_weights(row_weights, len(first))
    used = np.ones(len(first), dtype=bool) if weights is None else weights > 0
    labelled = used & known(first) & known(second)
    if not labelled.any():
        raise DataError("No row has a label in both groupings.", "Choose a column with labels for the rows fitted.")
    rows, at = coded(first[labelled])
    columns, across = coded(second[labelled])
    cells = at * len(columns) + across
    counts = np.bincount(cells, None if weights is None else weights[labelled], len(rows) * len(columns))
    table = counts.astype(float).reshape(len(rows), len(columns))
    return CrossTable(rows, columns, table, int((used & ~labelled).sum()))


def adjusted_rand(a: ArrayLike, b: ArrayLike, row_weights: object = None) -> float:
    """The adjusted Rand index of two groupings (N,); see ``CrossTable.adjusted_rand`` and ``cross_table``."""
    return cross_table(a, b, row_weights).adjusted_rand


def purity(groups: ArrayLike, labels: ArrayLike, row_weights: object = None) -> tuple[Purity, ...]:
    """The commonest label of each group; see ``cross_table``."""
    return cross_table(groups, labels, row_weights).purity


def matching(a: ArrayLike, b: ArrayLike, row_weights: object = None) -> dict[Label, Label]:
    """Labels of ``a`` with the label of ``b`` that each goes with; see ``CrossTable.matching`` and ``cross_table``."""
    return cross_table(a, b, row_weights).matching


def renumbered(labels: NDArray[np.intp], reference: NDArray[np.intp]) -> NDArray[np.intp]:
    """Labels (N,) under the numbers of the reference's groups that they go with, so that letters and colours match.

    Groups that go with none get the numbers that are left, from 0 up. Labels below 0 in the reference are no groups.
    """
    grouped = reference >= 0
    match = matching(labels[grouped], reference[grouped]) if grouped.any() else {}
    free = (number for number in count() if number not in match.values())
    found, codes = np.unique(labels, return_inverse=True)
    numbers = [match[label] if label in match else next(free) for label in found.tolist()]
    return np.array(numbers, dtype=np.intp)[codes]


def _pairs(counts: Array, single: float) -> float:
    """Pairs of rows in the same cell, where a ``single`` row counts 1, or next to nothing (0)."""
    return float((counts * (counts - single)).sum()) / 2


def _one_dimensional(labels: Any) -> NDArray[Any]:
    array = np.asarray(labels if hasattr(labels, "dtype") else np.array(labels, dtype=object))
    if array.ndim != 1:
        raise DataError(f"The labels have {array.ndim} dimensions.", "Give a list with one label a row.")
    return array


def known(labels: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows have a label, (N,)."""
    if labels.dtype.kind != "O":
        return ~np.isnan(labels) if labels.dtype.kind in "fcmM" else np.ones(len(labels), dtype=bool)
    missing = {label for label in _distinct(labels) if is_gap(label)}
    return np.fromiter((label not in missing for label in labels), dtype=bool, count=len(labels))


def _distinct(labels: Iterable[Any]) -> dict[Label, int]:
    """Each label with its rank in the order of first sight."""
    try:
        return {label: rank for rank, label in enumerate(dict.fromkeys(labels))}
    except TypeError:
        raise DataError(
            "Some labels are lists or other values that cannot be compared.", "Give numbers or text."
        ) from None


def coded(labels: NDArray[Any]) -> tuple[tuple[Label, ...], NDArray[np.intp]]:
    """The labels in order, and the place of each row's among them, (N,)."""
    if labels.dtype.kind != "O":
        values, codes = np.unique(labels, return_inverse=True)
        return tuple(values.tolist()), codes
    seen = _distinct(labels)
    ordered = sorted(seen, key=_order)
    places = dict(zip(ordered, range(len(ordered)), strict=True))
    return tuple(ordered), np.fromiter(map(places.__getitem__, labels), dtype=np.intp, count=len(labels))


def _order(label: Any) -> tuple[bool, float, str]:
    """Numbers by size, before other labels in the order of the alphabet."""
    number = isinstance(label, Real)
    return not number, float(label) if number else 0.0, str(label)
