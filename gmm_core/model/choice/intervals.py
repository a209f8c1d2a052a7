"""How far the parameters of a fit, and its clusters, would move with other rows of the same kind.

A replicate gives the rows of the table other weights. For the intervals it is fitted from the fit's own parameters:
they tell how firmly the fit holds its place, not whether another place would do as well. That is what the stability
tells, for which a replicate is also fitted from a start of its own, and the likelier of both ends counts.

Sources: O'Hagan, Murphy, Scrucca and Gormley (2019), Investigation of parameter uncertainty in clustering using a
Gaussian mixture model via jackknife, bootstrap and weighted likelihood bootstrap, Computational Statistics 34,
1779-1813; Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics and Data Analysis 52,
258-271.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.checking import as_table, check_whole
from gmm_core.model.choice.agreement import adjusted_rand
from gmm_core.model.choice.matching import matching_order, similarities
from gmm_core.model.choice.refitting import less_precise, likeliest, start_at
from gmm_core.model.choice.replicates import gather
from gmm_core.model.choice.reweighing import Reweigh, get_kind
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.em.forms import Array
from gmm_core.model.families import get_family
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.sample import check_weights
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Watch

MATCHING_ROWS = 5_000
"""So many rows, or up to twice as many, tell which components belong together."""

Clusters = tuple[Array, float]
"""Similarities (K,) of the fit's clusters to those of a replicate, and the adjusted Rand index of all."""

WatchBootstrap = Callable[[Bootstrap], bool]
"""Given what there is, at every pass over the rows of a replicate and after each; False ends it there."""


def bootstrap(
    fit: Fit,
    X: object,
    settings: FitSettings,
    kind: str = "weighted",
    n_replicates: int = 200,
    watch: WatchBootstrap | None = None,
    weights: object = None,
    n_fresh: int = 50,
) -> Bootstrap:
    """Replicates of a ``fit`` of the rows of ``X`` (N, D) by ``settings``, with row ``weights`` (N,) if it had any.

    Parameters
    ----------
    kind : str
        "weighted" or "rows", from ``KINDS``. Where a group has few rows, those drawn again collapse more often.
    n_replicates, n_fresh : int
        For the intervals, and after them for the stability.

    Raises
    ------
    SettingsError
        For an unknown kind, numbers without meaning, or settings that are not those of the fit.
    DataError
        For rows that cannot be fitted, or weights that don't count rows where rows are to be drawn.
    """
    _check(fit, settings, n_replicates, n_fresh)
    table, _ = as_table(X, gaps=settings.gaps)
    given = check_weights(weights, len(table))
    counts = np.ones(len(table)) if given is None else given
    reweigh = get_kind(kind)
    reweigh(counts, np.random.default_rng(0))  # what cannot be done at all is said at once
    source = _Source(fit.mixture, table, counts, less_precise(settings, fit), reweigh)

    def go_on(so_far: Bootstrap) -> bool:
        return watch is None or watch(so_far)

    found = Bootstrap(fit.mixture, kind, n_replicates, n_fresh)
    found = gather(found, source.near, _with_mixture, n_replicates, (settings.seed, 0), go_on)
    if len(found.replicates) + found.n_failed < n_replicates:
        return found
    return gather(found, source.anywhere, _with_clusters, n_fresh, (settings.seed, 1), go_on)


@dataclass(frozen=True, eq=False)
class _Source:
    """What replicates are made of."""

    mixture: Mixture
    table: Array
    counts: Array
    settings: FitSettings
    reweigh: Reweigh

    def near(self, rng: np.random.Generator, pulse: Watch) -> Mixture:
        """A replicate fitted from the fit's parameters, its components in the fit's order."""
        weights, start = self.reweigh(self.counts, rng), start_at(self.mixture)
        found = fit_mixture(self.table, self.settings, start, pulse, suggest=False, weights=weights).mixture
        return found.permuted(matching_order(self._overlapping, self._memberships(found)).tolist())

    def anywhere(self, rng: np.random.Generator, pulse: Watch) -> Clusters:
        """What becomes of the fit's clusters in a replicate that is fitted from a start of its own too."""
        weights, settings = self.reweigh(self.counts, rng), replace(self.settings, seed=int(rng.integers(2**31)))
        fit = likeliest(self.table, settings, [start_at(self.mixture)], pulse, weights, n_seeded=1)
        labels = fit.mixture.labels(self.table)
        alike = similarities(self._labels, labels, self.mixture.n_components, self.counts)
        return alike, adjusted_rand(self._labels, labels, self.counts)

    @cached_property
    def _labels(self) -> NDArray[np.intp]:
        return self.mixture.labels(self.table)

    @cached_property
    def _overlapping(self) -> Array:
        return self._memberships(self.mixture)

    def _memberships(self, mixture: Mixture) -> Array:
        """In the components, of the rows that tell which belong together."""
        some = self.table[:: 1 + len(self.table) // (2 * MATCHING_ROWS)]
        return mixture.memberships(some)[:, : mixture.n_components]


def _with_mixture(found: Bootstrap, mixture: Mixture | None) -> Bootstrap:
    if mixture is None:
        return replace(found, n_failed=found.n_failed + 1)
    return replace(found, replicates=(*found.replicates, mixture))


def _with_clusters(found: Bootstrap, clusters: Clusters | None) -> Bootstrap:
    if clusters is None:
        return replace(found, n_unstable=found.n_unstable + 1)
    alike, rand = clusters
    return replace(found, similarities=(*found.similarities, alike), rand=(*found.rand, rand))


def _check(fit: Fit, settings: FitSettings, n_replicates: int, n_fresh: int) -> None:
    check_whole("n_replicates", n_replicates, 1)
    check_whole("n_fresh", n_fresh, 0)
    of_fit = (fit.mixture.n_components, fit.mixture.family)
    if of_fit != (settings.n_components, get_family(settings.covariance_type).name):
        problem = f"The fit has {of_fit[0]} group(s) of the family {of_fit[1]!r}, the settings ask for others."
        raise SettingsError(problem, "Give the settings that the fit was made with.")
