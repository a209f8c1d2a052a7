"""The M step: from moments to the parameters that maximise the expected log-likelihood."""

from dataclasses import dataclass, replace

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.priors import PseudoRows
from gmm_core.model.families import Family

TINIEST = float(np.finfo(float).tiny)
"""Stands in for a count of exactly zero, so that an empty component keeps its mean and falls to the floor."""

MOST_NOISE = 1.0 - 1e-10
"""Largest share of the noise: EM cannot free groups of no weight."""


@dataclass(frozen=True, eq=False)
class Maximisation:
    """The M step of one family, and what bounds it.

    Attributes
    ----------
    family : Family
    floor : float
        Smallest variance in any direction, in the scaled space.
    ridge : (D,) array or None
        Added to the variances, in the scaled space.
    prior : PseudoRows or None
        Makes the step maximise the expected log posterior.
    shares : (K,) array or None
        Held: the components' shares of the rows that aren't noise.
    means : (K, D) array or None
        Held, in the scaled space.
    region : Region or None
        Where the noise lies, if there is any.
    """

    family: Family
    floor: float
    ridge: Array | None = None
    prior: PseudoRows | None = None
    shares: Array | None = None
    means: Array | None = None
    region: Region | None = None

    def __call__(self, moments: Moments, means: Array, previous: Array | None = None) -> Parameters:
        """Parameters from moments about ``means``; no variance in any direction is left below the floor.

        ``previous`` holds the packed covariances that gave the moments, where a family's rule starts from them.

        Sources: Dempster, Laird and Rubin (1977); Bishop (2006), equations 9.24 to 9.26. Raising small eigenvalues to
        the floor is the exact maximum under that bound for most families; for the others see ``_no_worse``. So the
        log-likelihood still never falls.
        """
        counts = counted = np.maximum(moments.counts, TINIEST)
        if self.prior is None:
            shift, scatter = self._about_new_means(moments, means)
        else:
            shift, scatter = self._about_new_means(self.prior.added(moments, means), means)
            counted = counts + self.prior.count
        covariances = self.family.covariances(scatter, counted, means.shape[1], previous)
        if self.ridge is not None:
            covariances = self.family.form.plus_diagonal(covariances, self.ridge)
        new = bounded(self.family, counts / counts.sum(), means + shift, covariances, self.floor)
        maximal = new.covariances is covariances or self.family.exact_floor or not self.ascends
        if previous is not None and not maximal:
            new = self._no_worse(new, previous, scatter, counted)
        return self.holding(new, moments.noise / (counts.sum() + moments.noise))

    def holding(self, parameters: Parameters, noise_weight: float) -> Parameters:
        """Parameters of the groups alone, with what is held in its place, and with noise of this weight."""
        if self.shares is None and self.means is None and self.region is None:
            return parameters
        noise_weight = min(noise_weight, MOST_NOISE)
        return replace(
            parameters,
            weights=(1.0 - noise_weight) * (parameters.weights if self.shares is None else self.shares),
            means=parameters.means if self.means is None else self.means,
            noise=None if self.region is None else Noise(noise_weight, self.region),
        )

    def log_prior(self, parameters: Parameters) -> float:
        """Log prior density, up to a constant: with the log-likelihood, what never falls; 0 without a prior."""
        return 0.0 if self.prior is None else self.prior.log_density(parameters)

    def _no_worse(self, new: Parameters, previous: Array, scatter: Array, counts: Array) -> Parameters:
        """What the floor has changed, or half the way to it where the covariances before explain the scatter better.

        Raising one component's variances is not the maximum under the floor where the family has no ``exact_floor``.
        Half the way is the M step for the mean of the scatter and of what the covariances before make one expect. It
        raises the expected log-likelihood, since it is no worse than them for the mean, and they are the best for
        the other half. So a component that collapses comes down to the floor by halves, and is seen there.
        """
        kept = Parameters.of(new.form, new.weights, new.means, previous)
        level = _expected(kept, scatter, counts)
        if _expected(new, scatter, counts) >= level:
            return new
        halved = (scatter + new.form.scatter_of(previous, counts, new.n_features)) / 2
        covariances = self.family.covariances(halved, counts, new.n_features, previous)
        half = bounded(self.family, new.weights, new.means, covariances, self.floor)
        return half if _expected(half, scatter, counts) >= level else kept

    @property
    def ascends(self) -> bool:
        """Whether a step never lowers the log-likelihood: a ridge moves it off the maximum."""
        return self.ridge is None

    def _about_new_means(self, moments: Moments, means: Array) -> tuple[Array, Array]:
        """The way from ``means`` to the new ones, (K, D), and the packed scatter about these."""
        form, counts, first = self.family.form, moments.counts[:, None], moments.first
        if self.means is None:
            shift = first / np.maximum(counts, TINIEST)
            return shift, moments.second - form.outer(first, shift)
        shift = self.means - means
        # of (z - m - s)(z - m - s)' = (z - m)(z - m)' - (2 (z - m) - s) s', made symmetric
        return shift, moments.second - form.outer(2 * first - counts * shift, shift)


def _expected(parameters: Parameters, scatter: Array, counts: Array) -> float:
    """Expected log-likelihood under the covariances of ``parameters``, less what they don't change."""
    form, factor = parameters.form, parameters.factor
    log_det = form.log_det_precision(factor, parameters.n_features)
    return 0.5 * (float((counts * log_det).sum()) - form.stretch(factor, scatter))


def starting_parameters(moments: Moments, means: Array, family: Family, floor: float) -> Parameters:
    """As ``Maximisation``, with D + 1 rows' worth of the average within-group scatter lent to each group.

    A start often puts few rows into a group. Without the loan such a group begins flat, and EM cannot free it. One
    without any begins with the weight of one row, as EM cannot free a weight of zero either.
    """
    pseudo = means.shape[1] + 1.0
    counts = np.maximum(moments.counts, 1.0)
    second = family.form.shrunk(moments.second, moments.counts, pseudo)
    covariances = family.covariances(second, moments.counts + pseudo, means.shape[1])
    return bounded(family, counts / counts.sum(), means, covariances, floor)


def bounded(family: Family, weights: Array, means: Array, covariances: Array, floor: float) -> Parameters:
    """Parameters whose covariances have no variance below ``floor``; eigenvalues are only taken where one has."""
    form = family.form
    try:
        parameters = Parameters.of(form, weights, means, covariances)
        # the trace of a precision matrix bounds its largest eigenvalue, and costs next to nothing
        if parameters.sharpness * floor <= 1 or form.above(covariances, floor):
            return parameters
    except np.linalg.LinAlgError:
        pass
    return Parameters.of(form, weights, means, form.floored(covariances, floor))
