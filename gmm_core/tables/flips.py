"""What would flip rows, in the table's units, as a tidy frame."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.choice.merging import Group
from gmm_core.model.flipping import Flips, flips, groups_and_noise
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.carrying import inverse, spreads
from gmm_core.tables.feature_matrix import FeatureMatrix

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Kept = NDArray[np.bool_]


def flips_frame(
    features: FeatureMatrix,
    mixture: Mixture,
    reach: tuple[Floats, Floats],
    memberships: Floats,
    names: Sequence[str],
    groups: Sequence[Group] | None = None,
    whole: Kept | None = None,
) -> pd.DataFrame:
    """What would flip each row, a line a row and column, the smallest change of a row first.

    Parameters
    ----------
    features : FeatureMatrix
        Of the rows asked for (N).
    mixture : Mixture
        Of these features.
    reach : pair of (D,) arrays
        Lowest and highest value of each column, in working units: only changes to values between them are told.
    memberships : (N, C) array
    names : sequence of str, (C,)
    groups : sequence of tuple of int, optional
        Components of each cluster, where some are merged.
    whole : (D,) array of bool, optional
        Columns that hold whole numbers only: what is told of them is the next whole number beyond the flip, where that
        flips the row.

    Returns
    -------
    pandas.DataFrame, (N * D, 9)
        ``row`` (from 1), ``group``, ``certainty``, ``column``, ``now`` and ``flips at`` (table's units), ``change``,
        ``spreads`` (size of the change, in standard deviations of the column over all rows, working units), and
        ``becomes`` (the other group). NaN, and "" for the group, where no change of that column alone would do.
    """
    x = features.working_values
    low, high = np.minimum(reach[0] - x, 0.0), np.maximum(reach[1] - x, 0.0)  # a new row may lie outside
    found = flips(mixture, features.values, features.way.directions, low, high, groups)
    at = inverse(x + found.steps, features.transforms)
    if whole is not None:
        at, found = _at_whole_numbers(features, mixture, at, found, groups, np.flatnonzero(whole))
    size = np.abs(found.steps) / spreads(features.to_working(mixture), [UNCHANGED] * x.shape[1])
    order = np.argsort(size, axis=1, kind="stable")  # none, NaN, come last

    def sorted_cells(values: Floats | Rows) -> NDArray[np.generic]:
        return np.take_along_axis(values, order, axis=1).ravel()

    now = features.table_values
    called = np.array([*names, ""], dtype=object)  # -1, none, is the last
    return pd.DataFrame(
        {
            "row": np.repeat(features.rows + 1, x.shape[1]),
            "group": np.repeat(called[memberships.argmax(axis=1)], x.shape[1]),
            "certainty": np.repeat(memberships.max(axis=1), x.shape[1]),
            "column": np.asarray(features.columns, dtype=object)[order.ravel()],
            "now": sorted_cells(now),
            "flips at": sorted_cells(at),
            "change": sorted_cells(at - now),
            "spreads": sorted_cells(size),
            "becomes": called[sorted_cells(found.groups)],
        }
    )


def _at_whole_numbers(
    features: FeatureMatrix, mixture: Mixture, at: Floats, found: Flips, groups: Sequence[Group] | None, columns: Rows
) -> tuple[Floats, Flips]:
    """Places and flips (N, D), in these columns moved on to the next whole number; left where that flips no row."""
    now, steps, becomes = features.table_values, found.steps.copy(), found.groups.copy()
    own = _groups_of(mixture, features.values, groups)
    for j in columns:
        beyond = np.where(at[:, j] > now[:, j], np.ceil(at[:, j]), np.floor(at[:, j]))
        rows = np.flatnonzero(np.isfinite(beyond))
        moved = now[rows].copy()
        moved[:, j] = beyond[rows]
        reached = _groups_of(mixture, features.way.to_features(moved), groups)
        flipped = reached != own[rows]
        rows = rows[flipped]
        at[rows, j], becomes[rows, j] = beyond[rows], reached[flipped]
        steps[rows, j] = features.transforms[j].forward(beyond[rows]) - features.working_values[rows, j]
    return at, Flips(steps, becomes)


def _groups_of(mixture: Mixture, x: Floats, groups: Sequence[Group] | None) -> Rows:
    """The likeliest group of each row, merged ones and the noise among them, (N,)."""
    parts = mixture.memberships(x)
    together = [parts[:, list(each)].sum(axis=1) for each in groups_and_noise(mixture, groups)]
    return np.asarray(np.argmax(together, axis=0))
