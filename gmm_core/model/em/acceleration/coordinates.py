"""Expected sufficient statistics as a vector without bounds, so that a vector from any extrapolation means something.

Counts, the noise's among them, enter as twice their square roots, means and scatter relative to reference parameters,
scatter by its log-Cholesky factor or the logarithms of its variances. Near the reference, the Fisher information of
the complete data about the vector is then the unit matrix, whatever the columns' units. An EM step in these
coordinates is the gradient of the log-likelihood, and lengths are comparable across components and kinds of parameter.
Square roots keep this however far the counts go, down to a noise that vanishes: with logarithms, whose steps then never
end, there were up to a third more passes there, and a twentieth more elsewhere (measured).

Sources: Dempster, Laird and Rubin (1977), section 3, and Lange (1995), A gradient algorithm locally equivalent to the
EM algorithm, for the EM step as a scaled gradient; Pinheiro and Bates (1996) for the log-Cholesky form; Bartlett (1936)
for the square roots of counts.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import TINIEST
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters


@dataclass(frozen=True, eq=False)
class Statistics:
    """Expected sufficient statistics, complete for an M step: moments about ``means`` (K, D)."""

    moments: Moments
    means: Array


def counts_of(moments: Moments, reference: Parameters) -> Array:
    """What the groups and, where there is any, the noise hold: (K,) or (K + 1,), none of it zero."""
    counts = moments.counts if reference.noise is None else np.append(moments.counts, moments.noise)
    return np.maximum(counts, TINIEST)


@dataclass(frozen=True, eq=False)
class Coordinates:
    """The coordinates about reference parameters, and the counts that go with them, see ``counts_of``."""

    reference: Parameters
    counts: Array

    def of(self, statistics: Statistics) -> Array:
        """The vector of some statistics; raises ``LinAlgError`` where a scatter matrix is singular."""
        form, moments = self.reference.form, statistics.moments
        held = counts_of(moments, self.reference)
        counts = held[: len(moments.counts)]
        shift = moments.first / counts[:, None]
        scatter = moments.second - form.outer(moments.first, shift)
        away = statistics.means + shift - self.reference.means
        white = form.whiten(away, self.reference.factor)
        logs = form.to_log(scatter, counts, self.reference.factor, white.shape[1])
        return np.concatenate([2.0 * np.sqrt(held), self._roots * np.concatenate([white.ravel(), logs.ravel()])])

    def statistics(self, vector: Array, like: Moments) -> Statistics:
        """The statistics that ``vector`` stands for; the sum of their counts is that of ``like``."""
        form, (n_components, n_features) = self.reference.form, self.reference.means.shape
        squares = vector[: len(self.counts)] ** 2
        held = np.maximum(counts_of(like, self.reference).sum() * squares / squares.sum(), TINIEST)
        counts, noise = held[:n_components], float(held[n_components:].sum())
        white, logs = np.split(vector[len(held) :] / self._roots, [n_components * n_features])
        away = form.whiten(white.reshape(n_components, n_features), self._inverse)
        second = form.from_log(logs, counts, self._inverse, n_features)
        moments = replace(like, counts=counts, first=np.zeros_like(away), second=second, noise=noise)
        return Statistics(moments, self.reference.means + away)

    def reach(self, step: Array) -> float:
        """The largest change that a step makes to the logarithm of a count, a whitened mean, or a log variance."""
        return float(np.abs(step / np.concatenate([np.sqrt(self.counts), self._roots])).max())

    @cached_property
    def _inverse(self) -> Array:
        """The inverse of the reference's factor."""
        return self.reference.form.inverse(self.reference.factor)

    @cached_property
    def _roots(self) -> Array:
        """Square root of the rows behind each mean and each entry of a scatter matrix."""
        form, (n_components, n_features) = self.reference.form, self.reference.means.shape
        counts = self.counts[:n_components]
        return np.sqrt(np.concatenate([counts.repeat(n_features), form.masses(counts).repeat(form.n_logs(n_features))]))
