"""What replicates tell, as tidy frames: intervals, stability, outlines, and the statistics of a test."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.choice.bootstrap import BootstrapTest
from gmm_core.model.choice.uncertainty import Bootstrap, shares
from gmm_core.model.geometry import ellipse_outline
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.carrying import inverse
from gmm_core.tables.mixture_frames import Carry
from gmm_core.tables.results import component_letters, group_letters

Floats = NDArray[np.float64]
Names = NDArray[np.object_]

MOST_OUTLINES = 90
"""In a bundle, over all groups: more are a blur, and a burden for the browser."""

VERTICES = 40

BARS = 20


def intervals_frame(
    bootstrap: Bootstrap, columns: Sequence[str], level: float = 0.95, transforms: Sequence[Transform] | None = None
) -> pd.DataFrame:
    """Each parameter with its interval, a row a parameter.

    Parameters
    ----------
    bootstrap : Bootstrap
        In working units, which are the table's but for transformed columns.
    columns : sequence of str, (D,)
    level : float
        The part of the replicates that each interval holds.
    transforms : sequence of Transform, (D,), optional
        What the columns went through; by default nothing.

    Returns
    -------
    pandas.DataFrame
        ``component`` (letter, or "noise"), ``quantity`` ("share", "mean", "sd", "covariance", "correlation"),
        ``column`` ("" for a share), ``other`` (the second column of a covariance or correlation, else ""),
        ``estimate``, ``low``, ``high``. A pair of columns comes once. The mean of a transformed column is carried to
        the table's units, where it is a "median" or "geometric mean"; its other quantities are of the column as it
        was transformed, under that name: "income (logarithm)".
    """
    went_through = [UNCHANGED] * len(columns) if transforms is None else transforms
    mixture, ends = bootstrap.mixture, bootstrap.interval(level)
    sd = mixture.standard_deviations
    worked = [each.named(column) for each, column in zip(went_through, columns, strict=True)]
    names, none = np.asarray(worked, dtype=object), np.full(len(columns), "", dtype=object)
    first, second = np.triu_indices(len(columns), 1)
    pairs = names[first], names[second]
    parts = [
        _part("share", none[:1], none[:1], shares(mixture)[:, None], ends.weights[:, :, None]),
        _centres(np.asarray(columns, dtype=object), went_through, mixture.means, ends.means),
        _part("sd", names, none, sd, ends.standard_deviations),
        _part("covariance", *pairs, mixture.covariances[:, first, second], ends.covariances[:, :, first, second]),
        _part("correlation", *pairs, mixture.correlations[:, first, second], ends.correlations[:, :, first, second]),
    ]
    letters = np.asarray(group_letters(mixture), dtype=object)
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(component=letters[frame["component"]])


def _centres(columns: Names, transforms: Sequence[Transform], means: Floats, ends: Floats) -> pd.DataFrame:
    """Means (K, D) and both ends (2, K, D) of theirs, carried to the table's units: quantiles go through unchanged."""
    low, high = (inverse(each, transforms) for each in ends)
    quantities = np.array([each.centre for each in transforms], dtype=object)
    none = np.full(len(columns), "", dtype=object)
    part = _part("", columns, none, inverse(means, transforms), np.stack([low, high]))
    return part.assign(quantity=np.tile(quantities, len(means)))


def _part(quantity: str, columns: Names, others: Names, estimates: Floats, ends: Floats) -> pd.DataFrame:
    """Estimates (K, M) and both ends (2, K, M) of one quantity, for M columns or pairs of columns."""
    k, m = estimates.shape
    return pd.DataFrame(
        {
            "component": np.repeat(np.arange(k), m),
            "quantity": quantity,
            "column": np.tile(columns, k),
            "other": np.tile(others, k),
            "estimate": estimates.ravel(),
            "low": ends[0].ravel(),
            "high": ends[1].ravel(),
        }
    )


def stability_frame(bootstrap: Bootstrap) -> pd.DataFrame:
    """How firmly each cluster holds together, a row a cluster.

    Returns
    -------
    pandas.DataFrame, (K, 4)
        ``component``, ``jaccard`` (mean over the replicates, 0 to 1), ``low`` and ``high`` (5 % and 95 % of them).
        Without rows where there is no replicate.
    """
    alike = np.reshape(bootstrap.similarities, (-1, bootstrap.mixture.n_components))
    if not len(alike):
        return pd.DataFrame(columns=["component", "jaccard", "low", "high"])
    low, high = np.quantile(alike, [0.05, 0.95], axis=0)
    letters = component_letters(bootstrap.mixture.n_components)
    return pd.DataFrame({"component": letters, "jaccard": alike.mean(axis=0), "low": low, "high": high})


def bundle_frame(
    bootstrap: Bootstrap,
    plane: Sequence[int] = (0, 1),
    probability: float = 0.95,
    carry: Carry = lambda points: points,
) -> pd.DataFrame:
    """Outlines of the groups in some replicates, at most 90 in all.

    Parameters
    ----------
    bootstrap : Bootstrap
    plane : sequence of int, (2,)
        The two columns to look along.
    probability : float
        What each outline holds of its group.
    carry : callable
        As for ``mixture_frames.ellipses_frame``.

    Returns
    -------
    pandas.DataFrame
        ``component``, ``outline`` (id), ``order``, ``x``, ``y``.
    """
    k = bootstrap.mixture.n_components
    chosen = bootstrap.replicates[: max(1, MOST_OUTLINES // k)]
    marginals = [mixture.marginal(plane) for mixture in chosen]
    pairs = [pair for m in marginals for pair in zip(m.means, m.covariances, strict=True)]
    outlines = np.array([ellipse_outline(*pair, probability, VERTICES) for pair in pairs]).reshape(-1, VERTICES, 2)
    outlines = carry(outlines)
    letters = np.asarray(component_letters(k), dtype=object)
    return pd.DataFrame(
        {
            "component": np.repeat(np.tile(letters, len(chosen)), VERTICES),
            "outline": np.repeat(np.arange(len(outlines)), VERTICES),
            "order": np.tile(np.arange(VERTICES), len(outlines)),
            "x": outlines[..., 0].ravel(),
            "y": outlines[..., 1].ravel(),
        }
    )


def statistics_frame(test: BootstrapTest) -> pd.DataFrame:
    """Histogram of the statistics of a test's replicates: ``left``, ``right``, ``count``; without rows where none is
    done."""
    if not len(test.replicates):
        return pd.DataFrame(columns=["left", "right", "count"])
    counts, edges = np.histogram(test.replicates, BARS)
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "count": counts})
