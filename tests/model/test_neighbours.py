"""The rows nearest to a new one, against distances by the textbook."""

import numpy as np

from gmm_core.model.neighbours import nearest_rows
from tests.model.test_oddness import MIXTURE


def test_the_nearest_rows_are_those_of_least_mahalanobis_distance_and_gaps_are_passed_over():
    x, _ = MIXTURE.sample(300, np.random.default_rng(6))
    x[::5, 1] = np.nan
    new, covariance = np.array([1.0, 2.0, 0.0]), MIXTURE.covariances[1]
    away = x - new
    slow = np.sqrt([a @ np.linalg.inv(covariance) @ a for a in away])
    order = [n for n in np.argsort(slow, kind="stable") if not np.isnan(slow[n])]
    found, distances = nearest_rows(x, new, covariance, 7)
    assert found.tolist() == order[:7]
    assert np.allclose(distances, slow[found])
    assert len(nearest_rows(x, new, covariance, 1_000)[0]) == len(order)
    assert len(nearest_rows(np.full((3, 3), np.nan), new, covariance, 5)[0]) == 0
