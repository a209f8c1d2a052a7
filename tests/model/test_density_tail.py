"""P-values of densities against closed forms of one Gaussian and plain simulation of several."""

import math

import numpy as np
import pytest

from gmm_core.model.density_tail import LEAST, DensityTail
from gmm_core.model.mixture import Mixture

N_DRAWS = 65_536


def overlapping():
    means = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]])
    covariances = np.array([np.eye(2), [[1.0, 0.8], [0.8, 1.0]], 0.3 * np.eye(2)])
    return Mixture(np.array([0.5, 0.3, 0.2]), means, covariances, "full")


def tail_of(mixture, seed=0):
    return DensityTail.of(mixture, N_DRAWS, np.random.default_rng(seed))


@pytest.mark.parametrize("squared_radius", [0.1, 1.0, 5.0, 20.0, 60.0, 120.0, 400.0])
def test_of_one_gaussian_in_the_plane_it_is_the_closed_form_however_small(squared_radius):
    one = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None], "full")
    log_density = -math.log(2 * math.pi) - squared_radius / 2
    assert tail_of(one)(np.array([log_density]))[0] == pytest.approx(math.exp(-squared_radius / 2), rel=0.01)


@pytest.mark.parametrize("z", [0.5, 2.0, 4.0, 7.0])
def test_of_one_gaussian_on_a_line_it_is_the_two_sided_tail(z):
    one = Mixture(np.ones(1), np.zeros((1, 1)), np.ones((1, 1, 1)), "full")
    log_density = -0.5 * math.log(2 * math.pi) - z**2 / 2
    assert tail_of(one)(np.array([log_density]))[0] == pytest.approx(math.erfc(z / math.sqrt(2)), rel=0.01)


def test_where_components_overlap_it_is_what_plain_simulation_counts():
    mixture = overlapping()
    simulated = np.sort(mixture.log_density(mixture.sample(400_000, np.random.default_rng(1))[0]))
    for share, tolerance in ((0.5, 0.01), (0.1, 0.03), (0.01, 0.05), (0.001, 0.15)):
        at = simulated[[round(share * len(simulated)) - 1]]
        assert tail_of(mixture)(at)[0] == pytest.approx(share, rel=tolerance)


def test_the_mean_log_density_is_minus_the_entropy():
    one = Mixture(np.ones(1), np.zeros((1, 3)), 4.0 * np.eye(3)[None], "full")
    assert tail_of(one).mean == pytest.approx(-1.5 * math.log(2 * math.pi * math.e * 4.0), abs=0.01)


def test_it_rises_with_the_density_from_above_nothing_to_one():
    p_values = tail_of(overlapping())(np.linspace(-1e6, 5.0, 10_001))
    assert (np.diff(p_values) >= 0).all()
    assert 0 < p_values[0] < LEAST
    assert p_values[-1] == pytest.approx(1.0)


def test_a_density_and_its_p_value_lead_to_each_other():
    tail = tail_of(overlapping())
    for p_value in (0.3, 1e-3, 1e-8):
        assert tail(np.array([tail.log_density_at(p_value)]))[0] == pytest.approx(p_value, rel=1e-6)
