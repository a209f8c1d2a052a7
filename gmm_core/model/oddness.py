"""How odd rows are under a mixture: densities, p-values, and distances from the likeliest component.

A membership compares the components with each other; a row far from all of them may still be certain of one. What is
measured here is whether the row would be at home in any.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.density_tail import DensityTail
from gmm_core.model.em.forms import Array
from gmm_core.model.em.gaps import patterns
from gmm_core.model.mixture import Mixture
from gmm_core.model.threads import n_cores, one_blas_thread

Rows = NDArray[np.intp]

MOST_DRAWS, LEAST_DRAWS = 65_536, 1_024
"""Draws for the p-values of rows without gaps, and at least for those of each pattern of gaps."""

DRAWS_A_ROW = 16
"""Draws for each row of a pattern of gaps, between these two."""

CHUNK = 16_384
"""Rows that a thread takes at a time."""


@dataclass(frozen=True, eq=False)
class Oddness:
    """How N rows look under a mixture. All but the log density is the same in any units.

    Attributes
    ----------
    log_density : (N,) array
        Of the values that a row has, in the mixture's units; noise plays no part.
    surplus : (N,) array
        Log density less what the mixture gives to its own rows on average, so that rows with gaps compare.
    p_value : (N,) array
        Share of the mixture's own rows, with the same gaps, that have a density as low.
    distance : (N,) array
        Squared Mahalanobis distance from the likeliest component.
    n_observed : (N,) array of int
        Columns in which a row has a value.
    label : (N,) array of int
        The likeliest component.
    tail : DensityTail
        Of rows without gaps.
    """

    log_density: Array
    surplus: Array
    p_value: Array
    distance: Array
    n_observed: Rows
    label: Rows
    tail: DensityTail

    @property
    def distance_p_value(self) -> Array:
        """Chance of a distance as large for a row of that component, (N,): chi-square, as many degrees as columns.

        Source: Mardia, Kent and Bibby (1979), Multivariate Analysis, theorem 2.5.2.
        """
        return distance_p_value(self.distance, self.n_observed)

    @cached_property
    def order(self) -> Rows:
        """Positions of the rows, the oddest first, (N,)."""
        order = np.argsort(self.p_value, kind="stable")
        n_furthest = int((self.p_value <= self.p_value[order[:1]]).sum())  # these have p-values too small to tell apart
        furthest = order[:n_furthest]
        return np.concatenate([furthest[np.argsort(self.surplus[furthest], kind="stable")], order[n_furthest:]])

    @cached_property
    def sorted_p_values(self) -> Array:
        """The p-values, rising, (N,)."""
        return self.p_value[self.order]

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return 8 * self.log_density.nbytes

    def ranks(self, p_values: Array) -> Array:
        """Share of these rows that are as odd as rows with such p-values (M,), (M,)."""
        return np.asarray(np.searchsorted(self.sorted_p_values, p_values, side="right") / max(len(self.p_value), 1))


def distance_p_value(distance: Array, n_observed: Rows) -> Array:
    """Upper tail of the chi-square distribution with ``n_observed`` (N,) degrees of freedom; 1 where there are none."""
    from scipy.special import chdtrc

    return np.asarray(np.where(n_observed > 0, chdtrc(np.maximum(n_observed, 1), distance), 1.0))


def oddness_of(mixture: Mixture, x: Array, seed: int = 0) -> Oddness:
    """How odd rows (N, D) are, NaN in their gaps.

    Noise takes rows that fit no component, so it would hide what is asked for here: rows are held against the
    components alone, their weights brought to a sum of 1. The ``seed`` is that of the simulated p-values.
    """
    groups = without_noise(mixture)
    complete = DensityTail.of(groups, MOST_DRAWS, np.random.default_rng(seed))
    n = len(x)
    found = Oddness(np.zeros(n), np.zeros(n), np.ones(n), np.zeros(n), _zeros(n), _zeros(n), complete)
    for rows, observed in _patterns(x):
        _fill(found, groups, x, rows, observed, seed)
    return found


def _zeros(n: int) -> Rows:
    return np.zeros(n, dtype=np.intp)


def without_noise(mixture: Mixture) -> Mixture:
    """The components alone, their weights brought to a sum of 1."""
    return replace(mixture, weights=mixture.weights / mixture.weights.sum(), noise=None)


def _patterns(x: Array) -> list[tuple[Rows | slice, Rows]]:
    if np.isnan(x).any():
        return list(patterns(x))
    return [(slice(None), np.arange(x.shape[1]))]


def _fill(found: Oddness, groups: Mixture, x: Array, rows: Rows | slice, observed: Rows, seed: int) -> None:
    """Write what is known of the rows of one pattern; a row of gaps only is as ordinary as can be."""
    if not len(observed):
        return
    whole = len(observed) == groups.n_features
    part = groups if whole else groups.marginal(observed.tolist())
    values = x[rows] if whole else x[rows][:, observed]
    tail = found.tail
    if not whole:
        n_draws = min(max(DRAWS_A_ROW * len(values), LEAST_DRAWS), MOST_DRAWS)
        tail = DensityTail.of(part, n_draws, np.random.default_rng([seed, *observed.tolist()]))
    measures = _measured(part, values, tail)
    targets = (found.log_density, found.p_value, found.distance, found.label)
    for target, measure in zip(targets, measures, strict=True):
        target[rows] = measure
    found.surplus[rows] = measures[0] - tail.mean
    found.n_observed[rows] = len(observed)


def _measured(part: Mixture, x: Array, tail: DensityTail) -> tuple[Array, Array, Array, Rows]:
    """Log density, p-value, squared distance and likeliest component of rows without gaps, (N,) each."""
    log_density, p_value, distance = (np.empty(len(x)) for _ in range(3))
    label = np.empty(len(x), dtype=np.intp)

    def work(at: slice) -> None:
        log_density[at], distance[at], label[at] = nearest(part, x[at])
        p_value[at] = tail(log_density[at])

    _in_threads(work, len(x))
    return log_density, p_value, distance, label


def nearest(part: Mixture, x: Array) -> tuple[Array, Array, Rows]:
    """Log density, squared distance from the likeliest component, and which it is, of rows without gaps: (N,) each."""
    log_peaks = np.diagonal(part.log_component_densities(part.means))
    log_joint = part.log_component_densities(x)
    label = log_joint.argmax(axis=1)
    peak = np.take_along_axis(log_joint, label[:, None], axis=1)
    log_density = peak[:, 0] + np.log(np.exp(log_joint - peak).sum(axis=1))
    return log_density, np.maximum(2.0 * (log_peaks[label] - peak[:, 0]), 0.0), label


def _in_threads(work: Callable[[slice], None], n_rows: int) -> None:
    """Do the work for each stretch of rows, over threads where there are several."""
    stretches = [slice(at, at + CHUNK) for at in range(0, n_rows, CHUNK)]
    if len(stretches) < 2:
        for each in stretches:
            work(each)
        return
    with one_blas_thread(), ThreadPoolExecutor(n_cores(), thread_name_prefix="gmm-odd") as pool:
        list(pool.map(work, stretches))
