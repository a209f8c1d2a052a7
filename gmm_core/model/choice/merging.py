"""Merging components that share a cluster: one pair after another, first those that share most rows.

A cluster that is no Gaussian takes several components. BIC counts the components; this finds which of them make up a
cluster. Source: Baudry, Raftery, Celeux, Lo and Gottardo (2010), Combining mixture components for clustering, Journal
of Computational and Graphical Statistics 19, 332-353; R's mclust has it as ``clustCombi``.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.checking import as_table, check_whole
from gmm_core.model.em.forms import Array
from gmm_core.model.em.noise import noise_labelled
from gmm_core.model.sample import check_weights

Group = tuple[int, ...]
"""The components of a cluster, by their index, rising."""

BLOCK = 8_192
"""Rows taken at a time, so that what is made of them stays in the processor's cache."""

SMALLEST = np.finfo(float).tiny
"""Stands for a membership of 0 in a logarithm, which is then multiplied by that 0."""

ROUNDING = 1e-6
"""By how much the memberships of a row may sum to more than 1."""

APART = 0.01
"""Entropy, as a part of its most (a row shared equally by all), below which components hardly share a row."""

BENT = 2.0
"""How many times steeper than before the entropy rises behind a bend."""


@dataclass(frozen=True)
class Merge:
    """One step: two clusters become one, and the entropy falls by ``fall`` (nats, summed over rows).

    ``first`` is the one that holds the component of lowest index.
    """

    first: Group
    second: Group
    fall: float

    @property
    def pair(self) -> tuple[Group, Group]:
        """Both clusters."""
        return self.first, self.second

    @property
    def merged(self) -> Group:
        """The components of the new cluster."""
        return tuple(sorted(self.first + self.second))


@dataclass(frozen=True, eq=False)
class MergePath:
    """From a cluster for each of K components down to a single cluster.

    Attributes
    ----------
    entropies : (K,) array
        Of the rows' memberships (nats, summed over rows with their weights) with 1 to K clusters: the last is that of
        the mixture's own memberships, the first 0, or what is left to a noise.
    merges : tuple of Merge, (K - 1,)
        The first goes from K clusters to K - 1.
    n_rows : float
        Rows, or the sum of their weights.
    """

    entropies: Array
    merges: tuple[Merge, ...]
    n_rows: float

    @property
    def n_components(self) -> int:
        """K."""
        return len(self.entropies)

    @cached_property
    def heights(self) -> Array:
        """Height of each merge in a tree, (K - 1,): the fall of the entropy up to and with it."""
        return np.cumsum([merge.fall for merge in self.merges])

    @property
    def apart(self) -> bool:
        """Whether the components hardly share a row (``APART``)."""
        return bool(self.entropies[-1] < APART * self.n_rows * np.log(max(self.n_components, 2)))

    @cached_property
    def suggested(self) -> int:
        """A number of clusters to look at first, where the entropy plot bends: see mclust's ``clustCombiOptim``.

        Two straight lines that meet in a number of clusters from 2 to K - 1 are fitted to the entropies, and the number
        with the least squared error taken (Baudry et al., section 3.2). K itself where nothing asks to be merged: there
        are fewer than three components, they hardly share rows (``APART``), or the second line is hardly the steeper
        (``BENT``).
        """
        k = self.n_components
        if k < 3 or self.apart:
            return k
        lines = {n: (_line(self.entropies[:n]), _line(self.entropies[n - 1 :])) for n in range(2, k)}
        best = min(lines, key=lambda n: sum(error for _, error in lines[n]))
        (before, _), (after, _) = lines[best]
        return best if after > BENT * before else k

    def groups(self, n_clusters: int) -> tuple[Group, ...]:
        """The components of each of ``n_clusters`` clusters, in the order of their first component.

        Raises
        ------
        SettingsError
            For a number that is not from 1 to K.
        """
        check_whole("n_clusters", n_clusters, 1, self.n_components)
        clusters: set[Group] = {(k,) for k in range(self.n_components)}
        for merge in self.merges[: self.n_components - n_clusters]:
            clusters = clusters - {merge.first, merge.second} | {merge.merged}
        return tuple(sorted(clusters))

    def memberships(self, responsibilities: Array, n_clusters: int) -> Array:
        """Memberships of the clusters, (N, n): the sums of their components'; a noise's column stays, the last.

        ``responsibilities`` are (N, K), or (N, K + 1) with noise: those of the path, or of any other rows.
        """
        _check_width(responsibilities, self.n_components)
        noise = [(column,) for column in range(self.n_components, responsibilities.shape[1])]
        indicator = np.zeros((responsibilities.shape[1], n_clusters + len(noise)))
        for column, members in enumerate([*self.groups(n_clusters), *noise]):
            indicator[list(members), column] = 1.0
        return np.asarray(responsibilities @ indicator)

    def labels(self, responsibilities: Array, n_clusters: int) -> NDArray[np.intp]:
        """The likeliest cluster of each row, (N,), as its place in ``groups``; -1 for noise.

        It may be another than that of the row's likeliest component, which may be one of few or of many.
        """
        return noise_labelled(self.memberships(responsibilities, n_clusters).argmax(axis=1), n_clusters)


