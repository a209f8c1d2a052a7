"""Components on top of each other, or held by symmetry."""

import numpy as np
import pytest

from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.runs import Runs
from gmm_core.model.saddles import coinciding, pushed_apart
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import Seeds, UserStart, from_user
from gmm_core.model.watching import Watcher
from tests.model.drawing import packed_covariances, spd

every_family = pytest.mark.parametrize("family", FAMILIES)


def three_components(family, means, covariances):
    """Parameters with equal weights."""
    packed, _ = packed_covariances(get_family(family).form, np.array(covariances))
    return Parameters.of(get_family(family).form, np.full(3, 1 / 3), np.array(means), packed)


@every_family
def test_components_in_one_place_and_of_one_shape_coincide_in_any_unit(family, rng):
    shape = spd(rng, 2)
    for unit in (1e-6, 1.0, 1e6):
        means = unit * np.array([[0.0, 0.0], [5.0, 5.0], [1e-4, 0.0]])
        assert coinciding(three_components(family, means, [unit**2 * shape] * 3)) == (0, 2)


def test_one_place_with_two_shapes_or_two_places_with_one_shape_do_not_coincide():
    means = [[0.0, 0.0], [5.0, 5.0], [0.0, 0.0]]
    assert coinciding(three_components("full", means, [np.eye(2), np.eye(2), 1.2 * np.eye(2)])) is None
    means[2] = [0.2, 0.0]
    assert coinciding(three_components("full", means, [np.eye(2)] * 3)) is None


def test_five_groups_of_the_galaxies_with_one_doubled_coincide_though_em_has_not_brought_them_quite_together():
    weights = [0.0853, 0.3343, 0.2740, 0.1943, 0.0757, 0.0364]
    means = np.array([[9.710], [19.815], [21.828], [22.918], [22.971], [33.047]])
    deviations = np.array([0.4225, 0.6179, 2.9134, 1.0006, 1.0027, 0.9218])
    packed, _ = packed_covariances(get_family("full").form, (deviations**2)[:, None, None])
    assert coinciding(Parameters.of(get_family("full").form, np.array(weights), means, packed)) == (3, 4)


@every_family
def test_a_push_moves_the_pair_alone_and_keeps_its_centre(family, rng):
    parameters = three_components(family, [[1.0, 2.0], [5.0, 5.0], [1.0, 2.0]], [spd(rng, 2)] * 3)
    pushed = pushed_apart(parameters, (0, 2), get_family(family), 1e-13)
    np.testing.assert_array_equal(pushed.means[1], parameters.means[1])
    np.testing.assert_allclose(pushed.means[[0, 2]].mean(axis=0), [1.0, 2.0], rtol=1e-12)
    assert coinciding(pushed) is None
    assert pushed.weights.sum() == pytest.approx(1.0)


def mirrored_table(rng):
    """Two groups of 30 about (-3, 0) and (3, 0), each row with its mirror image across the horizontal axis."""
    rows = rng.normal(size=(30, 2)) + np.repeat([[-3.0, 0.0], [3.0, 0.0]], 15, axis=0)
    return np.concatenate([rows, rows * [1.0, -1.0]])


ABOVE_AND_BELOW = UserStart(means=np.array([[0.0, 1.0], [0.0, -1.0]]))


def test_a_push_does_not_hang_on_the_sign_of_an_eigenvector(monkeypatch):
    parameters = three_components("full", np.zeros((3, 2)), [[[1.0, -0.5], [-0.5, 1.0]]] * 3)
    family, eigh = get_family("full"), np.linalg.eigh
    pushed = pushed_apart(parameters, (0, 2), family, 1e-13)
    monkeypatch.setattr(np.linalg, "eigh", lambda dense: (eigh(dense)[0], -eigh(dense)[1]))
    np.testing.assert_array_equal(pushed_apart(parameters, (0, 2), family, 1e-13).means, pushed.means)
    assert not np.allclose(pushed.means[0], pushed.means[2])


@pytest.mark.parametrize("family", ["full", "spherical"])
def test_components_held_apart_by_symmetry_alone_are_on_a_saddle(family, rng):
    X = mirrored_table(rng)
    assert fit_mixture(X, FitSettings(2, family), ABOVE_AND_BELOW).solutions[0].kind == "saddle"
    left_and_right = UserStart(means=np.array([[-2.0, 0.0], [2.0, 0.0]]))
    assert fit_mixture(X, FitSettings(2, family), left_and_right).solutions[0].kind == "sound"


def test_a_saddle_that_a_start_ended_on_gives_way_to_what_lies_above_it(rng):
    X = mirrored_table(rng)
    search, watcher = Search.over(X, ("x", "y"), FitSettings(2), None), Watcher(None, 0, 1, 0.0)
    first = from_user(X, search.scaling, search.family, Seeds("k-means++", 2, search.floor), ABOVE_AND_BELOW, rng)
    runs = Runs(search.settings, search.maximise, lone=False)
    saddle = runs.end(search.rows.expect, first, watcher)
    settled = runs.settled(search.rows.expect, saddle, watcher)
    assert settled.run.log_likelihood > saddle.run.log_likelihood + 10
    assert runs.settled(search.rows.expect, settled, watcher) is settled
