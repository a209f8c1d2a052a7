"""Rows whose class is known, and their folds."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.model.checking import as_table
from gmm_core.model.choice.agreement import coded, known
from gmm_core.model.em.forms import Array
from gmm_core.model.sample import check_weights

Rows = NDArray[np.intp]

MOST_CLASSES = 100


@dataclass(frozen=True, eq=False)
class Labelled:
    """Rows with their classes.

    Attributes
    ----------
    x : (N, D) array
        Without gaps.
    codes : (N,) array of int
        The place of each row's class among ``classes``.
    classes : tuple of str, (C,)
    weights : (N,) array
        How often each row counts.
    columns : tuple of str, (D,)
    """

    x: Array
    codes: Rows
    classes: tuple[str, ...]
    weights: Array
    columns: tuple[str, ...]

    @classmethod
    def of(cls, x: object, labels: object, weights: object = None) -> Self:
        """The rows of ``x`` (N, D) that have a label (N,) and a weight above 0.

        Raises
        ------
        DataError
            For rows with gaps, labels of another number, a single class or more than ``MOST_CLASSES``, or a class of
            a single row.
        """
        table, columns = as_table(x)
        given = np.asarray(labels if hasattr(labels, "dtype") else np.array(labels, dtype=object))
        if given.shape != (len(table),):
            raise DataError(f"There are {len(table)} rows and {given.size} labels.", "Give one label a row.")
        counts = check_weights(weights, len(table))
        counts = np.ones(len(table)) if counts is None else counts
        kept = known(given) & (counts > 0)
        if not kept.any():
            raise DataError("No row has a label.", "Choose a column with labels for these rows.")
        names, codes = coded(given[kept])
        texts = [class_text(name) for name in names]
        classes = tuple(dict.fromkeys(texts))  # 1 and "1" are one class
        places = {name: place for place, name in enumerate(classes)}
        codes = np.array([places[text] for text in texts], dtype=np.intp)[codes]
        _check_classes(classes, np.bincount(codes))
        return cls(table[kept], codes, classes, counts[kept], columns)

    @classmethod
    def among(cls, classes: tuple[str, ...], x: Array, labels: Array, columns: tuple[str, ...]) -> tuple[Self, Rows]:
        """The new rows of ``x`` (N, D) whose label (N,) is one of the known classes, and their positions.

        A class may have none of them, and values may be missing (NaN).
        """
        places = {name: place for place, name in enumerate(classes)}
        labelled = np.flatnonzero(known(labels))
        names, codes = coded(labels[labelled])
        codes = np.array([places.get(class_text(name), -1) for name in names], dtype=np.intp)[codes]
        found = codes >= 0
        at, codes = labelled[found], codes[found]
        return cls(x[at], codes, classes, np.ones(len(at)), columns), at

    @property
    def counts(self) -> Array:
        """Rows of each class, or the sum of their weights, (C,)."""
        return np.asarray(np.bincount(self.codes, self.weights, len(self.classes)), dtype=float)

    @property
    def shares(self) -> Array:
        """Part of the rows in each class, (C,)."""
        return self.counts / self.counts.sum()

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self.x.nbytes + self.codes.nbytes + self.weights.nbytes

    def only(self, rows: Any) -> Self:
        """Some of the rows, by position or as a mask; classes keep their codes."""
        return type(self)(self.x[rows], self.codes[rows], self.classes, self.weights[rows], self.columns)

    def of_class(self, code: int) -> Self:
        """The rows of one class."""
        return self.only(self.codes == code)

    def folds(self, n_folds: int, seed: int) -> list[Rows]:
        """Positions of the rows of each fold, in order; of each class, and in all, folds differ by one row at most.

        As many folds as rows leave out one row at a time.
        """
        rng = np.random.default_rng(seed)
        shuffled = rng.permutation(len(self.codes))
        dealt = shuffled[np.argsort(self.codes[shuffled], kind="stable")]  # class by class, at random within
        return [np.sort(dealt[fold::n_folds]) for fold in range(n_folds)]


def class_text(label: object) -> str:
    """What a class is called; whole numbers without a point."""
    return f"{label:.15g}" if isinstance(label, float) else str(label)


def _check_classes(classes: tuple[str, ...], counts: NDArray[np.intp]) -> None:
    if len(classes) == 1:
        remedy = "Choose a column with at least two different labels."
        raise DataError(f"All labelled rows are “{classes[0]}”, so there is nothing to tell apart.", remedy)
    if len(classes) > MOST_CLASSES:
        problem = f"There are {len(classes):,} different labels among {counts.sum():,} rows."
        raise DataError(problem, f"Choose a column with at most {MOST_CLASSES}.", value=len(classes))
    if counts.min() == 1:
        name = classes[int(counts.argmin())]
        problem = f"Class “{name}” has a single row, which cannot be both learnt from and held out."
        remedy = "Leave that row out with a filter, or put it into another class."
        raise DataError(problem, remedy, value=name)
