"""One new row, typed in: what the fitted model says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError
from gmm_core.model.choice.merging import Group
from gmm_core.model.mixture import Mixture
from gmm_core.model.neighbours import nearest_rows
from gmm_core.model.oddness import Oddness, distance_p_value, nearest, without_noise
from gmm_core.tables.feature_checks import check_size
from gmm_core.tables.feature_matrix import FeatureMatrix

Floats = NDArray[np.float64]

NEAREST = 5


@dataclass(frozen=True, eq=False)
class NewRow:
    """What a fitted model says of a new row.

    Attributes
    ----------
    features : FeatureMatrix
        Of this row alone.
    memberships : (1, C) array
        Of the clusters, and of the noise last.
    p_value : float
        Share of the mixture's own rows that have a density as low.
    rank : float
        Share of the fitted rows that are as odd.
    distance : float
        Mahalanobis distance from the likeliest component, in working units.
    distance_p_value : float
        Chi-square probability of a distance as large.
    nearest : (M,) array of int
        The nearest of the fitted rows, by place among them; those with gaps are passed over.
    distances : (M,) array
        Theirs, in standard deviations of the likeliest component.
    """

    features: FeatureMatrix
    memberships: Floats
    p_value: float
    rank: float
    distance: float
    distance_p_value: float
    nearest: NDArray[np.intp]
    distances: Floats

    @property
    def group(self) -> int:
        """The likeliest cluster, or the noise."""
        return int(self.memberships[0].argmax())

    @property
    def certainty(self) -> float:
        """Its membership."""
        return float(self.memberships[0].max())


def new_row(
    features: FeatureMatrix,
    fit: Mixture,
    mixture: Mixture,
    known: Oddness,
    values: Sequence[float],
    groups: Sequence[Group] | None = None,
) -> NewRow:
    """A row with these ``values`` (D,), in the table's units, against the rows that were fitted.

    Parameters
    ----------
    features : FeatureMatrix
        The fitted rows.
    fit, mixture : Mixture
        Of the features, and of the columns in working units.
    known : Oddness
        Of the fitted rows.
    values : sequence of float, (D,)
    groups : sequence of tuple of int, optional
        Components of each cluster, where some are merged.

    Raises
    ------
    DataError
        Where a value is too large, or its column's transform does not take it.
    """
    x = np.asarray(values, dtype=float)[None]
    check_size(x, features.columns)
    _check_taken(features, x)
    row = replace(features, values=features.way.to_features(x), table_values=x, rows=np.zeros(1, dtype=np.intp))
    log_density, square, _ = nearest(without_noise(mixture), row.working_values)
    p_value = known.tail(log_density)
    of_groups = fit.log_component_densities(row.values)[0].argmax()
    found, distances = nearest_rows(features.values, row.values[0], fit.covariances[of_groups], NEAREST)
    return NewRow(
        row,
        _merged(fit.memberships(row.values), groups, fit.n_components),
        float(p_value[0]),
        float(known.ranks(p_value)[0]),
        float(np.sqrt(square[0])),
        float(distance_p_value(square, np.array([x.shape[1]]))[0]),
        found,
        distances,
    )


def _merged(memberships: Floats, groups: Sequence[Group] | None, k: int) -> Floats:
    if groups is None:
        return memberships
    return np.column_stack([*(memberships[:, list(each)].sum(axis=1) for each in groups), memberships[:, k:]])


def _check_taken(features: FeatureMatrix, x: Floats) -> None:
    for name, transform, column in zip(features.columns, features.transforms, x.T, strict=True):
        if transform.outside(column)[0]:
            wanted = f"which needs values {transform.needs}" if transform.needs else "which does not take it"
            raise DataError(
                f"Column “{name}” went through “{transform.words}”, {wanted}: {column[0]:g} is not.",
                "Type another value.",
                columns=[name],
                value=float(column[0]),
            )
