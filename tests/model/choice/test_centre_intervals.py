"""Intervals of clusters' centres from replicates."""

import dataclasses

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.choice.centre_intervals import centre_offsets
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.em.noise import Noise, Region
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
    offsets = centre_offsets(found, [(0,), (1,), (2,)], np.zeros(2))
    assert_allclose(offsets.means + found.mixture.means, found.interval().means)


def test_clusters_and_differences_are_worked_out_within_each_replicate(found):
    offsets = centre_offsets(found, [(0, 2), (1,)], np.full(2, 7.0), level=0.8)
    slow_means, slow_apart = [], []
    for each in (found.mixture, *found.replicates):
        joined = np.average(each.means[[0, 2]], axis=0, weights=each.weights[[0, 2]])
        means = np.array([joined, each.means[1]])
        slow_means.append(means)
        slow_apart.append(means - each.weights @ each.means)
    for drawn, ends in ((slow_means, offsets.means), (slow_apart, offsets.differences)):
        assert_allclose(ends, np.quantile(drawn[1:], [0.1, 0.9], axis=0) - drawn[0], atol=1e-6)


def test_where_there_is_noise_the_intervals_of_differences_stay_where_columns_move(found, rng):
    def noisy(mixture, share):
        noise = Noise(share, Region(np.zeros(2), np.eye(2)))
        return dataclasses.replace(mixture, weights=(1 - share) * mixture.weights, noise=noise)

    def moved(mixture):
        return dataclasses.replace(mixture, means=mixture.means + by)

    by, mean = np.array([1e4, -1e5]), np.array([3.0, 2e6])
    replicates = tuple(
        noisy(each, share) for each, share in zip(found.replicates, rng.uniform(0.05, 0.2, 60), strict=True)
    )
    here = dataclasses.replace(found, mixture=noisy(found.mixture, 0.1), replicates=replicates)
    there = dataclasses.replace(here, mixture=moved(here.mixture), replicates=tuple(map(moved, replicates)))
    clusters = [(0, 2), (1,)]
    first, second = centre_offsets(here, clusters, mean), centre_offsets(there, clusters, mean + by)
    assert_allclose(second.differences, first.differences, atol=1e-5)
    whole = [each.weights @ each.means + each.noise.weight * mean for each in (here.mixture, *replicates)]
    apart = [each.means[1] - all_rows for each, all_rows in zip((here.mixture, *replicates), whole, strict=True)]
    slow = np.quantile(apart[1:], [0.025, 0.975], axis=0) - apart[0]
    assert_allclose(first.differences[:, 1], slow, atol=1e-5)
