"""k-means: centres that leave the least squared distance between rows and their nearest centre.

It is the limit of EM for equal spherical components as their common variance goes to 0 (Bishop 2006, section 9.3.2), so
it stands beside the mixture as the comparison that readers ask for. The passes over the rows are those of ``em.lloyd``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import as_table, check_distinct, check_whole
from gmm_core.model.em.forms import Array
from gmm_core.model.em.lloyd import Settled, assigned, in_blocks, lloyd, spread_centres
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.sample import check_weights
from gmm_core.model.threads import one_blas_thread

SCOUT_ROWS = 20_000
"""Rows on which the starts of a larger table are tried; the best then goes on over all rows."""


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


Watch = Callable[[int], bool]
"""Given the number of starts done, after each pass over the rows; False ends it with the best so far."""


def k_means(
    X: object,
    n_clusters: int,
    n_init: int = 25,
    seed: int = 0,
    sample_weight: object = None,
    watch: Watch = lambda n_done: True,
) -> KMeansResult:
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
    watch : callable, optional

    Raises
    ------
    SettingsError
        For a K, a number of starts or a seed that is none.
    DataError
        For gaps, infinite values, weights that are none, or fewer distinct rows than clusters (TooFewRowsError).
    """
    for name, value, least in (("n_clusters", n_clusters, 1), ("n_init", n_init, 1), ("seed", seed, 0)):
        check_whole(name, value, least)
    table, _ = as_table(X)
    weights = check_weights(sample_weight, len(table))
    check_distinct(table if weights is None else table[weights > 0], n_clusters)
    scaling = common_scaling(table, weights)
    rows, rng = Rows.scaled(table, scaling, weights), np.random.default_rng(seed)
    with one_blas_thread():
        settled = _best_start(*_scouts(table, weights, rng), scaling, n_clusters, n_init, rng, watch)
        if len(table) > SCOUT_ROWS:
            settled = lloyd(rows, settled.centres, go_on=lambda: watch(n_init))
        centres = settled.centres[np.lexsort(settled.centres.T[::-1])]
        labels, squares = assigned(rows, centres)
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


def _scouts(table: Array, weights: Array | None, rng: np.random.Generator) -> tuple[Array, Array | None]:
    """All rows with their weights; or some of many, drawn by their weights, so that each drawn counts once."""
    if len(table) <= SCOUT_ROWS:
        return table, weights
    if weights is None:
        return table[rng.choice(len(table), SCOUT_ROWS, replace=False)], None
    return table[rng.choice(len(table), SCOUT_ROWS, p=weights / weights.sum())], None


def _best_start(
    table: Array,
    weights: Array | None,
    scaling: Scaling,
    n_clusters: int,
    n_init: int,
    rng: np.random.Generator,
    watch: Watch,
) -> Settled:
    """Of ``n_init`` starts on the rows of (N, D) the one of least inertia."""
    z = scaling.to_z(table)
    rows, ends = in_blocks(z, weights), list[Settled]()
    while (len(ends) < n_init and watch(len(ends))) or not ends:
        ends.append(lloyd(rows, spread_centres(z, n_clusters, rng, weights), go_on=lambda: watch(len(ends))))
    return min(ends, key=lambda end: end.inertia)
