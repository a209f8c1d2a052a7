"""The E step over rows of many patterns of gaps, few rows each: completed at once, not pattern by pattern.

Rows with as many gaps take the way of complete ones together, but for one projection for each gap (``completion``). No
pattern costs a call of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from gmm_core.model.em.completion import Directions, Positions, inner_products
from gmm_core.model.em.expectation import beside_noise, normalise, with_noise
from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import LOG_2PI, Parameters
from gmm_core.model.em.rows import Scaling

BLOCK = 512
"""Rows in a block: 256 to 1,024 are as fast for 6 to 50 features and 3 to 10 components (measured)."""


@dataclass(frozen=True, eq=False)
class ThinBlock:
    """Rows with the same number of gaps, M, in P patterns.

    Attributes
    ----------
    rows : (B,) array
        Where they stand in the table; those of a pattern are neighbours.
    z : (D, B) array
        The scaled rows, with any number in the gaps.
    missing : (M, P) array
        Positions of the gaps.
    pattern : (B,) array
        The pattern of each row.
    weights : (B,) array or None
    """

    rows: Positions
    z: Array
    missing: Positions
    pattern: Positions
    weights: Array | None

    def moments(self, parameters: Parameters, white: Array) -> Moments:
        """Expected moments of all columns given the observed ones, with dense second moments (K, D, D)."""
        directions = Directions.of(white, self.missing)
        d, resp = self._completed(parameters, white, directions)
        log_likelihood = normalise(resp, self.weights, self._log_noise(parameters))
        if self.weights is not None:
            resp *= self.weights
        held = np.add.reduceat(resp, self._starts, axis=1)
        first = np.matmul(d, resp[:, :, None])[:, :, 0]
        second = Dense().scatter(d, resp) + directions.open_scatter(held, self.missing)
        return with_noise(Moments(log_likelihood, resp.sum(axis=1), first, second), parameters, self._total_weight)

    def memberships(self, parameters: Parameters, white: Array) -> Array:
        """Memberships (K, B); (K + 1, B) with noise."""
        _, resp = self._completed(parameters, white, Directions.of(white, self.missing))
        normalise(resp, log_noise=self._log_noise(parameters))
        return beside_noise(resp, parameters)

    def expected(self, parameters: Parameters, white: Array) -> tuple[Array, Array]:
        """Mean and variance of each gap within each component given the observed columns, both (K, M, B)."""
        directions = Directions.of(white, self.missing)
        d, _ = self._completed(parameters, white, directions)
        means = d[self._gaps] + parameters.means[:, self.missing[:, self.pattern]]
        return means, directions.open_variances[:, :, self.pattern]

    @property
    def cells(self) -> tuple[Positions, Positions]:
        """Rows and columns of the gaps in the table, together (M, B)."""
        return self.rows, self.missing[:, self.pattern]

    def _completed(self, parameters: Parameters, white: Array, directions: Directions) -> tuple[Array, Array]:
        """The rows less each mean with what is expected in their gaps, (K, D, B), and their log densities (K, B)."""
        d = self.z - parameters.means[:, :, None]
        d[self._gaps] = 0.0
        d[self._gaps], whitened = directions.completed(d, white, self.pattern)
        peaks = parameters.log_peaks[:, None] + 0.5 * len(self.missing) * LOG_2PI - directions.log_lengths
        return d, peaks[:, self.pattern] - 0.5 * inner_products(whitened, whitened)

    def _log_noise(self, parameters: Parameters) -> Array | None:
        """Log of the noise's weighted density at each row, (B,)."""
        if parameters.noise is None:
            return None
        present = np.ones((self.missing.shape[1], len(self.z)), dtype=bool)
        present[np.arange(len(present)), self.missing] = False
        return parameters.noise.log_densities(present)[self.pattern]

    @property
    def _gaps(self) -> tuple[slice, Positions, Positions]:
        """Where the gaps stand in (K, D, B)."""
        return slice(None), self.missing[:, self.pattern], np.arange(len(self.rows))

    @cached_property
    def _starts(self) -> Positions:
        """The first row of each pattern."""
        return np.searchsorted(self.pattern, np.arange(self.missing.shape[1]))

    @cached_property
    def _total_weight(self) -> float:
        return float(len(self.rows) if self.weights is None else self.weights.sum())


def thin_blocks(
    table: Array, scaling: Scaling, weights: Array | None, patterns: Sequence[tuple[Positions, Positions]]
) -> Iterator[ThinBlock]:
    """Blocks over some rows of the table (N, D), given by patterns: positions of their rows and observed columns."""
    for _, alike in groupby(sorted(patterns, key=_n_observed), key=_n_observed):
        rows = np.concatenate([rows for rows, _ in alike])
        for at in range(0, len(rows), BLOCK):
            yield _block(table, scaling, weights, rows[at : at + BLOCK])


def _n_observed(pattern: tuple[Positions, Positions]) -> int:
    return len(pattern[1])


def _block(table: Array, scaling: Scaling, weights: Array | None, rows: Positions) -> ThinBlock:
    x = table[rows]
    gaps = np.isnan(x)
    new = np.concatenate([[True], (gaps[1:] != gaps[:-1]).any(axis=1)])
    missing = np.nonzero(gaps[new])[1].reshape(new.sum(), -1).T
    z = np.where(gaps, 0.0, scaling.to_z(x)).T
    shares = None if weights is None else weights[rows]
    return ThinBlock(rows, np.ascontiguousarray(z), missing, np.cumsum(new) - 1, shares)
