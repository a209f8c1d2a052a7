"""How odd rows are: densities, p-values and distances against slow ones, in any units, with gaps and with noise."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.mixture import Mixture
from gmm_core.model.oddness import distance_p_value, oddness_of
from tests.model import oracle

WEIGHTS = np.array([0.5, 0.3, 0.2])
MEANS = np.array([[0.0, 0.0, 0.0], [4.0, 1.0, -2.0], [1.0, 6.0, 3.0]])
ROOTS = np.array(
    [
        [[1.0, 0.0, 0.0], [0.9, 0.5, 0.0], [0.0, 0.3, 1.0]],
        [[0.5, 0.0, 0.0], [-0.4, 0.6, 0.0], [0.1, 0.2, 0.8]],
        [[1.5, 0.0, 0.0], [0.0, 0.7, 0.0], [0.5, 0.0, 0.4]],
    ]
)
MIXTURE = Mixture(WEIGHTS, MEANS, ROOTS @ ROOTS.transpose(0, 2, 1), "full")


@pytest.fixture(scope="module")
def rows():
    x, _ = MIXTURE.sample(400, np.random.default_rng(3))
    x[:4] += [[0.0, 5.0, 0.0], [50.0, 0.0, 0.0], [0.0, 0.0, -9.0], [1e6, 1e6, 1e6]]
    return x


@pytest.fixture(scope="module")
def gappy(rows):
    x = rows.copy()
    x[np.random.default_rng(0).random(x.shape) < 0.3] = np.nan
    x[7] = np.nan
    return x


def test_log_density_label_and_distance_are_those_of_the_textbook(rows):
    found = oddness_of(MIXTURE, rows)
    joint = oracle.log_component_densities(rows, MIXTURE.weights, MIXTURE.means, MIXTURE.covariances)
    assert np.allclose(found.log_density, [oracle.log_sum_exp(row) for row in joint])
    assert (found.label == joint.argmax(axis=1)).all()
    for x, k, distance in zip(rows, found.label, found.distance, strict=True):
        away = x - MIXTURE.means[k]
        assert distance == pytest.approx(away @ np.linalg.inv(MIXTURE.covariances[k]) @ away, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("half", [1, 2, 5])
def test_the_tail_of_the_distance_is_the_closed_form_for_even_degrees(half):
    for distance in (0.5, 7.0, 80.0):
        terms = [(distance / 2) ** i / math.factorial(i) for i in range(half)]
        wanted = math.exp(-distance / 2) * math.fsum(terms)
        assert distance_p_value(np.array([distance]), np.array([2 * half]))[0] == pytest.approx(wanted, rel=1e-9)


def test_p_values_of_the_mixtures_own_rows_are_spread_evenly():
    x, _ = MIXTURE.sample(20_000, np.random.default_rng(5))
    ordered = np.sort(oddness_of(MIXTURE, x).p_value)
    assert np.abs(ordered - (np.arange(20_000) + 0.5) / 20_000).max() < 0.015  # Kolmogorov's 0.1 % point is 0.0138


def test_a_row_with_gaps_is_held_against_the_marginal_of_what_it_has(gappy):
    found = oddness_of(MIXTURE, gappy)
    for row in (0, 1, 20):
        there = np.flatnonzero(~np.isnan(gappy[row]))
        assert len(there)
        alone = oddness_of(MIXTURE.marginal(there.tolist()), gappy[[row]][:, there])
        assert found.log_density[row] == pytest.approx(alone.log_density[0])
        assert found.distance[row] == pytest.approx(alone.distance[0])
        assert found.n_observed[row] == len(there)
        assert found.p_value[row] == pytest.approx(alone.p_value[0], rel=0.3, abs=0.03)


def test_a_row_of_gaps_only_is_not_odd(gappy):
    found = oddness_of(MIXTURE, gappy)
    assert found.p_value[7] == found.distance_p_value[7] == 1.0
    assert found.n_observed[7] == found.log_density[7] == 0


def test_rows_with_gaps_are_as_rarely_odd_as_others():
    x, _ = MIXTURE.sample(20_000, np.random.default_rng(6))
    x[np.random.default_rng(7).random(x.shape) < 0.3] = np.nan
    found = oddness_of(MIXTURE, x)
    for p_value in (0.3, 0.05, 0.01):
        n = (found.p_value < p_value).sum()
        assert abs(n - p_value * len(x)) < 5 * math.sqrt(p_value * len(x))
    assert abs(found.surplus.mean()) < 0.05


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_units_change_the_log_density_and_nothing_else(gappy, scale):
    centre, scales = np.array([0.0, 0.0, 3.0]), np.array([1.0, scale, 2.0])
    here, there = oddness_of(MIXTURE, gappy), oddness_of(MIXTURE.rescaled(centre, scales), centre + scales * gappy)
    shift = ~np.isnan(gappy) @ np.log(scales)
    assert np.allclose(there.log_density, here.log_density - shift, rtol=1e-6)
    for name in ("surplus", "distance", "p_value"):
        assert np.allclose(getattr(there, name), getattr(here, name), rtol=1e-5, atol=1e-7)
    assert (there.order == here.order).all()


def test_noise_plays_no_part(rows):
    noise = Noise(0.1, Region(np.zeros(3), 20.0 * np.eye(3)))
    noisy = oddness_of(replace(MIXTURE, weights=0.9 * MIXTURE.weights, noise=noise), rows)
    assert np.allclose(noisy.p_value, oddness_of(MIXTURE, rows).p_value)


def test_the_order_goes_from_the_oddest_row_on_and_tells_apart_even_the_furthest(rows):
    found = oddness_of(MIXTURE, rows)
    assert found.order[:2].tolist() == [3, 1]
    assert sorted(found.order) == list(range(400))
    assert (np.diff(found.sorted_p_values) >= 0).all()


def test_ranks_are_the_shares_of_rows_as_odd(rows):
    found = oddness_of(MIXTURE, rows)
    for row in (0, 5, 99):
        wanted = (found.p_value <= found.p_value[row]).mean()
        assert found.ranks(found.p_value[[row]])[0] == pytest.approx(wanted)


def test_the_same_rows_get_the_same_numbers_again_and_on_any_number_of_threads(monkeypatch):
    x, _ = MIXTURE.sample(40_000, np.random.default_rng(8))
    first = oddness_of(MIXTURE, x)
    monkeypatch.setattr("gmm_core.model.oddness.n_cores", lambda: 1)
    again = oddness_of(MIXTURE, x)
    assert (first.p_value == again.p_value).all()
    assert (first.log_density == again.log_density).all()
