"""The centres of groups in all columns at once, on one scale: what parallel coordinates draw."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.clusters import cluster_moments
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.carrying import inverse

Floats = NDArray[np.float64]


def lines_frame(
    mixture: Mixture,
    clusters: Sequence[Sequence[int]],
    names: Sequence[str],
    columns: Sequence[str],
    ends: Floats,
    transforms: Sequence[Transform] | None = None,
) -> pd.DataFrame:
    """Where each cluster lies in each column, a row a column and cluster.

    Parameters
    ----------
    mixture : Mixture
        In working units, which are the table's but for transformed columns.
    clusters : sequence of sequence of int, (C,)
        The components of each.
    names : sequence of str, (C,)
    columns : sequence of str, (D,)
    ends : (2, C, D) array
        Intervals of the means, in working units; infinite where there is none.
    transforms : sequence of Transform, (D,), optional

    Returns
    -------
    pandas.DataFrame, (D * C, 12)
        ``column``, ``component``; in the table's units ``centre``, ``from`` and ``to`` (a standard deviation to either
        side) and the interval ``low``, ``high``; the same in standard deviations of all rows from their mean: ``x``,
        ``x_from``, ``x_to``, ``x_low``, ``x_high``.
    """
    mean, spread = mixture.overall_moments
    means, sds = cluster_moments(mixture, clusters)
    there = np.isfinite(ends)
    bounded = np.where(there, ends, means)
    places = dict(zip(_PLACES, (means, means - sds, means + sds, *bounded), strict=True))  # each (C, D)
    went_through = [UNCHANGED] * len(columns) if transforms is None else transforms
    in_table = {name: inverse(each, went_through) for name, each in places.items()}
    on_one_scale = {_ON_SCALE[name]: (each - mean) / spread for name, each in places.items()}
    frame = pd.DataFrame(
        {
            "column": np.repeat(np.asarray(columns, dtype=object), len(clusters)),
            "component": np.tile(np.asarray(names, dtype=object), len(columns)),
            **{name: each.T.ravel() for name, each in (in_table | on_one_scale).items()},
        }
    )
    for name, known in zip(("low", "high"), there, strict=True):
        frame.loc[~known.T.ravel(), [name, _ON_SCALE[name]]] = np.nan
    return frame


_PLACES = ("centre", "from", "to", "low", "high")
_ON_SCALE = {"centre": "x", "from": "x_from", "to": "x_to", "low": "x_low", "high": "x_high"}
