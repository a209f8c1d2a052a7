"""A mixture of one column: distribution, quantiles, and the values at which membership changes hands."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.mixture import Mixture
from gmm_core.model.univariate import cumulative, handovers, quantiles


def mixture_of(weights, means, sds):
    return Mixture(np.array(weights), np.array(means, float)[:, None], np.array(sds, float)[:, None, None] ** 2, "full")


@pytest.fixture
def three():
    return mixture_of([0.5, 0.3, 0.2], [0.0, 4.0, 5.0], [1.0, 0.5, 3.0])


@pytest.fixture
def noisy(three):
    return dataclasses.replace(
        three, weights=0.8 * three.weights, noise=Noise(0.2, Region(np.array([1.0]), np.eye(1) * 40))
    )


def test_the_share_below_is_scipys(three, noisy):
    x = np.linspace(-30, 30, 41)
    parts = zip(three.weights, three.means[:, 0], three.standard_deviations[:, 0], strict=True)
    expected = sum(w * stats.norm(m, s).cdf(x) for w, m, s in parts)
    np.testing.assert_allclose(cumulative(three, x), expected, atol=1e-14)
    np.testing.assert_allclose(cumulative(noisy, x), 0.8 * expected + 0.2 * stats.uniform(-19, 40).cdf(x), atol=1e-14)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_quantiles_undo_the_share_below(three, noisy, unit):
    shares = np.array([1e-9, 0.01, 0.5, 0.87, 0.999])
    for mixture in (three, noisy):
        scaled = mixture.rescaled(np.zeros(1), np.array([unit]))
        np.testing.assert_allclose(cumulative(scaled, quantiles(scaled, shares)), shares, rtol=1e-6)


def test_equal_groups_hand_over_half_way():
    [(place, below, above)] = handovers(mixture_of([0.5, 0.5], [2.0, 6.0], [1.0, 1.0]))
    assert (below, above) == (0, 1)
    assert place == pytest.approx(4.0)


def test_with_one_spread_the_larger_group_reaches_further_as_the_textbook_says():
    # Bishop (2006), equation 4.66 in one column: half way plus s^2 log(w_1 / w_2) / (m_2 - m_1)
    [(place, _, _)] = handovers(mixture_of([0.8, 0.2], [0.0, 4.0], [1.5, 1.5]))
    assert place == pytest.approx(2.0 + 1.5**2 * np.log(4.0) / 4.0)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_labels_change_there_and_nowhere_else(three, noisy, unit):
    for mixture in (three, noisy):
        scaled = mixture.rescaled(np.array([3.0 * unit]), np.array([unit]))
        x = unit * np.linspace(-40, 40, 8_001)
        labels = scaled._log_joint(x[:, None]).argmax(axis=1)
        changes = np.flatnonzero(labels[1:] != labels[:-1])
        found = handovers(scaled)
        assert [(below, above) for _, below, above in found] == [(labels[i], labels[i + 1]) for i in changes]
        np.testing.assert_allclose(
            [place for place, _, _ in found], (x[changes] + x[changes + 1]) / 2, atol=0.011 * unit
        )


def test_a_wide_group_leads_on_both_sides_of_a_narrow_one():
    found = handovers(mixture_of([0.5, 0.5], [0.0, 0.0], [5.0, 1.0]))
    assert [(below, above) for _, below, above in found] == [(0, 1), (1, 0)]
    assert found[0][0] == pytest.approx(-found[1][0])


def test_one_group_or_one_that_never_leads_hands_nothing_over():
    assert handovers(mixture_of([1.0], [0.0], [1.0])) == []
    assert handovers(mixture_of([0.9, 0.1], [0.0, 0.0], [1.0, 1.0])) == []
