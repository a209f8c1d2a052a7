"""What would flip a row: the smallest step of one column at which its group is only as likely as another.

Along one column the log joint density of a component is a parabola in the step t,

    log w_k N(x + t u; m_k, S_k) = c_k - t (x - m_k)' P_k u - t^2 / 2 u' P_k u,

with P_k the inverse of S_k and u what a step of 1 of the column adds to the features. Two of them meet where a
quadratic equation says; noise is a parabola that is flat. The first meeting with any other group is where the row
leaves its own. A group merged from several components has a sum of these densities, and is searched for instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.choice.merging import Group
from gmm_core.model.em.forms import Array
from gmm_core.model.em.forms.dense import inverse_cholesky
from gmm_core.model.em.gaps import patterns
from gmm_core.model.mixture import Mixture

BLOCK = 1_024
"""Rows that are worked out at a time."""

STOPS = 256
"""Places on either side at which a merged group is held against the others; a shorter stay in another is missed."""

HALVINGS = 48
"""Of the stretch between two such places: more than a double tells apart."""


@dataclass(frozen=True, eq=False)
class Flips:
    """For rows (N) and columns (D) the nearest place at which a row is as much in another group as in its own.

    Attributes
    ----------
    steps : (N, D) array
        By how much the column would have to change, in working units; NaN where no allowed step does it.
    groups : (N, D) array of int
        The group that it would go to; -1 where there is none.
    """

    steps: Array
    groups: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class _Parabolas:
    """Log joint densities along columns: ``level`` (N, 1, K) + t ``slope`` (N, D, K) + t^2 ``bend`` (D, K)."""

    level: Array
    slope: Array
    bend: Array

    def at(self, t: Array) -> Array:
        """Log joint densities (N, D, K) at steps (N, D)."""
        return np.asarray(self.level + t[..., None] * (self.slope + t[..., None] * self.bend))


def flips(
    mixture: Mixture, x: Array, directions: Array, low: Array, high: Array, groups: Sequence[Group] | None = None
) -> Flips:
    """The nearest flip of each row in each column.

    Parameters
    ----------
    mixture : Mixture
        Of the features; with noise, that is the last group.
    x : (N, Q) array
        Features; NaN in gaps, where nothing can change.
    directions : (D, Q) array
        What a step of 1 of each column adds to the features, see ``WayBack.directions``.
    low, high : (N, D) arrays
        The steps that are allowed: 0 lies between them.
    groups : sequence of tuple of int, optional
        Components of each group, where some are merged; by default each is one.
    """
    found = Flips(np.full(low.shape, np.nan), np.full(low.shape, -1, dtype=np.intp))
    of_groups = groups_and_noise(mixture, groups)
    solve = _first_meeting if all(len(each) == 1 for each in of_groups) else _first_found
    for rows, columns, parabolas in _by_pattern(mixture, x, directions):
        some = np.ix_(rows, columns)
        found.steps[some], found.groups[some] = solve(parabolas, low[some], high[some], of_groups)
    return found


def groups_and_noise(mixture: Mixture, groups: Sequence[Group] | None) -> list[Group]:
    """Components of each group, by default one each, and of the noise last where there is noise."""
    k = mixture.n_components
    own: list[Group] = [(each,) for each in range(k)] if groups is None else list(groups)
    return own if mixture.noise is None else [*own, (k,)]


def _by_pattern(
    mixture: Mixture, x: Array, directions: Array
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], _Parabolas]]:
    """Rows with the same gaps, the columns that may change, and the densities along them; in blocks."""
    whole = np.arange(x.shape[1])
    for rows, observed in patterns(x) if len(x) else ():
        if not len(observed):
            continue
        part = mixture if len(observed) == len(whole) else mixture.marginal(observed.tolist())
        moved = directions[:, observed]
        # Features with gaps are single columns: a column moves what is observed, or it is the gap.
        columns = np.flatnonzero(moved.any(axis=1))
        for at in range(0, len(rows), BLOCK):
            some = rows[at : at + BLOCK]
            yield some, columns, _parabolas(part, x[np.ix_(some, observed)], moved[columns])


def _parabolas(part: Mixture, x: Array, directions: Array) -> _Parabolas:
    scale = part.standard_deviations.mean(axis=0)
    white = inverse_cholesky(part.covariances / np.multiply.outer(scale, scale))  # (K, Q, Q)
    away = ((x[None] - part.means[:, None]) / scale) @ white.transpose(0, 2, 1)  # (K, N, Q)
    along = (directions / scale)[None] @ white.transpose(0, 2, 1)  # (K, D, Q)
    level = part.log_component_densities(x)
    slope, bend = -(away @ along.transpose(0, 2, 1)), -0.5 * (along**2).sum(axis=2)  # (K, N, D), (K, D)
    slope, bend = np.moveaxis(slope, 0, 2), bend.T
    if part.noise is not None:
        level = np.column_stack([level, np.full(len(x), part.noise.log_density)])
        slope, bend = (np.concatenate([each, np.zeros((*each.shape[:-1], 1))], axis=-1) for each in (slope, bend))
    return _Parabolas(level[:, None], slope, bend)


def _first_meeting(
    parabolas: _Parabolas, low: Array, high: Array, groups: Sequence[Group]
) -> tuple[Array, NDArray[np.intp]]:
    """Steps (N, D) to the nearest meeting, and the component met; groups are components."""
    own = parabolas.level.argmax(axis=2)[..., None]  # (N, 1, 1)
    lead = np.take_along_axis(parabolas.level, own, axis=2) - parabolas.level  # (N, 1, K), at least 0
    slope = np.take_along_axis(parabolas.slope, np.broadcast_to(own, (*low.shape, 1)), axis=2) - parabolas.slope
    bend = parabolas.bend.T[own[:, 0, 0]][:, :, None] - parabolas.bend[None]  # (N, D, K)
    roots = np.stack(_roots(bend, slope, np.broadcast_to(lead, slope.shape)), axis=3)  # (N, D, K, 2)
    allowed = (roots >= low[..., None, None]) & (roots <= high[..., None, None])
    allowed &= (np.arange(roots.shape[2]) != own)[..., None]
    size = np.where(allowed, np.abs(roots), np.inf).reshape(*low.shape, -1)
    first = size.argmin(axis=2)[..., None]
    steps = np.take_along_axis(roots.reshape(size.shape), first, axis=2)[..., 0]
    none = ~np.isfinite(np.take_along_axis(size, first, axis=2)[..., 0])
    return np.where(none, np.nan, steps), np.where(none, -1, first[..., 0] // 2)


def _roots(a: Array, b: Array, c: Array) -> tuple[Array, Array]:
    """Both real roots of a t^2 + b t + c, NaN where there is none; neither loses digits to a difference.

    Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, section 1.8.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        q = -0.5 * (b + np.copysign(np.sqrt(b * b - 4.0 * a * c), b))
        return q / a, np.where((c == 0) & ~np.isnan(q), 0.0, c / q)


