"""How well classes are predicted, and the class of each row, as frames."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.model.choice.agreement import known
from gmm_core.model.classes.classifier import Classifier
from gmm_core.model.classes.judging import Judged
from gmm_core.model.families import get_family
from gmm_core.tables.feature_checks import check_complete, check_size, check_transformable
from gmm_core.tables.feature_matrix import FeatureMatrix
from gmm_core.tables.plotting import points_frame
from gmm_core.tables.results import clear_names, component_letters, in_all_rows

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

PREDICTED, LEARNT = "predicted class", "learnt from"

MOST_RINGS, FEWEST_RINGS, RINGED = 60, 10, 0.15
"""Rows predicted wrongly that are ringed on a map, at most, and of few rows; beyond, the share of the rows drawn."""


def most_rings(n_drawn: int) -> int:
    """How many of so many rows are ringed at most: more rings would be a mass that hides the rows."""
    return min(MOST_RINGS, max(FEWEST_RINGS, round(RINGED * n_drawn)))


def confusion_frame(judged: Judged) -> pd.DataFrame:
    """The confusion matrix for ``charts.cross_table``, a row a cell.

    Returns
    -------
    pandas.DataFrame, (C * C, 6)
        ``group`` (the true class), ``label`` (the class told), ``count``, ``share`` (of the true class), ``matched``
        (whether they are the same), ``sign`` (letter of the true class).
    """
    classes, counts = judged.data.classes, judged.confusion.counts
    n = len(classes)
    return pd.DataFrame(
        {
            "group": np.repeat(np.asarray(classes, dtype=object), n),
            "label": list(classes) * n,
            "count": counts.ravel(),
            "share": (counts / np.maximum(counts.sum(axis=1, keepdims=True), np.finfo(float).tiny)).ravel(),
            "matched": np.eye(n, dtype=bool).ravel(),
            "sign": np.repeat(np.asarray(component_letters(n), dtype=object), n),
        }
    )


def rules_frame(found: Mapping[str, Judged]) -> pd.DataFrame:
    """How well each rule does, a row a rule: ``rule``, ``error`` and its ``standard error`` (0 to 1), ``log score``
    (nats) and ``Brier score``; lower is better for each."""
    rows = [(name, each.error, each.standard_error, each.log_score, each.brier) for name, each in found.items()]
    return pd.DataFrame(rows, columns=["rule", "error", "standard error", "log score", "Brier score"])


def classes_frame(classifier: Classifier, judged: Judged) -> pd.DataFrame:
    """What was learnt of each class, a row a class: ``class``, ``rows``, ``prior``, ``groups`` and ``shape`` where rows
    tell anything, and ``predicted wrongly`` (0 to 1, held out)."""
    frame = pd.DataFrame({"class": classifier.classes, "rows": judged.data.counts, "prior": classifier.priors})
    if classifier.mixtures:
        frame["groups"] = [mixture.n_components for mixture in classifier.mixtures]
        frame["shape"] = [get_family(mixture.family).words for mixture in classifier.mixtures]
    return frame.assign(**{"predicted wrongly": judged.class_errors})


def probabilities_frame(
    table: pd.DataFrame,
    rows: Rows,
    classes: Sequence[str],
    posteriors: Floats,
    held_out: NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """A table with the predicted class of each row, and the probability of each class.

    Parameters
    ----------
    table : pandas.DataFrame, (N, ...)
    rows : (M,) array of int
        Positions in the table of the rows that were told.
    classes : sequence of str, (C,)
    posteriors : (M, C) array
    held_out : (M,) array of bool, optional
        Whether the row was told by what was learnt without it; not for rows of another table, which are all new.

    Returns
    -------
    pandas.DataFrame, (N, ... + C + 2)
        With ``predicted class``, ``learnt from`` ("other rows"; "labelled rows" for one without a label), ``p(class)``;
        renamed where a name is taken, and missing for rows that were not told.
    """
    told = {PREDICTED: np.asarray(classes, dtype=object)[posteriors.argmax(axis=1)]}
    if held_out is not None:
        told[LEARNT] = np.where(held_out, "other rows", "labelled rows")
    added: dict[str, NDArray[Any]] = {}
    for name, texts in told.items():
        added[name] = np.full(len(table), None, dtype=object)
        added[name][rows] = texts
    for name, column in zip(classes, posteriors.T, strict=True):
        added[f"p({name})"] = in_all_rows(column, rows, len(table))
    named = dict(zip(clear_names(added, table.columns), added.values(), strict=True))
    return pd.concat([table, pd.DataFrame(named, index=table.index)], axis=1)


def typical_row(features: FeatureMatrix) -> tuple[list[float], list[float]]:
    """Median and standard deviation of each column in the table's units, (D,) each, gaps aside."""
    x = features.table_values
    return np.nanmedian(x, axis=0).tolist(), np.nanstd(x, axis=0).tolist()


