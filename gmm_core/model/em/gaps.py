"""The E step over rows with gaps: maximum likelihood under values missing at random, for every family.

Rows that have the same columns form a pattern, and a pattern is fitted as complete rows are: by the marginal of the
parameters on its columns. Its moments then expand linearly to those of all columns, by the regression of the missing
columns on the observed ones. So the cost follows the number of patterns, and the M step knows nothing of gaps. Patterns
of few rows are worked out many at once, see ``thin``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import add

import numpy as np

from gmm_core.model.em.completion import Positions, regression
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.em.thin import thin_blocks

FEW_ROWS = 64
"""Patterns of fewer rows are worked out many at once: of 32 that is up to nine times faster, of 256 mostly slower
(measured from 3 to 50 features and 2 to 10 components)."""


def patterns(x: Array) -> Iterator[tuple[Positions, Positions]]:
    """Rows of (N, D) by which columns they have: positions of the rows, and of the observed columns, both rising."""
    observed = ~np.isnan(x)
    keys, pattern = np.unique(np.packbits(observed, axis=1), axis=0, return_inverse=True)
    order = np.argsort(pattern.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(pattern.ravel(), minlength=len(keys)))
    for rows in np.split(order, ends[:-1]):
        yield rows, np.flatnonzero(observed[rows[0]])


def count_patterns(x: Array, n_rows: int = 20_000) -> int:
    """How many patterns some ``n_rows`` rows of (N, D) have."""
    if not np.isnan(x).any():
        return 1
    return sum(1 for _ in patterns(x[:: -(-len(x) // n_rows)]))


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one pattern, and E steps over their observed columns."""

    rows: Positions
    observed: Positions
    expect: Expectation
    complete: bool
    """Whether no column is missing: such rows take the way that they take in a table without gaps."""

    def moments(self, parameters: Parameters, white: Array) -> Moments:
        """Expected moments of all columns given the observed ones, with dense second moments (K, D, D).

        Source: Ghahramani and Jordan (1994), Supervised learning from incomplete data via an EM approach, section 3.
        """
        found = self.expect(parameters.marginal(self.observed))
        slopes, rest = regression(white, self.observed)
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
        found = list(patterns(table))
        self._present = ~np.isnan(table), weights
        self.parts = [
            Part(rows, observed, _expectation(table, scaling, weights, rows, observed), len(observed) == table.shape[1])
            for rows, observed in found
            if not _thin(rows, observed, table.shape[1])
        ]
        self.thin = list(thin_blocks(table, scaling, weights, [each for each in found if _thin(*each, table.shape[1])]))

    def __call__(self, parameters: Parameters) -> Moments:
        white = Dense().factor(parameters.dense)
        thin = self._map(parameters)(lambda block: block.moments(parameters, white), self.thin)
        thick = (part.moments(parameters, white) for part in self.parts if not part.complete)
        expanded = reduce(add, chain(thin, thick))
        packed = replace(expanded, second=parameters.form.pack_scatter(expanded.second))
        return reduce(add, (part.expect(parameters) for part in self.parts if part.complete), packed)

    def memberships(self, parameters: Parameters) -> Iterator[Array]:
        white = Dense().factor(parameters.dense)
        blocks = [np.array(resp) for part in self.parts for resp in part.memberships(parameters)]
        blocks += [block.memberships(parameters, white) for block in self.thin]
        rows = [part.rows for part in self.parts] + [block.rows for block in self.thin]
        order = np.argsort(np.concatenate(rows))
        ends = np.cumsum([z.shape[1] for shard in self.rows.shards for z in shard.blocks])
        yield from np.split(np.concatenate(blocks, axis=1)[:, order], ends[:-1], axis=1)

    @property
    def column_weights(self) -> Array:
        present, weights = self._present
        return np.asarray(present.sum(axis=0, dtype=float) if weights is None else weights @ present)


def _thin(rows: Positions, observed: Positions, n_features: int) -> bool:
    """Whether a pattern has gaps and few rows."""
    return len(rows) < FEW_ROWS and len(observed) < n_features


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
