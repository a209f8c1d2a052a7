"""k-means: centres that leave the least squared distance between rows and their nearest centre.

It is the limit of EM for equal spherical components as their common variance goes to 0 (Bishop 2006, section 9.3.2), so
it stands beside the mixture as the comparison that readers ask for. It seeds EM, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import as_table, check_distinct, check_whole
from gmm_core.model.em.forms import Array
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.sample import check_weights
from gmm_core.model.threads import one_blas_thread

SCOUT_ROWS = 20_000
"""Rows on which the starts of a larger table are tried; the best then goes on over all rows."""

MOST_PASSES = 300

SETTLED = 1e-10
"""Lloyd's algorithm stops once the centres' moves, squared and summed, are below this: the scaled rows spread by 1."""


@dataclass(frozen=True, eq=False)
class KMeansResult:
    """The best of several starts, in the units of the data.

    Attributes
    ----------
    centres : (K, D) array
        By their value in the first column, ties by the next columns, as a mixture's components.
    labels : (N,) array of int
        The nearest centre of each row.
    inertia : float
        Sum over rows of the squared distance to their centre, each times the row's weight.
    n_iterations : int
        Passes over the rows that the best start took, over all of them where starts were tried on some.
    """

    centres: Array
    labels: NDArray[np.intp]
    inertia: float
    n_iterations: int


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


def k_means(X: object, n_clusters: int, n_init: int = 25, seed: int = 0, sample_weight: object = None) -> KMeansResult:
    """Lloyd's algorithm from ``n_init`` draws of k-means++ centres; the one of least inertia.

    The columns count in the units in which they are given. Inside they are divided by one scale, which changes no
    answer, as for the spherical families, of which k-means is the limit. So hand over the columns that the mixture was
    fitted to, and standardise them first where their units have nothing to do with each other.

    Parameters
    ----------
    X : (N, D) table
        Without gaps.
    n_clusters : int
        K.
    n_init : int
        Starts. Those of a table of more than ``SCOUT_ROWS`` rows are tried on so many of them, drawn by their weights.
    seed : int
    sample_weight : (N,) array, optional
        How often each row counts. A row of weight 0 moves no centre, but gets a label.

    Raises
    ------
    SettingsError
        For a K, a number of starts or a seed that is none.
    DataError
        For gaps, infinite values, weights that are none, or fewer distinct rows than clusters (TooFewRowsError).

    Source: Lloyd (1982), Least squares quantization in PCM; Arthur and Vassilvitskii (2007), k-means++.
    """
    for name, value, least in (("n_clusters", n_clusters, 1), ("n_init", n_init, 1), ("seed", seed, 0)):
        check_whole(name, value, least)
    table, _ = as_table(X)
    weights = check_weights(sample_weight, len(table))
    check_distinct(table if weights is None else table[weights > 0], n_clusters)
    scaling = common_scaling(table, weights)
    rows = Rows.scaled(table, scaling, weights)
    with one_blas_thread():
        settled = _settled(rows, n_clusters, n_init, np.random.default_rng(seed))
        centres = settled.centres[np.lexsort(settled.centres.T[::-1])]
        labels, squares = _assigned(rows, centres)
    inertia = float(scaling.scale[0]) ** 2 * float(squares.sum() if weights is None else squares @ weights)
    return KMeansResult(scaling.centre + scaling.scale * centres, labels, inertia, settled.n_iterations)


def common_scaling(table: Array, weights: Array | None) -> Scaling:
    """The means of the columns of (N, D), and as the scale of each the root mean square about them over all cells."""
    centre = np.average(table, axis=0, weights=weights)
    d = table - centre
    largest = float(np.abs(d).max()) or 1.0  # first, so that no square overflows or vanishes, whatever the unit
    d /= largest
    spread = np.sqrt(np.average(np.einsum("nd,nd->n", d, d), weights=weights) / table.shape[1])
    return Scaling(centre, np.full(table.shape[1], largest * float(spread) or 1.0))


def lloyd(rows: Rows, centres: Array, most_passes: int = MOST_PASSES) -> Settled:
    """Move centres (K, D) to the mean of the rows nearest to each, until they stay.

    A cluster without rows goes on from the row farthest from its centre, where there is one off its centre.
    """
    change, n_passes = np.inf, 0
    while change > SETTLED and n_passes < most_passes:
        moved, inertia = _moved(rows, centres)
        change = float(((moved - centres) ** 2).sum())
        centres, n_passes = moved, n_passes + 1
    return Settled(centres, inertia, n_passes)


def in_blocks(z: Array, weights: Array | None = None) -> Rows:
    """Rows (N, D) that are scaled already, as ``lloyd`` wants them."""
    return Rows.scaled(z, Scaling(np.zeros(z.shape[1]), np.ones(z.shape[1])), weights)


def spread_centres(z: Array, n_clusters: int, rng: np.random.Generator, weights: Array | None = None) -> Array:
    """Rows of (N, D) as centres (K, D), drawn far apart: see ``em.seeding.k_means_plus_plus``."""
    counts = np.ones(len(z)) if weights is None else weights
    centres = [z[rng.integers(len(z)) if weights is None else rng.choice(len(z), p=weights / weights.sum())]]
    closest = square_distances(z, centres[0])
    n_trials = 2 + int(np.log(n_clusters))
    for _ in range(n_clusters - 1):
        total = counts @ closest  # zero once every row looked at equals a centre
        drawn = rng.choice(len(z), n_trials, p=counts * closest / total if total > 0 else None)
        options = [np.minimum(closest, square_distances(z, z[i])) for i in drawn]
        best = int(np.argmin([counts @ option for option in options]))
        centres.append(z[drawn[best]])
        closest = options[best]
    return np.array(centres)


def square_distances(z: Array, centre: Array) -> Array:
    """Of rows (N, D) to a centre (D,), (N,)."""
    d = z - centre
    return np.asarray(np.einsum("nd,nd->n", d, d))


def _settled(rows: Rows, n_clusters: int, n_init: int, rng: np.random.Generator) -> Settled:
    """The start of least inertia; of a large table's, tried on some rows, what becomes of it on all rows."""
    z, weights = _scouts(rows, rng)
    scouts = in_blocks(z, weights)
    ends = [lloyd(scouts, spread_centres(z, n_clusters, rng, weights)) for _ in range(n_init)]
    best = min(ends, key=lambda end: end.inertia)
    return best if len(z) == rows.n_rows else lloyd(rows, best.centres)


