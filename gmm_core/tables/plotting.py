"""The tidy frames that charts take, of a bounded size however many rows there are.

``component`` is always a letter, or "noise"; densities are weighted by shares, so that the components add up to the
mixture. Where a mixture has noise, memberships have a column more, and ``letters`` (``results.group_letters``) name it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.geometry import ellipse_outline, inside_ellipse
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.binning import bin_edges, cut, grid
from gmm_core.tables.results import component_letters, group_letters
from gmm_core.tables.sampling import most_telling

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Texts = Sequence[str] | NDArray[np.object_]
Carry = Callable[[Floats], Floats]

PROBABILITIES = (0.5, 0.8, 0.95)
MIXTURE = "mixture"

TILES = 80
"""Tiles along each side of the background of a large scatter."""

CERTAINTY_BINS = 50


def without_gaps(X: Floats, *others: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """The rows of (N, D) that have a value in each of its columns, and the same rows of other arrays (N, ...)."""
    whole = ~np.isnan(X).any(axis=1)
    return (X, *others) if whole.all() else tuple(each[whole] for each in (X, *others))


def bins_frame(x: Floats, weights: Floats | None = None) -> pd.DataFrame:
    """Histogram of a column (N,), by row weights (N,), as a density: ``left``, ``right``, ``density``; without gaps."""
    used = np.isfinite(x) if weights is None else np.isfinite(x) & (weights > 0)
    finite, counted = x[used], None if weights is None else weights[used]
    edges = bin_edges(finite)
    # From a number and two ends: equal bins need no search, which a million rows would notice.
    ends = tuple(edges[[0, -1]]) if len(edges) else None
    counts = np.histogram(finite, len(edges) - 1, ends, weights=counted)[0] if ends else np.empty(0)
    density = counts / (max(counts.sum(), np.finfo(float).tiny) * np.diff(edges))
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "density": density})


def curves_frame(
    mixture: Mixture, lo: float, hi: float, n: int = 300, transform: Transform = UNCHANGED
) -> pd.DataFrame:
    """Densities of a mixture of one column: ``x``, ``density``, ``component`` (letters, "noise", and ``"mixture"``).

    Parameters
    ----------
    mixture : Mixture
        Of one column, in working units.
    lo, hi : float
        Ends of the grid, of ``n`` points, in the table's units; more are put where a component is too narrow for it,
        none where the transform takes no values.
    n : int
    transform : Transform
        What the column went through.
    """
    means, sds = mixture.means[:, 0], mixture.standard_deviations[:, 0]
    widths = (transform.inverse(means + sds) - transform.inverse(means - sds)) / 2
    x = grid(lo, hi, n, transform.inverse(means), widths)
    x = x[~transform.outside(x)]
    parts = mixture.log_component_densities(transform.forward(x)[:, None])  # (n, K)
    if mixture.noise is not None:
        parts = np.column_stack([parts, np.full(len(x), mixture.noise.log_density)])
    parts = np.exp(parts + transform.log_derivative(x)[:, None])
    curves = np.column_stack([parts, parts.sum(axis=1)])
    names = (*group_letters(mixture), MIXTURE)
    return pd.DataFrame(
        {
            "x": np.tile(x, len(names)),
            "density": curves.ravel(order="F"),
            "component": np.repeat(np.asarray(names, dtype=object), len(x)),
        }
    )


def points_frame(
    X2: Floats,
    memberships: Floats,
    rows: Rows,
    limit: int = 5_000,
    sample: int = 2_000,
    labels: Texts | None = None,
    seed: int = 0,
    letters: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Points of a scatter: ``x``, ``y``, ``component``, ``certainty``, ``row`` (from 1), ``label``.

    Parameters
    ----------
    X2 : (N, 2) array
    memberships : (N, K) array
    rows : (N,) array of int
        Positions of the rows in the table.
    limit, sample : int
        Up to ``limit`` rows all of them; beyond it ``sample`` of them, by ``sampling.most_telling``.
    labels : sequence of str, optional
        Names of the rows of ``X2``, (N,); by default none, "".
    seed : int
        Of the sample.
    letters : sequence of str, optional
        Names of the columns of ``memberships``, by default A, B, ...
    """
    chosen = np.arange(len(X2)) if len(X2) <= limit else most_telling(X2, memberships, sample, seed)
    names = _names(memberships, letters)
    return pd.DataFrame(
        {
            "x": X2[chosen, 0],
            "y": X2[chosen, 1],
            "component": names[memberships[chosen].argmax(axis=1)],
            "certainty": memberships[chosen].max(axis=1),
            "row": rows[chosen] + 1,
            "label": "" if labels is None else [str(labels[i]) for i in chosen],
        }
    )


def rug_frame(
    x: Floats,
    memberships: Floats,
    rows: Rows,
    letters: Sequence[str] | None = None,
    labels: Texts | None = None,
) -> pd.DataFrame:
    """Each row of a column (N,) as a tick: ``x``, ``component``, ``certainty``, ``row`` (from 1), ``label``."""
    twice = np.column_stack([x, x])
    return points_frame(twice, memberships, rows, len(x), labels=labels, letters=letters).drop(columns="y")


