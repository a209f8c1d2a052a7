"""What would flip rows, in the table's units, as a tidy frame."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.choice.merging import Group
from gmm_core.model.flipping import Flips, flips
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.carrying import inverse, spreads
from gmm_core.tables.feature_matrix import FeatureMatrix

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


def flips_frame(
    features: FeatureMatrix,
    mixture: Mixture,
    reach: tuple[Floats, Floats],
    memberships: Floats,
    names: Sequence[str],
    groups: Sequence[Group] | None = None,
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
    size = np.abs(found.steps) / spreads(features.to_working(mixture), [UNCHANGED] * x.shape[1])
    order = np.argsort(size, axis=1, kind="stable")  # none, NaN, come last

    def sorted_cells(values: Floats | Rows) -> NDArray[np.generic]:
        return np.take_along_axis(values, order, axis=1).ravel()

    now, at = features.table_values, _carried(features, found)
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


def _carried(features: FeatureMatrix, found: Flips) -> Floats:
    """Where the flips lie in the table's units, (N, D); NaN where there are none."""
    return inverse(features.working_values + found.steps, features.transforms)
