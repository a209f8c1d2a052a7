"""Which columns make a row odd: each against what the others let one expect.

Given the other columns, a column of a mixture follows a mixture in one dimension: component k counts by what the other
columns say for it, and has the regression mean and variance. In correlated columns a fault shifts all distances from
the centre, but only the faulty column lies far from what the others let one expect.

Within a component of precision P, the squared residual of a column given all others, g_j^2 / P_jj for g = P (x - m), is
what the squared distance loses once that column is left out, and the likelihood ratio of a shift in it alone.

Sources: Mason, Tracy and Young (1995), Decomposition of T^2 for multivariate control chart interpretation, Journal of
Quality Technology 27, 99-108; Rousseeuw and Van den Bossche (2018), Detecting deviating data cells, Technometrics 60,
135-145, for rows in which some cells are at fault and the others are sound.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.em.forms.dense import inverse_cholesky
from gmm_core.model.em.gaps import patterns
from gmm_core.model.mixture import Mixture
from gmm_core.model.oddness import distance_p_value, nearest, without_noise

ORDINARY = 0.05
"""Chi-square probability of the rest of a row from which no more of its columns are called odd."""

MOST_COLUMNS = 3
"""Columns of a row that are named."""

USUAL = 1.959964
"""Standard deviations on either side of what is expected that hold 95 % of sound values."""

POSSIBLE = 0.05
"""Odds against the likeliest component from which another one is possible, by what a row's other columns say."""

BLOCK = 2_048
"""Rows that are worked out at a time."""

Positions = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Expected:
    """Each cell of rows (N, D) against what the row's other columns let one expect; NaN in gaps.

    Attributes
    ----------
    log_p_values : (N, D) array
        Log probability of a cell as far from what is expected, on either side: the mean over the components.
    means, deviations : (N, D) arrays
        What is expected, within the component that the other columns speak for; where they leave several ``POSSIBLE``,
        the one that is nearest.
    """

    log_p_values: Array
    means: Array
    deviations: Array


@dataclass(frozen=True, eq=False)
class OddColumns:
    """The columns that make rows odd, the oddest first, and what the sound ones let one expect there.

    Attributes
    ----------
    columns : (N, M) array of int
        -1 where none is named. Each of them lies beyond ``USUAL`` deviations.
    means, deviations : (N, M) arrays
        NaN where no more are named.
    either : (N,) array of bool
        Whether each of the two columns named would do alone: without it the rest is ordinary, so one can't tell which.
    """

    columns: Positions
    means: Array
    deviations: Array
    either: NDArray[np.bool_]
    together: Positions
    """(N, 2): the two oddest columns of rows in which none lies so far out by itself, -1 in others."""


def expected(mixture: Mixture, x: Array) -> Expected:
    """Each cell of rows (N, D), NaN in their gaps, given the others that its row has."""
    found = Expected(*(np.full(x.shape, np.nan) for _ in range(3)))
    targets = found.log_p_values, found.means, found.deviations
    for rows, observed, part in _parts(mixture, x):
        for at in range(0, len(rows), BLOCK):
            some = np.ix_(rows[at : at + BLOCK], observed)
            for target, value in zip(targets, _given(part, x[some]), strict=True):
                target[some] = value
    return found


def odd_columns(mixture: Mixture, x: Array, most: int = MOST_COLUMNS) -> OddColumns:
    """The columns that make rows (N, D) odd, each with a value: one, and more until the rest of the row is ordinary.

    The column that is oddest given the others is taken for a gap, and so on with what is left. At the end each column
    that was named is held against the sound ones only.
    """
    most = min(max(most, 2), x.shape[1])
    left, named, second = x.copy(), np.full((len(x), most), -1), np.full(len(x), -1)
    live = np.flatnonzero(~np.isnan(x).all(axis=1))
    for step in range(most):
        by_p = np.argsort(expected(mixture, left[live]).log_p_values, axis=1)  # gaps, NaN, come last
        named[live, step] = by_p[:, 0]
        if step == 0 and most > 1:
            second[live] = by_p[:, 1]
        left[live, by_p[:, 0]] = np.nan
        live = live[_still_odd(mixture, left[live])]
    either = _would_do(mixture, x, named, second)
    named[either, 1:2], left[either] = second[either, None], x[either]
    means, deviations = _held_against(mixture, x, left, named)
    values = np.take_along_axis(x, named, axis=1)
    inside = ~(np.abs(values - means) > USUAL * deviations)  # so is what is not named: NaN
    for each, nothing in ((named, -1), (means, np.nan), (deviations, np.nan)):
        each[inside] = nothing
    return OddColumns(named, means, deviations, either, _oddest_two(mixture, x, np.asarray(inside.all(axis=1))))


def odd_columns_by_group(mixture: Mixture, x: Array, labels: Positions) -> OddColumns:
    """The same, each row (N, D) against one component only, that of its label (N,)."""
    whole = odd_columns(mixture, x[:0])
    found = OddColumns(*(np.empty((len(x), *each.shape[1:]), each.dtype) for each in _arrays(whole)))
    for k in np.unique(labels):
        rows, one = np.flatnonzero(labels == k), slice(k, k + 1)
        group = replace(
            mixture, weights=np.ones(1), means=mixture.means[one], covariances=mixture.covariances[one], noise=None
        )
        for target, value in zip(_arrays(found), _arrays(odd_columns(group, x[rows])), strict=True):
            target[rows] = value
    return found


