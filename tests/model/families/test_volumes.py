"""Volumes of components that share everything else."""

import numpy as np
import pytest

from gmm_core.model.families.volumes import axis_shares, geometric_means, matrix_shares, relative_volumes
from tests.model.drawing import spd


def traces_of_shares(scatter, volumes, shares):
    """Trace of each scatter over its volume, in the metric of their sum."""
    parts = shares(scatter / volumes.reshape(-1, *[1] * (scatter.ndim - 1)))
    return parts.sum(axis=1) if parts.ndim == 2 else np.trace(parts, axis1=1, axis2=2)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("start", ["cold", "warm"])
def test_volumes_solve_their_equations_for_scatters_and_counts_of_very_different_sizes(seed, start):
    rng = np.random.default_rng(seed)
    k, d = rng.integers(2, 7), rng.integers(1, 7)
    counts = 10.0 ** rng.uniform(-3, 3, k)
    sizes = 10.0 ** rng.uniform(-6, 6, (k, 1, 1))
    for scatter, shares in (
        (10.0 ** rng.uniform(-4, 4, (k, d)) * sizes[:, 0], axis_shares),
        (np.array([spd(rng, d) for _ in range(k)]) * sizes, matrix_shares),
    ):
        previous = None if start == "cold" else scatter[::-1]
        volumes = relative_volumes(scatter, counts, shares, previous)
        found = traces_of_shares(scatter, volumes, shares)
        np.testing.assert_allclose(found, d * counts / counts.sum(), rtol=1e-9)


def test_newtons_steps_do_not_go_to_and_fro_where_two_scatters_point_in_different_directions():
    scatter = np.array([[1e4, 1e-8, 1.0], [1e-8, 1e4, 1e-3]])
    counts = np.array([10.0, 50.0])
    volumes = relative_volumes(scatter, counts, axis_shares)
    np.testing.assert_allclose(traces_of_shares(scatter, volumes, axis_shares), 3 * counts / 60, rtol=1e-9)


def test_a_likelihood_without_a_maximum_ends_in_finite_volumes():
    scatter = np.array([[0.0, 3.0], [2.0, 5.0]])  # the first has no spread along the first axis, but most rows
    assert np.isfinite(relative_volumes(scatter, np.array([30.0, 10.0]), axis_shares)).all()


def test_an_axis_along_which_no_component_has_spread_changes_no_volume(rng):
    scatter, counts = rng.uniform(0.1, 9.0, size=(4, 3)), np.array([3.0, 9.0, 20.0, 40.0])
    flat = np.insert(scatter, 1, 0.0, axis=1)
    found, expected = (relative_volumes(each, counts, axis_shares) for each in (flat, scatter))
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_newtons_steps_end_also_where_a_volume_falls_to_zero_and_none_is_the_last():
    """A sixth of the rows spread along one of six axes: the likelihood rises as long as their volume falls."""
    lone = np.zeros((6, 6))
    lone[0, 0] = 1.0
    scatter, n_steps = np.array([np.diag([3.0, 2.0, 1.0, 1.0, 4.0, 1.0]), np.eye(6), lone]), []

    def counted(matrices):
        n_steps.append(1)
        return matrix_shares(matrices)

    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(6, 6)))[0]
    volumes = relative_volumes(turn @ scatter @ turn.T, np.array([30.0, 20.0, 10.0]), counted)
    assert volumes[2] < 1e-3 * volumes[:2].min()
    assert len(n_steps) < 30


def test_a_component_without_scatter_or_rows_has_no_volume_and_leaves_the_others_alone():
    scatter = np.array([[1.0, 4.0], [0.0, 0.0], [8.0, 2.0], [1e-320, 1e-320]])
    counts = np.array([10.0, 5.0, 20.0, np.finfo(float).tiny])
    volumes = relative_volumes(scatter, counts, axis_shares)
    alone = relative_volumes(scatter[[0, 2]], counts[[0, 2]], axis_shares)
    np.testing.assert_array_equal(volumes[[1, 3]], 0.0)
    assert volumes[0] / volumes[2] == pytest.approx(alone[0] / alone[1], rel=1e-12)


def test_geometric_means_are_roots_of_products_and_zero_without_spread():
    found = geometric_means(np.array([[1.0, 8.0, 27.0], [1.0, 0.0, 2.0], [0.0, 0.0, 0.0], [1.0, -1e-17, 1.0]]))
    np.testing.assert_allclose(found, [6.0, 0.0, 0.0, 0.0])


def test_a_lone_component_of_rounding_only_has_the_volume_one():
    scatter = np.array([[[0.0, -5.6e-82], [-5.6e-82, 4.3e-115]], np.zeros((2, 2))])
    np.testing.assert_array_equal(relative_volumes(scatter, np.ones(2), matrix_shares), [1.0, 0.0])
