"""What would flip a row: against a slow walk along each column, with gaps, noise, merged groups and components."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.flipping import Flips, flips
from gmm_core.model.mixture import Mixture
from tests.model.test_oddness import MIXTURE

NOISY = replace(MIXTURE, weights=MIXTURE.weights * 0.9, noise=Noise(0.1, Region(np.zeros(3), np.eye(3) * 14)))
TURN = np.array([[0.8, 0.1, 0.0], [-0.6, 0.2, 0.3], [0.0, 1.0, -0.5], [0.2, 0.2, 0.2]])
REACH = 6.0
SINGLE = [(0,), (1,), (2,)]


def slow_flip(mixture, x, direction, groups):
    """The nearest step within ``REACH`` at which the likeliest group is another one, by a fine walk and halving."""

    def group(steps):
        parts = mixture.memberships(x + np.multiply.outer(np.atleast_1d(steps), direction))
        return np.argmax([parts[:, list(each)].sum(axis=1) for each in groups], axis=0)

    own, found = group(0.0)[0], []
    for side in (-1.0, 1.0):
        walk = side * np.linspace(0.0, REACH, 1_201)
        other = np.flatnonzero(group(walk) != own)
        if not len(other):
            continue
        inside, outside = walk[other[0] - 1], walk[other[0]]
        for _ in range(30):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if group(middle)[0] == own else (inside, middle)
        found.append((abs(outside), outside, int(group(outside)[0])))
    return min(found)[1:] if found else (np.nan, -1)


def fast(mixture, x, directions=None, groups=None) -> Flips:
    directions = np.eye(x.shape[1]) if directions is None else directions
    reach = np.full((len(x), len(directions)), REACH)
    return flips(mixture, x, directions, -reach, reach, groups)


def assert_alike(mixture, x, directions, groups, found):
    with_noise = [*groups, (3,)] if mixture.noise is not None else groups
    for n, j in np.ndindex(found.steps.shape):
        gap = j < x.shape[1] and np.isnan(x[n, j])
        step, to = (np.nan, -1) if gap else slow_flip(mixture, x[n], directions[j], with_noise)
        assert found.steps[n, j] == pytest.approx(step, abs=1e-6, nan_ok=True), (n, j)
        assert found.groups[n, j] == to


@pytest.fixture(scope="module")
def rows():
    return MIXTURE.sample(12, np.random.default_rng(4))[0]


@pytest.mark.parametrize("mixture", [MIXTURE, NOISY], ids=["groups", "with noise"])
@pytest.mark.parametrize("groups", [SINGLE, [(0, 2), (1,)]], ids=["as fitted", "merged"])
def test_the_nearest_flip_is_where_a_slow_walk_finds_it(rows, mixture, groups):
    found = fast(mixture, rows, groups=groups)
    assert_alike(mixture, rows, np.eye(3), groups, found)
    assert (found.groups >= 0).sum() > 10


def test_a_gap_cannot_change_and_the_other_columns_flip_by_what_is_known(rows):
    x = rows.copy()
    x[::2, 1], x[3, :2], x[5] = np.nan, np.nan, np.nan
    found = fast(NOISY, x)
    assert np.isnan(found.steps[np.isnan(x)]).all()
    assert_alike(NOISY, x[:5], np.eye(3), SINGLE, fast(NOISY, x[:5]))


def test_a_column_may_move_several_features(rows):
    assert_alike(MIXTURE, rows, TURN, SINGLE, fast(MIXTURE, rows, TURN))


def test_at_a_flip_both_groups_are_equally_likely_and_no_other_is_likelier(rows):
    found = fast(MIXTURE, rows)
    for n, j in np.argwhere(found.groups >= 0):
        moved = rows[n].copy()
        moved[j] += found.steps[n, j]
        parts = MIXTURE.memberships(moved[None])[0]
        own = MIXTURE.memberships(rows[n : n + 1])[0].argmax()
        assert parts[own] == pytest.approx(parts[found.groups[n, j]], rel=1e-8)
        assert parts.max() == pytest.approx(parts[own], rel=1e-8)


def test_between_two_groups_of_one_spread_the_flip_is_halfway():
    pair = Mixture(np.full(2, 0.5), np.array([[0.0], [10.0]]), np.ones((2, 1, 1)), "full")
    x = np.array([[1.0], [8.0], [5.0]])
    found = flips(pair, x, np.eye(1), np.full((3, 1), -9.0), np.full((3, 1), 9.0))
    assert found.steps[:, 0].tolist() == pytest.approx([4.0, -3.0, 0.0], abs=1e-12)
    assert found.groups[:2, 0].tolist() == [1, 0]


def test_a_step_that_is_not_allowed_is_no_flip():
    pair = Mixture(np.full(2, 0.5), np.array([[0.0], [10.0]]), np.ones((2, 1, 1)), "full")
    for groups in (None, [(0,), (1,)]):
        found = flips(pair, np.array([[1.0]]), np.eye(1), np.array([[-9.0]]), np.array([[3.9]]), groups)
        assert np.isnan(found.steps[0, 0])
        assert found.groups[0, 0] == -1


def test_one_group_is_never_left_and_no_rows_have_no_flips():
    one = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None], "full")
    assert np.isnan(fast(one, np.zeros((3, 2))).steps).all()
    assert np.isnan(fast(MIXTURE, np.ones((2, 3)), groups=[(0, 1, 2)]).steps).all()
    assert fast(MIXTURE, np.zeros((0, 3))).steps.shape == (0, 3)
