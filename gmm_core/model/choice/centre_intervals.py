"""How far a cluster's centre, and its difference from all rows, may lie from the estimate: from replicates of a fit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.clusters import cluster_moments
from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


@dataclass(frozen=True, eq=False)
class CentreOffsets:
    """Lower and upper ends less the estimates, in this order along the first axis.

    Attributes
    ----------
    means, differences : (2, C, D) arrays
        Of the clusters' means, and of these less the mean of all rows, in the units of the replicates.
    """

    means: Array
    differences: Array


def centre_offsets(
    bootstrap: Bootstrap, clusters: Sequence[Sequence[int]], noise_mean: Array, level: float = 0.95
) -> CentreOffsets:
    """Percentile intervals of clusters, each given by its components, over at least one replicate.

    Where there is noise, the mean of its rows, ``noise_mean`` (D,), is taken as given; else it changes nothing.
    """
    before, base = cluster_moments(bootstrap.mixture, clusters)[0], _pull(bootstrap.mixture, noise_mean)
    moved = np.array([cluster_moments(each, clusters)[0] - before for each in bootstrap.replicates])  # (B, C, D)
    shifts = np.array([_pull(each, noise_mean) - base for each in bootstrap.replicates])[:, None]  # (B, 1, D)
    ends = [(1 - level) / 2, (1 + level) / 2]
    return CentreOffsets(*(np.quantile(values, ends, axis=0) for values in (moved, moved - shifts)))


def _pull(mixture: Mixture, noise_mean: Array) -> Array:
    """How far the groups draw the mean of all rows from that of the noise, (D,).

    About this mean, since the groups' shares sum to 1 less the noise's, which differs from refit to refit.
    """
    return np.asarray(mixture.weights @ (mixture.means - noise_mean))
