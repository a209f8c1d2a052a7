"""Clusters of several components as one: where they lie and how far they spread."""

from collections.abc import Sequence

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


def cluster_moments(mixture: Mixture, clusters: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Means and standard deviations (C, D) of clusters, each given by its components: by total mean and variance."""
    parts = [mixture.permuted(members).overall_moments for members in clusters]
    means, deviations = (np.array(each) for each in zip(*parts, strict=True))
    return means, deviations
