"""Moving a component that can't win onto half of another."""

import numpy as np
import pytest

from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.moves import _reach, moved
from tests.model.drawing import packed_covariances, spd

every_family = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture(name="two")
def two_components(family, rng):
    """A component of share 0.8 about (0, 0), and one of 0.2 about (9, 9)."""
    own = get_family(family)
    packed, _ = packed_covariances(own.form, np.array([spd(rng, 2)] * 2))
    return Parameters.of(own.form, np.array([0.8, 0.2]), np.array([[0.0, 0.0], [9.0, 9.0]]), packed)


@every_family
def test_of_two_components_the_one_that_stays_gives_half_its_share_about_its_centre(family, two, rng):
    after = moved(two, [1], Maximisation(get_family(family), 1e-13), rng)
    np.testing.assert_allclose(after.weights, [0.5, 0.5])
    np.testing.assert_allclose(after.means.mean(axis=0), [0.0, 0.0], atol=1e-12)
    assert np.abs(after.means).max() > 0.1


@every_family
def test_the_halves_are_narrower_than_the_whole_along_the_cut_only_and_never_flat(family, two, rng):
    for _ in range(10):
        after = moved(two, [1], Maximisation(get_family(family), 1e-13), rng)
        ratios = np.linalg.eigvals(np.linalg.solve(two.dense[0], after.dense[0])).real
        assert ratios.max() < 1 + 1e-9
        assert ratios.min() > 0.2


@pytest.mark.parametrize("family", ["full"])
def test_shares_that_are_held_stay(family, two, rng):
    shares = np.array([0.3, 0.7])
    after = moved(two, [0], Maximisation(get_family(family), 1e-13, shares=shares), rng)
    np.testing.assert_array_equal(after.weights, shares)


@every_family
def test_where_no_component_can_win_the_heaviest_becomes_that_of_all_rows_and_is_cut(family, two, rng):
    after = moved(two, [0, 1], Maximisation(get_family(family), 1e-13), rng)
    np.testing.assert_allclose(after.weights, [0.5, 0.5])
    np.testing.assert_allclose(after.means.mean(axis=0), [1.8, 1.8], atol=1e-12)  # 0.8 * 0 + 0.2 * 9
    assert np.isfinite(after.dense).all()


def test_halves_are_only_taken_of_components_that_may_win(rng):
    own = get_family("full")
    narrow = np.array([np.eye(2), 1e-9 * np.eye(2), 1e-9 * np.eye(2)])
    three = Parameters.of(own.form, np.array([0.2, 0.4, 0.4]), np.array([[0.0, 0.0], [9.0, 9.0], [5.0, 1.0]]), narrow)
    for _ in range(5):
        after = moved(three, [1, 2], Maximisation(own, 1e-13), rng)
        assert np.linalg.eigvalsh(after.dense).min() > 0.04
        assert after.weights.sum() == pytest.approx(1.0)


def test_a_cut_does_not_depend_on_the_signs_that_axes_are_given_by_rounding(monkeypatch, rng):
    whole, eigh = spd(rng, 3), np.linalg.eigh
    reaches = [_reach(whole, np.random.default_rng(seed)) for seed in range(6)]
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (eigh(matrix)[0], -eigh(matrix)[1]))
    again = [_reach(whole, np.random.default_rng(seed)) for seed in range(6)]
    np.testing.assert_allclose(again, reaches, rtol=1e-12)