def typed_row(features: FeatureMatrix, values: Sequence[float | None]) -> Floats:
    """One row that was typed, in the table's units and None where unknown, as features (1, Q).

    Raises
    ------
    DataError
        Where nothing was typed, a value is too large or cannot go through its column's transform, or one is missing
        that principal components need.
    """
    row = np.array([[np.nan if value is None else float(value) for value in values]])
    if np.isnan(row).all():
        raise DataError("The row has no value.", "Type at least one.")
    check_size(row, features.columns)
    for value, name, transform in zip(row.T, features.columns, features.transforms, strict=True):
        check_transformable(value, transform.outside(value), type(transform), name, np.zeros(1, dtype=np.intp))
    if features.way.axes is not None:
        check_complete(row, features.columns)
    return features.way.to_features(row)


def no_labels_frame(profile: pd.DataFrame, used: Collection[str], most: int) -> pd.DataFrame:
    """Why columns are no label, a row a column: ``column``, ``different values``, ``why it is no label``."""
    distinct = profile["distinct"]
    why = np.select(
        [profile["name"].isin(list(used)), distinct < 2], ["used for the groups", "one value only"], f"more than {most}"
    )
    return pd.DataFrame({"column": profile["name"], "different values": distinct, "why it is no label": why})


def told_points(judged: Judged, features: FeatureMatrix, labels: NDArray[np.object_], values: Floats) -> pd.DataFrame:
    """The labelled rows where ``values`` (N, 2) place the features' rows, as ``plotting.points_frame`` has them.

    ``component`` is the letter of the class told, and ``label`` says the true class. ``differs`` marks where these are
    not the same; of more than ``most_rings`` such rows the surest. Of many rows a sample.
    """
    rows = np.flatnonzero(_learnt_from(features, labels))
    data, classes = judged.data, np.asarray(judged.data.classes, dtype=object)
    true, told = classes[data.codes], classes[judged.told]
    points = points_frame(
        values[rows],
        np.exp(judged.log_posteriors),
        features.rows[rows],
        labels=np.where(true == told, true, true + " predicted as " + told),
        letters=component_letters(len(classes)),
    )
    at = np.searchsorted(features.rows[rows], points["row"].to_numpy() - 1)
    wrong = points["certainty"].where((judged.told != data.codes)[at])
    return points.assign(differs=wrong.rank(ascending=False, method="first") <= most_rings(len(points)))


def told_rows(
    table: pd.DataFrame, features: FeatureMatrix, labels: NDArray[np.object_], classifier: Classifier, judged: Judged
) -> pd.DataFrame:
    """As ``probabilities_frame``: labelled rows as they were told when held out, the others by the classifier.

    ``labels`` (N,) are those of the features' rows, None or NaN in gaps.
    """
    held_out = _learnt_from(features, labels)
    posteriors = np.empty((len(labels), len(classifier.classes)))
    posteriors[held_out] = np.exp(judged.log_posteriors)
    posteriors[~held_out] = classifier.posteriors(features.values[~held_out])
    return probabilities_frame(table, features.rows, classifier.classes, posteriors, held_out)


def _learnt_from(features: FeatureMatrix, labels: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which of the features' rows have a label and a weight, (N,)."""
    return known(labels) if features.weights is None else known(labels) & (features.weights > 0)