def merge_path(responsibilities: Array, row_weights: object = None) -> MergePath:
    """Merge the two clusters whose union lowers the entropy of the memberships most, until one is left.

    Parameters
    ----------
    responsibilities : (N, K) array
        Memberships of the components; without the column of a noise, which is no cluster.
    row_weights : (N,) array, optional
        How often each row counts.

    Raises
    ------
    DataError
        For memberships that are none, or weights that are none.
    """
    resp = _checked(responsibilities)
    weights = check_weights(row_weights, len(resp))
    clusters = _Clusters(resp, weights)
    merges = tuple(clusters.merge() for _ in range(resp.shape[1] - 1))
    single = max(float(clusters.own[0]), 0.0)
    entropies = single + np.cumsum([0.0, *(merge.fall for merge in reversed(merges))])
    return MergePath(entropies, merges, float(len(resp) if weights is None else weights.sum()))


class _Clusters:
    """Memberships by cluster, and by how much the union of any two would lower the entropy.

    The entropy is a sum over clusters, E_k = -sum_n w_n t_nk log t_nk, so a union changes the entropy by E of the sum
    less both E. A union leaves all falls alone but those of its own pairs, so few logarithms are taken.
    """

    def __init__(self, resp: Array, weights: Array | None) -> None:
        n_components = resp.shape[1]
        self.resp = np.array(resp.T, order="C")  # (K, N); the rows of a union are added up in place
        self.weights = weights
        self.members: dict[int, Group] = {k: (k,) for k in range(n_components)}
        self.own = np.array([self._entropies(slice(k, k + 1), None)[0] for k in range(n_components)])
        self.falls = np.full((n_components, n_components), -np.inf)  # of pairs j < i, at [i, j]
        for k in range(1, n_components):
            self.falls[k, :k] = self._falls(k, list(range(k)))

    def merge(self) -> Merge:
        """Unite the pair of the largest fall, the first of equally large ones."""
        larger, smaller = (int(k) for k in np.unravel_index(np.argmax(self.falls), self.falls.shape))
        merge = Merge(self.members[smaller], self.members.pop(larger), float(self.falls[larger, smaller]))
        self.members[smaller] = merge.merged
        self.own[smaller] += self.own[larger] - merge.fall
        self.resp[smaller] += self.resp[larger]
        self.falls[larger, :] = self.falls[:, larger] = -np.inf
        others = [k for k in self.members if k != smaller]
        for other, fall in zip(others, self._falls(smaller, others), strict=True):
            self.falls[max(smaller, other), min(smaller, other)] = fall
        return merge

    def _falls(self, k: int, others: list[int]) -> Array:
        """By how much the unions of cluster k with each of the others would lower the entropy, (m,)."""
        return np.maximum(self.own[k] + self.own[others] - self._entropies(others, k), 0.0)  # below 0 by rounding only

    def _entropies(self, clusters: list[int] | slice, added: int | None) -> Array:
        """E of some clusters, (m,), or of the union of each with one more."""
        total: Array | float = 0.0
        for at in range(0, self.resp.shape[1], BLOCK):
            piece = slice(at, at + BLOCK)
            resp = self.resp[clusters, piece]
            if added is not None:
                resp = resp + self.resp[added, piece]
            terms = np.log(np.maximum(resp, SMALLEST))
            terms *= resp
            total = total - (terms.sum(axis=1) if self.weights is None else terms @ self.weights[piece])
        return np.asarray(total)


def _line(entropies: Array) -> tuple[float, float]:
    """Slope and squared error of the straight line through entropies of successive numbers of clusters."""
    n = np.arange(len(entropies)) - (len(entropies) - 1) / 2
    d = entropies - entropies.mean()
    slope = float(n @ d / (n @ n))
    return slope, float(((d - slope * n) ** 2).sum())


def _checked(responsibilities: object) -> Array:
    resp = as_table(responsibilities)[0]
    if resp.min() < 0 or resp.sum(axis=1).max() > 1 + ROUNDING:
        raise DataError("These are no memberships.", "Give shares of 0 or more, that sum to 1 in each row.")
    return resp


def _check_width(responsibilities: Array, n_components: int) -> None:
    if responsibilities.ndim != 2 or responsibilities.shape[1] - n_components not in (0, 1):
        raise SettingsError(
            f"Memberships of shape {responsibilities.shape} don't fit {n_components} components.",
            "Give a column for each component, and at most one more, for the noise.",
        )
