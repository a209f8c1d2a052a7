"""What a component rests on: its rows, and how it compares with the components around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import count_distinct
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.parameters import LOG_2PI, Parameters
from gmm_core.model.em.rows import Rows

SHARE = 0.5
"""A component rests on the rows with at least this share of its largest responsibility."""

COUNTED = 2_000
"""Rows among which distinct ones are counted."""


@dataclass(frozen=True, eq=False)
class Support:
    """One component of a solution and the rows on which it rests.

    Attributes
    ----------
    parameters : Parameters
        The solution.
    dense : (K, D, D) array
        Its covariances.
    component : int
    positions : (m,) array of int
        Where the rows stand in the table.
    z : (D, m) array
        The rows, in the scaled space; nan in their gaps.
    """

    parameters: Parameters
    dense: Array
    component: int
    positions: NDArray[np.intp]
    z: Array

    @cached_property
    def n_distinct(self) -> int:
        """Rows that differ from each other: ties count once. At most ``COUNTED`` rows are looked at."""
        step = 1 + len(self.z.T) // COUNTED
        return count_distinct(self.z.T[::step])

    @cached_property
    def complete(self) -> Array:
        """The rows without gaps, (D, c); where there are none, the component's mean stands for them."""
        complete = self.z[:, ~np.isnan(self.z).any(axis=0)]
        return complete if complete.shape[1] else self.parameters.means[self.component][:, None]

    @cached_property
    def around(self) -> tuple[Array, float]:
        """The covariance (D, D) of the components that would take the rows, and how far out these lie among them.

        The covariance is the others' average, weighted by their responsibilities for the rows without this component.
        How far is the squared distance of the rows' mean from the others' centre, in standard deviations; where the
        others are several, the one that gives the same density (their shares, as parts of all rows, count too).
        """
        noise = self.parameters.noise
        if self.parameters.n_components == 1 and noise is not None:  # the noise would: an even spread over a box
            return noise.region.edges @ noise.region.edges.T / 12.0, 0.0
        others = np.delete(self.parameters.log_densities(self.complete), self.component, axis=0)  # (K - 1, m)
        peak = others.max(axis=0)
        resp = np.exp(others - peak)
        total = resp.sum(axis=0)
        log_density = peak + np.log(total) - np.log1p(-self.parameters.weights[self.component])
        shares = (resp / total).mean(axis=1)
        covariance = np.einsum("k,kde->de", shares, np.delete(self.dense, self.component, axis=0))
        log_peak = -0.5 * (self.parameters.n_features * LOG_2PI + np.linalg.slogdet(covariance)[1])
        within = np.trace(np.linalg.solve(covariance, self.dense[self.component]))
        return covariance, max(0.0, float(2 * (log_peak - log_density.mean()) - within))

    @cached_property
    def relative(self) -> tuple[Array, Array]:
        """Variances of the component where the rows around have unit covariance, ascending, (D,), and their directions.

        Direction j is column j of a (D, D) array: the component's variance along it, divided by that of the rows
        around, is variance j.
        """
        lower = np.linalg.cholesky(self.around[0])
        half = np.linalg.solve(lower, self.dense[self.component])
        values, vectors = np.linalg.eigh(np.linalg.solve(lower, half.T))
        return np.maximum(values, 0.0), np.linalg.solve(lower.T, vectors)


def supports(expect: Expectation, parameters: Parameters, dense: Array, components: Sequence[int]) -> list[Support]:
    """The supports of some components, from one pass over the rows."""
    if not components:
        return []
    chosen = list(components)
    resp = np.concatenate([block[chosen] for block in expect.memberships(parameters)], axis=1)
    rests_on = [np.flatnonzero(own >= SHARE * own.max()) for own in resp]
    pairs = zip(chosen, rests_on, strict=True)
    return [Support(parameters, dense, k, rows, rows_at(expect.rows, rows)) for k, rows in pairs]


def rows_at(rows: Rows, positions: NDArray[np.intp]) -> Array:
    """The rows at some positions, ascending, as columns (D, m)."""
    found, at = [], 0
    for shard in rows.shards:
        for z in shard.blocks:
            first, last = np.searchsorted(positions, [at, at + z.shape[1]])
            found.append(z[:, positions[first:last] - at])
            at += z.shape[1]
    return np.concatenate(found, axis=1)
