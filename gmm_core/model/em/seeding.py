"""Where EM starts: memberships of (a sample of) the rows, made by one of several registered ways."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array
from gmm_core.model.em.lloyd import in_blocks, lloyd, spread_centres, square_distances

Seeding = Callable[[Array, int, np.random.Generator], Array]
"""From scaled rows (N, D), K and a generator to hard or soft memberships (K, N)."""

LLOYD_ITERATIONS = 25

MERGED = 0.8
"""The part of the rows that ``hierarchical`` merges, at most ``MOST_MERGED`` rows: its cost grows with their square."""
MOST_MERGED = 2_000


def nearest(z: Array, centres: Array) -> Array:
    """Memberships (K, N), 1 for the nearest centre: rows (N, D), centres (K, D)."""
    return one_hot(square_distances(np.ascontiguousarray(z.T), centres).argmin(axis=0), len(centres))


def one_hot(labels: np.ndarray, n_components: int) -> Array:
    """Labels (N,) as memberships (K, N)."""
    return np.asarray(labels == np.arange(n_components)[:, None], dtype=float)


def k_means_plus_plus(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """Centres drawn far apart: each with probability proportional to its squared distance to those drawn before.

    The best of 2 + log K candidates is taken each time. Source: Arthur and Vassilvitskii (2007), k-means++.
    """
    return nearest(z, spread_centres(z, n_components, rng))


def k_means(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """Lloyd's algorithm from k-means++ centres."""
    return nearest(z, lloyd(in_blocks(z), spread_centres(z, n_components, rng), LLOYD_ITERATIONS).centres)


def random_points(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """Distinct rows drawn at random as centres."""
    marks = (z * rng.normal(size=z.shape[1])).sum(axis=1)  # rows with the same sum are the same: far sooner sorted
    distinct = z[np.unique(marks, return_index=True)[1]]
    too_few = len(distinct) < n_components  # of the rows looked at; the table has enough
    return nearest(z, distinct[rng.choice(len(distinct), n_components, replace=too_few)])


def random_memberships(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """Each row's memberships drawn uniformly, as scikit-learn's "random"."""
    resp = rng.uniform(size=(n_components, len(z)))
    return np.asarray(resp / resp.sum(axis=0))


def quantiles(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """K equal groups along a random direction; in one dimension, the quantiles."""
    direction = rng.normal(size=z.shape[1])
    ranks = np.argsort(np.argsort(z @ direction, kind="stable"), kind="stable")
    return one_hot(ranks * n_components // len(z), n_components)


def hierarchical(z: Array, n_components: int, rng: np.random.Generator) -> Array:
    """Ward's agglomeration of a sample of the rows; the others go with the nearest of the sample.

    Deterministic given the sample, which leaves out a fifth of the rows, so that another start is another start.
    Sources: Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58; Fraley (1998) starts EM so.
    """
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial import cKDTree

    n_sampled = min(MOST_MERGED, max(n_components, math.ceil(MERGED * len(z))), len(z))
    sample = z[np.sort(rng.choice(len(z), n_sampled, replace=False))]
    labels = _merged(linkage(sample, "ward"), n_components) if n_sampled > 1 else np.zeros(1, dtype=np.intp)
    return one_hot(labels[cKDTree(sample).query(z)[1]], n_components)


def _merged(merges: Array, n_groups: int) -> NDArray[np.intp]:
    """Labels (n,) once only ``n_groups`` groups are left of n rows: ``merges`` (n - 1, 4) is SciPy's linkage."""
    n_rows = len(merges) + 1
    members: dict[int, list[int]] = {row: [row] for row in range(n_rows)}
    for i, (first, second) in enumerate(merges[: n_rows - n_groups, :2].astype(int).tolist()):
        members[n_rows + i] = members.pop(first) + members.pop(second)
    labels = np.empty(n_rows, dtype=np.intp)
    for label, rows in enumerate(members.values()):
        labels[rows] = label
    return labels


SEEDINGS: dict[str, Seeding] = {
    "k-means++": k_means_plus_plus,
    "kmeans": k_means,
    "random_from_data": random_points,
    "random": random_memberships,
    "quantile": quantiles,
    "hierarchical": hierarchical,
}
"""By the name that ``init_params`` takes."""


def get_seeding(name: str) -> Seeding:
    """The way of starting called ``name``.

    Raises
    ------
    SettingsError
        Where there is no such way.
    """
    if name not in SEEDINGS:
        raise SettingsError(f"There is no start {name!r}.", f"Choose one of {', '.join(SEEDINGS)}.", value=name)
    return SEEDINGS[name]