def _first_found(
    parabolas: _Parabolas, low: Array, high: Array, groups: Sequence[Group]
) -> tuple[Array, NDArray[np.intp]]:
    """Steps (N, D) to the nearest place at which the lead is lost, by search on both sides, and the group met."""
    own = _joined(parabolas.level, groups).argmax(axis=2)  # (N, 1)
    sides = [_searched(parabolas, end, own, groups) for end in (low, high)]
    down, up = (np.where(np.isnan(each), np.inf, np.abs(each)) for each in sides)
    steps = np.where(down < up, sides[0], sides[1])
    joined = _joined(parabolas.at(np.nan_to_num(steps)), groups)
    np.put_along_axis(joined, np.broadcast_to(own[..., None], (*low.shape, 1)), -np.inf, axis=2)
    return steps, np.where(np.isnan(steps), -1, joined.argmax(axis=2))


def _searched(parabolas: _Parabolas, end: Array, own: NDArray[np.intp], groups: Sequence[Group]) -> Array:
    """Steps (N, D) towards ``end`` at which the lead is lost first; NaN where it never is."""
    last = np.full(end.shape, np.nan)
    for stop in range(STOPS, 0, -1):  # from far to near, so that the nearest is what stays
        last = np.where(_lost(parabolas, end * (stop / STOPS), own, groups), stop / STOPS, last)
    before, after = np.nan_to_num(last - 1.0 / STOPS), np.nan_to_num(last)
    for _ in range(HALVINGS):
        middle = (before + after) / 2.0
        lost = _lost(parabolas, end * middle, own, groups)
        before, after = np.where(lost, before, middle), np.where(lost, middle, after)
    return np.where(np.isnan(last), np.nan, end * after)


def _lost(parabolas: _Parabolas, t: Array, own: NDArray[np.intp], groups: Sequence[Group]) -> NDArray[np.bool_]:
    return np.asarray(_joined(parabolas.at(t), groups).argmax(axis=2) != own)


def _joined(log_joint: Array, groups: Sequence[Group]) -> Array:
    """Log joint densities (..., C) of groups from those of components (..., K), up to the largest of each row."""
    parts = np.exp(log_joint - log_joint.max(axis=-1, keepdims=True))
    with np.errstate(divide="ignore"):
        return np.log(np.stack([parts[..., list(each)].sum(axis=-1) for each in groups], axis=-1))