def _arrays(found: OddColumns) -> list[NDArray[np.generic]]:
    return [getattr(found, each.name) for each in fields(found)]


def _oddest_two(mixture: Mixture, x: Array, wanted: NDArray[np.bool_]) -> Positions:
    """The two oddest columns of rows that are ``wanted``, and have two: (N, 2), else -1."""
    found = np.full((len(x), 2), -1)
    rows = np.flatnonzero(wanted & ((~np.isnan(x)).sum(axis=1) > 1))
    found[rows] = np.argsort(expected(mixture, x[rows]).log_p_values, axis=1)[:, :2]
    return found


def _would_do(mixture: Mixture, x: Array, named: Positions, second: Positions) -> NDArray[np.bool_]:
    """Of which rows with one column ``named`` the ``second`` in line would have done as well, (N,)."""
    would = (named[:, 1:] < 0).all(axis=1) & (second >= 0)
    rows = np.flatnonzero(would)
    without = x[rows]
    would[rows] = ~np.isnan(without[np.arange(len(rows)), second[rows]])
    without[np.arange(len(rows)), second[rows]] = np.nan
    would[rows] &= ~_still_odd(mixture, without)
    return would


def _held_against(mixture: Mixture, x: Array, left: Array, named: Positions) -> tuple[Array, Array]:
    """What the cells ``left`` let one expect in each of those ``named``, (N, M) each."""
    means, deviations = (np.full(named.shape, np.nan) for _ in range(2))
    for step, columns in enumerate(named.T):
        rows = np.flatnonzero(columns >= 0)
        cells = np.arange(len(rows)), columns[rows]
        one_back = left[rows]
        one_back[cells] = x[rows, columns[rows]]
        found = expected(mixture, one_back)
        means[rows, step], deviations[rows, step] = found.means[cells], found.deviations[cells]
    return means, deviations


def _still_odd(mixture: Mixture, x: Array) -> NDArray[np.bool_]:
    """Which rows (N, D) are odd by their distance from the likeliest component; not those of gaps only."""
    odd = np.zeros(len(x), dtype=bool)
    for rows, observed, part in _parts(mixture, x):
        _, distance, _ = nearest(part, x[np.ix_(rows, observed)])
        odd[rows] = distance_p_value(distance, np.full(len(rows), len(observed))) < ORDINARY
    return odd


def _parts(mixture: Mixture, x: Array) -> Iterator[tuple[Positions, Positions, Mixture]]:
    """Rows of (N, D) with the same columns, these columns, and the components' marginal on them; none for no value."""
    groups = without_noise(mixture)
    for rows, observed in patterns(x) if len(x) else ():
        if len(observed):
            yield rows, observed, groups.marginal(observed.tolist())


def _given(part: Mixture, x: Array) -> tuple[Array, Array, Array]:
    """Log p-values, means and deviations, (N, D) each, for rows without gaps."""
    from scipy.special import log_ndtr, logsumexp

    scale = part.standard_deviations.mean(axis=0)
    white = inverse_cholesky(part.covariances / np.multiply.outer(scale, scale))  # (K, D, D)
    lengths = np.linalg.norm(white, axis=1)  # (K, D): 1 / deviation of a column given the others
    directions = white / lengths[:, None, :]
    away = (x[None] - part.means[:, None]) / scale  # (K, N, D)
    y = away @ white.transpose(0, 2, 1)
    residuals = y @ directions  # (K, N, D)
    log_odds = _log_odds_by_others(part, directions, lengths, y, residuals)
    log_p = log_odds + np.log(2.0) + log_ndtr(-np.abs(residuals))
    possible = log_odds >= log_odds.max(axis=0) + np.log(POSSIBLE)
    likely = np.where(possible, log_p, -np.inf).argmax(axis=0)[None]  # (1, N, D)
    deviations = np.take_along_axis(np.broadcast_to((scale / lengths)[:, None], log_p.shape), likely, axis=0)[0]
    means = x - np.take_along_axis(residuals, likely, axis=0)[0] * deviations
    return np.minimum(logsumexp(log_p, axis=0), 0.0), means, deviations


def _log_odds_by_others(part: Mixture, directions: Array, lengths: Array, y: Array, residuals: Array) -> Array:
    """Log memberships of the components by all columns but one, (K, N, D).

    That column's direction is taken out of the whitened rows: a difference of squares would lose the digits of what is
    left in rows that lie far out.
    """
    from scipy.special import logsumexp

    log_joint = np.empty(residuals.shape)
    peaks = np.diagonal(part.log_component_densities(part.means))
    for j in range(residuals.shape[2]):
        rest = y - residuals[:, :, j, None] * directions[:, None, :, j]
        log_joint[:, :, j] = peaks[:, None] - np.log(lengths[:, None, j]) - 0.5 * (rest**2).sum(axis=2)
    return np.asarray(log_joint - logsumexp(log_joint, axis=0))
