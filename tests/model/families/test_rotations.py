"""Common axes by rotations in planes."""

from itertools import combinations

import numpy as np
import pytest

from gmm_core.model.families.rotations import rotate, rounds
from tests.model.drawing import spd


@pytest.mark.parametrize("n_features", range(1, 9))
def test_the_rounds_hold_every_pair_of_axes_once_and_no_axis_twice_in_a_round(n_features):
    played = [list(zip(first.tolist(), second.tolist(), strict=True)) for first, second in rounds(n_features)]
    assert sorted(pair for pairs in played for pair in pairs) == list(combinations(range(n_features), 2))
    for pairs in played:
        axes = [axis for pair in pairs for axis in pair]
        assert len(axes) == len(set(axes))


def slopes(along):
    """Of the sum of the logarithms."""
    return 1.0 / along


def misfit(scatter, axes):
    """The sum of the logarithms of the scatters along the axes."""
    return np.log([np.diag(axes.T @ w @ axes) for w in scatter]).sum()


@pytest.mark.parametrize("n_features", [2, 3, 6])
def test_axes_that_matrices_have_in_common_are_found(n_features, rng):
    common, _ = np.linalg.qr(rng.normal(size=(n_features, n_features)))
    scatter = np.array([(common * rng.uniform(0.1, 9.0, n_features)) @ common.T for _ in range(4)])
    start = np.linalg.eigh(scatter[0] + 0.1 * spd(rng, n_features))[1]
    found = rotate(scatter, start, slopes, 200)
    np.testing.assert_allclose(np.sort(np.abs(found.T @ common), axis=0)[-1], 1.0, atol=1e-12)
    np.testing.assert_allclose(found.T @ found, np.eye(n_features), atol=1e-13)


def test_no_sweep_raises_the_misfit_of_matrices_that_have_nothing_in_common(rng):
    scatter, axes = np.array([spd(rng, 5, size) for size in (0.1, 1.0, 20.0)]), np.eye(5)
    levels = [misfit(scatter, axes)]
    for _ in range(40):
        axes = rotate(scatter, axes, slopes, 1)
        levels.append(misfit(scatter, axes))
    assert np.diff(levels).max() < 1e-12
    assert levels[-1] < levels[0] - 0.1


def test_axes_at_rest_are_left_alone(rng):
    scatter = np.array([spd(rng, 4) for _ in range(3)])
    rest = rotate(scatter, np.eye(4), slopes, 2000)
    np.testing.assert_allclose(rotate(scatter, rest, slopes, 50), rest, atol=1e-7)