def _scouts(rows: Rows, rng: np.random.Generator) -> tuple[Array, Array | None]:
    """All rows (N, D) with their weights; or some of many, drawn by their weights, so that each drawn counts once."""
    z, weights = _table(rows), _weights(rows)
    if len(z) <= SCOUT_ROWS:
        return z, weights
    if weights is None:
        return z[rng.choice(len(z), SCOUT_ROWS, replace=False)], None
    return z[rng.choice(len(z), SCOUT_ROWS, p=weights / weights.sum())], None


def _moved(rows: Rows, centres: Array) -> tuple[Array, float]:
    """The mean (K, D) of the rows nearest to each centre, and the inertia about the centres given (see ``Settled``)."""
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
    empty = np.flatnonzero(counts == 0)
    means = np.where(counts[:, None] > 0, sums / np.where(counts > 0, counts, 1.0)[:, None], centres)
    if len(empty):
        far = _farthest(rows, centres, len(empty))
        means[empty[: len(far)]] = far
    return means, inertia


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


def _assigned(rows: Rows, centres: Array) -> tuple[NDArray[np.intp], Array]:
    """The nearest centre of each row, (N,), and the squared distance to it, (N,), from differences: to all digits."""
    labels, squares = [], []
    for z, _ in _blocks(rows):
        nearest = _scores(z, centres).argmin(axis=0)
        d = z - centres.T[:, nearest]
        labels.append(nearest)
        squares.append(np.einsum("db,db->b", d, d))
    return np.concatenate(labels), np.concatenate(squares)


def _farthest(rows: Rows, centres: Array, n: int) -> Array:
    """At most ``n`` rows (n, D) with a weight, those farthest from their centres, none that lies upon its own."""
    squares, weights = _assigned(rows, centres)[1], _weights(rows)
    if weights is not None:
        squares = np.where(weights > 0, squares, 0.0)
    found = np.argsort(-squares, kind="stable")[:n]
    return _table(rows)[found[squares[found] > 0]]


def _blocks(rows: Rows) -> Iterator[tuple[Array, Array | None]]:
    """Blocks (D, B) with the weights of their rows."""
    return (block for shard in rows.shards for block in shard.weighted_blocks)


def _table(rows: Rows) -> Array:
    """All rows, (N, D)."""
    return np.concatenate([z for z, _ in _blocks(rows)], axis=1).T


def _weights(rows: Rows) -> Array | None:
    """Their weights, (N,); None where every row counts once."""
    found = [w for _, w in _blocks(rows) if w is not None]
    return np.concatenate(found) if found else None
