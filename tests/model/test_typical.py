"""Rows that are most like their cluster."""

import numpy as np
import pytest

from gmm_core.model import typical
from gmm_core.model.mixture import Mixture
from gmm_core.model.typical import typical_rows


@pytest.fixture
def mixture():
    covariances = np.array([[[4.0, 1.5], [1.5, 1.0]], [[0.5, 0.0], [0.0, 2.0]], [[1.0, 0.0], [0.0, 1.0]]])
    return Mixture(np.array([0.5, 0.3, 0.2]), np.array([[0.0, 0.0], [8.0, 0.0], [9.0, 3.0]]), covariances, "full")


@pytest.mark.parametrize("block", [7, 100_000])
def test_in_a_group_they_are_the_nearest_to_its_mean_in_mahalanobis_distance(mixture, monkeypatch, block):
    monkeypatch.setattr(typical, "BLOCK", block)
    x, _ = mixture.sample(60, np.random.default_rng(0))
    labels = mixture.labels(x)
    for k, found in enumerate(typical_rows(mixture, x, labels, [(0,), (1,), (2,)])):
        away = x - mixture.means[k]
        distances = np.einsum("ni,ij,nj->n", away, np.linalg.inv(mixture.covariances[k]), away)
        nearest = [n for n in np.argsort(distances) if labels[n] == k][:3]
        assert found.tolist() == nearest


def test_in_a_merged_cluster_they_are_where_its_own_mixture_is_densest(mixture):
    x, _ = mixture.sample(60, np.random.default_rng(1))
    labels = (mixture.labels(x) > 0).astype(int)
    found = typical_rows(mixture, x, labels, [(0,), (1, 2)])[1]
    density = np.exp(mixture.log_component_densities(x)[:, 1:]).sum(axis=1) * (labels == 1)
    assert found.tolist() == np.argsort(-density)[:3].tolist()


def test_rows_with_gaps_and_rows_of_noise_are_never_typical_and_an_empty_cluster_has_none(mixture):
    x = np.array([[0.0, np.nan], [0.0, 0.0], [0.1, 0.1], [0.0, 0.0]])
    found = typical_rows(mixture, x, np.array([0, -1, 0, 3]), [(0,), (1,)])
    assert [each.tolist() for each in found] == [[2], []]
