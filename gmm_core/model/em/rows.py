"""The rows of a table as EM wants them: scaled, component-major, in blocks that stay in the processor's cache."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from gmm_core.model.em.forms import Array

N_SHARDS = 8
"""Sums are taken shard by shard and added in order, so a result does not depend on the number of threads."""

MANY_ROWS = 200_000
"""Above this, a pass is mostly spread over threads. They wait for each other between any two steps of a block, less
often where blocks are twice as long (measured)."""


def block_length(n_features: int) -> int:
    """Rows in a block: measured to be fast from 1 to 50 features (tests/benchmarks), about half a megabyte."""
    return max(256, 64 * round(1024 / (n_features + 8)))


@dataclass(frozen=True)
class Scaling:
    """x = centre + scale * z, each (D,)."""

    centre: Array
    scale: Array

    def to_z(self, x: Array) -> Array:
        return np.asarray((x - self.centre) / self.scale)


@dataclass(frozen=True)
class Shard:
    """Neighbouring blocks of scaled rows, each (D, B): what one thread works on at a time."""

    blocks: tuple[Array, ...]
    weights: tuple[Array | None, ...]
    """Row weights of each block, (B,); None where every row counts once."""

    @cached_property
    def weighted_blocks(self) -> tuple[tuple[Array, Array | None], ...]:
        """Each block with its row weights."""
        return tuple(zip(self.blocks, self.weights, strict=True))

    @cached_property
    def total_weight(self) -> float:
        """What the rows count for: their number where every row counts once."""
        return float(sum(z.shape[1] if w is None else w.sum() for z, w in self.weighted_blocks))

    @cached_property
    def total(self) -> Array:
        """Weighted sum over the rows of z z', (D, D)."""
        n_features = len(self.blocks[0])
        roots = (z if w is None else z * np.sqrt(w) for z, w in self.weighted_blocks)
        return sum((z @ z.T for z in roots), start=np.zeros((n_features, n_features)))


@dataclass(frozen=True)
class Rows:
    """All rows of a table in the scaled space, in order, as at most ``N_SHARDS`` shards."""

    shards: tuple[Shard, ...]
    n_rows: int
    n_features: int

    @cached_property
    def total_weight(self) -> float:
        """What the rows count for: their number where every row counts once."""
        return sum(shard.total_weight for shard in self.shards)

    @property
    def weighted(self) -> bool:
        """Whether some row counts more or less than once."""
        return any(w is not None for shard in self.shards for w in shard.weights)

    @classmethod
    def scaled(cls, x: Array, scaling: Scaling, weights: Array | None = None) -> "Rows":
        """The (N, D) table ``x`` in the scaled space, with row weights (N,) where rows don't count once."""
        n_rows, n_features = x.shape
        length = block_length(n_features) * (2 if n_rows > MANY_ROWS else 1)
        starts = range(0, n_rows, length)
        blocks = [np.ascontiguousarray(scaling.to_z(x[at : at + length]).T) for at in starts]
        shares = [None if weights is None else weights[at : at + length] for at in starts]
        ends = [len(blocks) * i // N_SHARDS for i in range(N_SHARDS + 1)]
        shards = tuple(Shard(tuple(blocks[at:end]), tuple(shares[at:end])) for at, end in pairwise(ends) if end > at)
        return cls(shards, n_rows, n_features)


def mean_and_covariance(z: Array, weights: Array | None = None) -> tuple[Array, Array]:
    """Mean (D,) and covariance (D, D) of rows (N, D), by the divisor n - 1; row ``weights`` (N,) are frequencies."""
    counts = np.ones(len(z)) if weights is None else weights
    n = counts.sum()
    mean = counts @ z / n
    d = z - mean
    return mean, np.asarray((d.T * counts) @ d / max(n - 1, n / 2))  # a table whose weights sum to 1 has a spread too
