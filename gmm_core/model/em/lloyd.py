"""Lloyd's algorithm in blocks of rows, and the centres from which it starts: k-means, as seeds for EM and on its own.

Sources: Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28; Arthur and
Vassilvitskii (2007), k-means++: the advantages of careful seeding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array
from gmm_core.model.em.rows import Rows, Scaling

MOST_PASSES = 300

SETTLED = 1e-10
"""Lloyd's algorithm stops once the centres' moves, squared and summed, are below this: the scaled rows spread by 1."""


@dataclass(frozen=True, eq=False)
class Settled:
    """Where Lloyd's algorithm ended, in the scaled space.

    Attributes
    ----------
    centres : (K, D) array
    inertia : float
        Before the last move, which was small; less the rows' own squared lengths, which are the same for all starts.
    n_iterations : int
        Passes over the rows.
    """

    centres: Array
    inertia: float
    n_iterations: int


def lloyd(
    rows: Rows, centres: Array, most_passes: int = MOST_PASSES, go_on: Callable[[], bool] | None = None
) -> Settled:
    """Move centres (K, D) to the mean of the rows nearest to each, until they stay, or ``go_on`` says no after a pass.

    A cluster without rows goes on from the row farthest from its centre, where there is one off its centre.
    """
    change, n_passes = np.inf, 0
    while change > SETTLED and n_passes < most_passes:
        moved, inertia = _moved(rows, centres)
        change = float(((moved - centres) ** 2).sum())
        centres, n_passes = moved, n_passes + 1
        if go_on is not None and not go_on():
            break
    return Settled(centres, inertia, n_passes)


def in_blocks(z: Array, weights: Array | None = None) -> Rows:
    """Rows (N, D) that are scaled already, as ``lloyd`` wants them."""
    return Rows.scaled(z, Scaling(np.zeros(z.shape[1]), np.ones(z.shape[1])), weights)


def spread_centres(z: Array, n_clusters: int, rng: np.random.Generator, weights: Array | None = None) -> Array:
    """Rows of (N, D) as centres (K, D), drawn far apart: see ``em.seeding.k_means_plus_plus``."""
    counts = np.ones(len(z)) if weights is None else weights
    first = rng.integers(len(z)) if weights is None else rng.choice(len(z), p=weights / weights.sum())
    by_column, centres = np.ascontiguousarray(z.T), [z[first]]
    closest = square_distances(by_column, np.array(centres))[0]
    n_trials = 2 + int(np.log(n_clusters))
    for _ in range(n_clusters - 1):
        total = counts @ closest  # zero once every row looked at equals a centre
        drawn = rng.choice(len(z), n_trials, p=counts * closest / total if total > 0 else None)
        options = np.minimum(closest, square_distances(by_column, z[drawn]))
        best = int(np.argmin(options @ counts))
        centres.append(z[drawn[best]])
        closest = options[best]
    return np.array(centres)


def square_distances(z: Array, centres: Array) -> Array:
    """Squared distances (K, N) of rows given as columns (D, N) to centres (K, D), to all digits."""
    d = z - centres[:, :, None]
    return np.asarray(np.einsum("kdn,kdn->kn", d, d))


def assigned(rows: Rows, centres: Array) -> tuple[NDArray[np.intp], Array]:
    """The nearest centre of each row, (N,), and the squared distance to it, (N,), from differences: to all digits."""
    labels, squares = [], []
    for z, _ in _blocks(rows):
        nearest = _scores(z, centres).argmin(axis=0)
        d = z - centres.T[:, nearest]
        labels.append(nearest)
        squares.append(np.einsum("db,db->b", d, d))
    return np.concatenate(labels), np.concatenate(squares)


def _moved(rows: Rows, centres: Array) -> tuple[Array, float]:
    """The mean (K, D) of the rows nearest to each centre, and the inertia about the centres given (see ``Settled``)."""
    counts, sums, inertia = _sums(rows, centres)
    held = counts > 0
    means = np.where(held[:, None], sums / np.where(held, counts, 1.0)[:, None], centres)
    if not held.all():
        far = _farthest(rows, centres, int((~held).sum()))
        means[np.flatnonzero(~held)[: len(far)]] = far
    return means, inertia


def _sums(rows: Rows, centres: Array) -> tuple[Array, Array, float]:
    """Of the rows nearest to each centre: their weight (K,), their sum (K, D), and the inertia."""
    counts, sums, inertia = np.zeros(len(centres)), np.zeros(centres.shape), 0.0
    for z, weights in _blocks(rows):
        scores = _scores(z, centres)
        least = scores.min(axis=0)
        held = _held(scores, least).astype(float)
        if weights is not None:
            held *= weights
        counts += held.sum(axis=1)
        sums += held @ z.T
        inertia += 2 * float(least.sum() if weights is None else least @ weights)
    return counts, sums, inertia


def _scores(z: Array, centres: Array) -> Array:
    """Half of the squared distances of a block (D, B) to the centres, less the rows' own part, (K, B)."""
    scores = centres @ -z
    scores += 0.5 * (centres**2).sum(axis=1)[:, None]
    return scores


def _held(scores: Array, least: Array) -> NDArray[np.bool_]:
    """Which centre has which rows, (K, B); the first of equally near ones."""
    held = np.equal(scores, least)
    if np.count_nonzero(held) > len(least):
        held = scores.argmin(axis=0) == np.arange(len(scores))[:, None]
    return held


def _farthest(rows: Rows, centres: Array, n: int) -> Array:
    """At most ``n`` rows (n, D) with a weight, those farthest from their centres, none that lies upon its own."""
    squares = assigned(rows, centres)[1]
    if rows.weighted:
        squares[np.concatenate([weights for _, weights in _blocks(rows) if weights is not None]) == 0] = 0.0
    found = np.argsort(-squares, kind="stable")[:n]
    table = np.concatenate([z for z, _ in _blocks(rows)], axis=1).T
    return np.asarray(table[found[squares[found] > 0]])


def _blocks(rows: Rows) -> Iterator[tuple[Array, Array | None]]:
    """Blocks (D, B) with the weights of their rows."""
    return (block for shard in rows.shards for block in shard.weighted_blocks)
