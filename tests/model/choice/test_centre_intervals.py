"""Intervals of clusters' centres from replicates."""

import dataclasses

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.choice.centre_intervals import centre_offsets
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.mixture import Mixture


@pytest.fixture
def found(rng):
    """Replicates whose means and shares move, of three groups in two columns."""
    means = np.array([[0.0, 1e6], [4, 1e6], [9, 2e6]])
    fit = Mixture(np.array([0.2, 0.3, 0.5]), means, np.array([np.eye(2)] * 3), "full")
    moved = [
        dataclasses.replace(fit, means=fit.means + rng.normal(size=(3, 2)), weights=rng.dirichlet([20, 30, 50]))
        for _ in range(60)
    ]
    return Bootstrap(fit, "weighted", 60, 0, tuple(moved))


def test_single_groups_have_the_intervals_of_their_means(found):
    offsets = centre_offsets(found, [(0,), (1,), (2,)])
    assert_allclose(offsets.means + found.mixture.means, found.interval().means)


def test_clusters_and_differences_are_worked_out_within_each_replicate(found):
    offsets = centre_offsets(found, [(0, 2), (1,)], level=0.8)
    slow_means, slow_apart = [], []
    for each in (found.mixture, *found.replicates):
        joined = np.average(each.means[[0, 2]], axis=0, weights=each.weights[[0, 2]])
        means = np.array([joined, each.means[1]])
        slow_means.append(means)
        slow_apart.append(means - each.weights @ each.means)
    for drawn, ends in ((slow_means, offsets.means), (slow_apart, offsets.differences)):
        assert_allclose(ends, np.quantile(drawn[1:], [0.1, 0.9], axis=0) - drawn[0], atol=1e-6)