def bar_counts(x: Floats, n: int = 16) -> list[int]:
    """Counts of a column's finite values in ``n`` equal bins, for a histogram in a table's cell."""
    counts: list[int] = np.histogram(x[np.isfinite(x)], n)[0].tolist()
    return counts


def tiles_frame(X2: Floats, memberships: Floats, n: int = TILES, letters: Sequence[str] | None = None) -> pd.DataFrame:
    """Counts of rows (N, 2) on an n x n grid: ``x0``, ``x1``, ``y0``, ``y1``, ``component``, ``count``.

    Only tiles that hold rows; ``component`` is the commonest in a tile, the first of equals.
    """
    k = memberships.shape[1]
    (x_edges, column), (y_edges, row) = cut(X2[:, 0], n), cut(X2[:, 1], n)
    cell = (column * n + row) * k + memberships.argmax(axis=1)
    counts = np.bincount(cell, minlength=n * n * k).reshape(n * n, k)
    total = counts.sum(axis=1)
    filled = np.flatnonzero(total)
    across, up = np.divmod(filled, n)
    return pd.DataFrame(
        {
            "x0": x_edges[across],
            "x1": x_edges[across + 1],
            "y0": y_edges[up],
            "y1": y_edges[up + 1],
            "component": _names(memberships, letters)[counts[filled].argmax(axis=1)],
            "count": total[filled],
        }
    )


def ellipses_frame(
    mixture: Mixture, probabilities: Sequence[float] = PROBABILITIES, carry: Carry = lambda points: points
) -> pd.DataFrame:
    """Outlines of a mixture of two columns: ``component``, ``probability``, ``outline`` (id), ``order``, ``x``, ``y``.

    Each outline holds ``probability`` of its component. Transformed columns need ``carry``, of
    ``FeatureMatrix.carrier``, which brings points to the table's units; the outlines are then no ellipses.
    """
    k, p = mixture.n_components, len(probabilities)
    outlines = np.array(
        [
            [ellipse_outline(mean, covariance, probability) for probability in probabilities]
            for mean, covariance in zip(mixture.means, mixture.covariances, strict=True)
        ]
    )  # (K, P, points, 2)
    outlines = carry(outlines)
    n = outlines.shape[2]
    return pd.DataFrame(
        {
            "component": np.repeat(np.asarray(component_letters(k), dtype=object), p * n),
            "probability": np.tile(np.repeat(probabilities, n), k),
            "outline": np.repeat(np.arange(k * p), n),
            "order": np.tile(np.arange(n), k * p),
            "x": outlines[..., 0].ravel(),
            "y": outlines[..., 1].ravel(),
        }
    )


def centres_frame(mixture: Mixture, carry: Carry = lambda points: points) -> pd.DataFrame:
    """Means of a mixture of two columns: ``component``, ``x``, ``y``, ``weight``; ``carry`` as for the ellipses."""
    x, y = carry(mixture.means).T
    letters = component_letters(mixture.n_components)
    return pd.DataFrame({"component": letters, "x": x, "y": y, "weight": mixture.weights})


def certainty_frame(certainty: Floats, n_groups: int) -> pd.DataFrame:
    """How sure the rows' places are: ``left``, ``right``, ``count`` of the largest memberships (N,), in [1/K, 1]."""
    edges = np.linspace(0.0, 1.0, CERTAINTY_BINS + 1)
    counts, _ = np.histogram(np.clip(certainty, 0.0, 1.0), CERTAINTY_BINS, (0.0, 1.0))  # rounding may take it past 1
    possible = edges[1:] > 1.0 / n_groups
    possible[-1] = True  # of one group too
    return pd.DataFrame({"left": edges[:-1][possible], "right": edges[1:][possible], "count": counts[possible]})


def responsibilities_frame(memberships: Floats, rows: Rows, letters: Sequence[str] | None = None) -> pd.DataFrame:
    """Memberships (N, K) of rows, long: ``row`` (from 1), ``component``, ``responsibility``."""
    n, k = memberships.shape
    names = np.tile(_names(memberships, letters), n)
    return pd.DataFrame({"row": np.repeat(rows + 1, k), "component": names, "responsibility": memberships.ravel()})


def share_inside(mixture: Mixture, X2: Floats, probability: float, memberships: Floats | None = None) -> Floats:
    """Share of each component's rows that lie inside its ellipse, (K,); near ``probability`` where the fit is good.

    Parameters
    ----------
    mixture : Mixture
        Of two columns.
    X2 : (N, 2) array
        Rows in the same units, working units where a column is transformed.
    probability : float
        What the ellipse holds of the component.
    memberships : (N, K) array, optional
        Weights of the rows; by default the mixture's own. Give those of the whole model where it has more columns.
        The noise's column plays no part.
    """
    weights = (mixture.memberships(X2) if memberships is None else memberships)[:, : mixture.n_components]
    groups = zip(weights.T, mixture.means, mixture.covariances, strict=True)
    held = np.array([own @ inside_ellipse(X2, mean, covariance, probability) for own, mean, covariance in groups])
    total = weights.sum(axis=0)
    return np.divide(held, total, out=np.full(len(total), np.nan), where=total > 0)


def _names(memberships: Floats, letters: Sequence[str] | None) -> NDArray[np.object_]:
    """A name for each column of memberships, (K,)."""
    return np.asarray(letters or component_letters(memberships.shape[1]), dtype=object)
