"""What replicates of a fit tell: intervals for its parameters, and how firmly its clusters hold together."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.checking import check_number
from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


@dataclass(frozen=True, eq=False)
class Interval:
    """Lower and upper ends, in this order along the first axis, that hold ``level`` of the replicates in their midst.

    Attributes
    ----------
    level : float
    weights : (2, K) array
        With noise (2, K + 1), the noise's last.
    means, standard_deviations : (2, K, D) array
    covariances, correlations : (2, K, D, D) array
    """

    level: float
    weights: Array
    means: Array
    standard_deviations: Array
    covariances: Array
    correlations: Array


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Replicates of a fit.

    Attributes
    ----------
    mixture : Mixture
        The fit's.
    kind : str
        How rows were weighed anew, from ``KINDS``.
    n_replicates, n_fresh : int
        As many were asked for: for the intervals, and for the stability.
    replicates : tuple of Mixture
        Those done for the intervals, each with its components in the order of the fit's.
    n_failed : int
        Those in which a group collapsed; they are left out.
    similarities : tuple of (K,) array
        For each replicate done for the stability and each cluster of the fit: the rows that it shares with the most
        similar cluster of the replicate, as a part of the rows in either (Jaccard). All rows of the table take part,
        each in the cluster in which it is likeliest.
    rand : tuple of float
        Adjusted Rand index of the fit's clusters and each such replicate's, on all rows.
    n_unstable : int
        Replicates for the stability that have no sound solution; they are left out.
    """

    mixture: Mixture
    kind: str
    n_replicates: int
    n_fresh: int
    replicates: tuple[Mixture, ...] = ()
    n_failed: int = 0
    similarities: tuple[Array, ...] = ()
    rand: tuple[float, ...] = ()
    n_unstable: int = 0

    @property
    def nbytes(self) -> int:
        """Bytes of the replicates, roughly: those of their covariances."""
        return sum(mixture.covariances.nbytes for mixture in self.replicates)

    @property
    def share_done(self) -> float:
        """Replicates done, of those asked for."""
        done = len(self.replicates) + self.n_failed + len(self.rand) + self.n_unstable
        return done / (self.n_replicates + self.n_fresh)

    @property
    def jaccard(self) -> Array:
        """Stability of each cluster, (K,), its mean similarity; empty without a replicate.

        Above 0.75 a cluster is stable, below 0.6 not to be trusted, below 0.5 it has dissolved: Hennig (2007).
        """
        return np.asarray(np.mean(self.similarities, axis=0)) if self.similarities else np.empty(0)

    @cached_property
    def weights(self) -> Array:
        """Shares, (B, K), or with noise (B, K + 1), the noise's last."""
        return np.array([shares(mixture) for mixture in self.replicates])

    @cached_property
    def means(self) -> Array:
        """(B, K, D)."""
        return np.array([mixture.means for mixture in self.replicates])

    @cached_property
    def covariances(self) -> Array:
        """(B, K, D, D)."""
        return np.array([mixture.covariances for mixture in self.replicates])

    def rescaled(self, centre: Array, scale: Array) -> "Bootstrap":
        """The same for x = centre + scale * z, where this is of z; centre and scale are (D,)."""
        replicates = tuple(mixture.rescaled(centre, scale) for mixture in self.replicates)
        return replace(self, mixture=self.mixture.rescaled(centre, scale), replicates=replicates)

    def interval(self, level: float = 0.95) -> Interval:
        """Percentile intervals of all parameters.

        Raises
        ------
        SettingsError
            For a level that is not between 0 and 1.
        NoSoundSolutionError
            Where there is no replicate.
        """
        check_number("level", level, 1.0)
        if not self.replicates:
            raise NoSoundSolutionError("No replicate has a sound solution.", "Ask for fewer groups.")
        deviations = np.sqrt(np.diagonal(self.covariances, axis1=-2, axis2=-1))  # (B, K, D)
        correlations = self.covariances / (deviations[..., :, None] * deviations[..., None, :])
        drawn = (self.weights, self.means, deviations, self.covariances, correlations)
        ends = [(1 - level) / 2, (1 + level) / 2]
        return Interval(level, *(np.quantile(values, ends, axis=0) for values in drawn))


def shares(mixture: Mixture) -> Array:
    """Shares of the components, (K,), or with noise (K + 1,), the noise's last."""
    return mixture.weights if mixture.noise is None else np.append(mixture.weights, mixture.noise.weight)
