"""Expected sufficient statistics as a vector without bounds, so that a vector from any extrapolation means something.

Counts enter as logarithms, means and scatter relative to reference parameters, scatter by its log-Cholesky factor or
the logarithms of its variances. Near the reference, the Fisher information of the complete data about the vector is
then the unit matrix, whatever the columns' units. An EM step in these coordinates is the gradient of the
log-likelihood, and lengths are comparable across components and kinds of parameter.

Sources: Dempster, Laird and Rubin (1977), section 3, and Lange (1995), A gradient algorithm locally equivalent to the
EM algorithm, for the EM step as a scaled gradient; Pinheiro and Bates (1996) for the log-Cholesky form.
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


@dataclass(frozen=True, eq=False)
class Coordinates:
    """The coordinates about reference parameters, and the counts (K,) that go with them."""

    reference: Parameters
    counts: Array

    def of(self, statistics: Statistics) -> Array:
        """The vector of some statistics; raises ``LinAlgError`` where a scatter matrix is singular."""
        form, moments = self.reference.form, statistics.moments
        counts = np.maximum(moments.counts, TINIEST)
        shift = moments.first / counts[:, None]
        scatter = moments.second - form.outer(moments.first, shift)
        away = statistics.means + shift - self.reference.means
        white = form.whiten(away, self.reference.factor)
        logs = form.to_log(scatter, counts, self.reference.factor, white.shape[1])
        return self._roots * np.concatenate([np.log(counts), white.ravel(), logs.ravel()])

    def statistics(self, vector: Array, like: Moments) -> Statistics:
        """The statistics that ``vector`` stands for; the sum of their counts is that of ``like``."""
        form, (n_components, n_features) = self.reference.form, self.reference.means.shape
        logs, white, log_scatter = np.split(vector / self._roots, [n_components, n_components * (1 + n_features)])
        shares = np.exp(logs - logs.max())
        counts = like.counts.sum() * shares / shares.sum()
        away = form.whiten(white.reshape(n_components, n_features), self._inverse)
        second = form.from_log(log_scatter, counts, self._inverse, n_features)
        moments = replace(like, counts=counts, first=np.zeros_like(away), second=second)
        return Statistics(moments, self.reference.means + away)

    def reach(self, step: Array) -> float:
        """The largest change that a step makes to the logarithm of a count, a whitened mean, or a log variance."""
        return float(np.abs(step / self._roots).max())

    @cached_property
    def _inverse(self) -> Array:
        """The inverse of the reference's factor."""
        return self.reference.form.inverse(self.reference.factor)

    @cached_property
    def _roots(self) -> Array:
        """Square root of the rows behind each entry of a vector."""
        form, n_features = self.reference.form, self.reference.n_features
        counts = np.maximum(self.counts, TINIEST)
        masses = form.masses(counts)
        per_matrix = form.n_logs(n_features)
        return np.sqrt(np.concatenate([counts, counts.repeat(n_features), masses.repeat(per_matrix)]))
