"""The E step over rows with gaps: maximum likelihood under values missing at random, for every family.

Rows that have the same columns form a pattern, and a pattern is fitted as complete rows are: by the marginal of the
parameters on its columns. Its moments then expand linearly to those of all columns, by the regression of the missing
columns on the observed ones. So the cost follows the number of patterns, and the M step knows nothing of gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows, Scaling

Positions = NDArray[np.intp]


def patterns(x: Array) -> Iterator[tuple[Positions, Positions]]:
    """Rows of (N, D) by which columns they have: positions of the rows, and of the observed columns, both rising."""
    observed = ~np.isnan(x)
    keys, pattern = np.unique(np.packbits(observed, axis=1), axis=0, return_inverse=True)
    order = np.argsort(pattern.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(pattern.ravel(), minlength=len(keys)))
    for rows in np.split(order, ends[:-1]):
        yield rows, np.flatnonzero(observed[rows[0]])


def regression(marginal: Parameters, dense: Array, observed: Positions) -> tuple[Array, Array]:
    """Of all columns on the observed ones, within each component: slopes (K, D, O) and what stays open (K, D, D).

    The slopes of an observed column are 1 on itself, and nothing of it stays open. ``dense`` (K, D, D) are the
    covariances, ``marginal`` the parameters on the observed columns.

    Source: Little and Rubin (2002), Statistical Analysis with Missing Data, section 11.2.1.
    """
    precision = np.matmul(marginal.factor.transpose(0, 2, 1), marginal.factor)
    slopes = dense[:, :, observed] @ precision
    slopes[:, observed] = np.eye(len(observed))
    rest = dense - slopes @ dense[:, observed]
    rest[:, observed] = 0.0
    rest[:, :, observed] = 0.0
    return slopes, rest


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one pattern, and E steps over their observed columns."""

    rows: Positions
    observed: Positions
    expect: Expectation
    complete: bool
    """Whether no column is missing: such rows take the way that they take in a table without gaps."""

    def moments(self, parameters: Parameters, dense: Array) -> Moments:
        """Expected moments of all columns given the observed ones, with dense second moments (K, D, D).

        Source: Ghahramani and Jordan (1994), Supervised learning from incomplete data via an EM approach, section 3.
        """
        marginal = parameters.marginal(self.observed)
        found = self.expect(marginal)
        slopes, rest = regression(marginal, dense, self.observed)
        first = np.matmul(slopes, found.first[:, :, None])[:, :, 0]
        second = slopes @ found.second @ slopes.transpose(0, 2, 1) + found.counts[:, None, None] * rest
        return replace(found, first=first, second=second)

    def memberships(self, parameters: Parameters) -> Iterator[Array]:
        """Memberships (K, B) of one block of rows after another; each is overwritten by the next."""
        return self.expect.memberships(parameters.marginal(self.observed))


class ExpectationWithGaps(Expectation):
    """E steps over rows of which some have gaps, and each has a value."""

    def __init__(self, table: Array, scaling: Scaling, weights: Array | None = None) -> None:
        """Rows of the table (N, D), NaN in their gaps, with row weights (N,) where rows don't count once."""
        super().__init__(Rows.scaled(table, scaling, weights))
        self.parts = [
            Part(rows, observed, _expectation(table, scaling, weights, rows, observed), len(observed) == table.shape[1])
            for rows, observed in patterns(table)
        ]

    def __call__(self, parameters: Parameters) -> Moments:
        dense = parameters.dense
        expanded = reduce(add, (part.moments(parameters, dense) for part in self.parts if not part.complete))
        packed = replace(expanded, second=parameters.form.pack_scatter(expanded.second))
        return reduce(add, (part.expect(parameters) for part in self.parts if part.complete), packed)

    def memberships(self, parameters: Parameters) -> Iterator[Array]:
        blocks = [np.array(resp) for part in self.parts for resp in part.memberships(parameters)]
        order = np.argsort(np.concatenate([part.rows for part in self.parts]))
        ends = np.cumsum([z.shape[1] for shard in self.rows.shards for z in shard.blocks])
        yield from np.split(np.concatenate(blocks, axis=1)[:, order], ends[:-1], axis=1)

    @property
    def column_weights(self) -> Array:
        weights = np.zeros(self.rows.n_features)
        for part in self.parts:
            weights[part.observed] += part.expect.total_weight
        return weights


def expectation_over(table: Array, scaling: Scaling, weights: Array | None = None) -> Expectation:
    """E steps over the rows of a table (N, D) with or without gaps, weighted or not."""
    if np.isnan(table).any():
        return ExpectationWithGaps(table, scaling, weights)
    return Expectation(Rows.scaled(table, scaling, weights))


def _expectation(
    table: Array, scaling: Scaling, weights: Array | None, rows: Positions, observed: Positions
) -> Expectation:
    """E steps over some rows and columns."""
    some = Scaling(scaling.centre[observed], scaling.scale[observed])
    return Expectation(Rows.scaled(table[np.ix_(rows, observed)], some, None if weights is None else weights[rows]))
