"""The cells of a grid: order, threads, guides, and stopping."""

from itertools import pairwise
from threading import Event

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.em.stopping import STOPPED
from gmm_core.model.families import COMMON, FAMILIES
from gmm_core.model.settings import FitSettings
from gmm_core.model.threads import n_cores, within_cores
from tests.model.reference_data import faithful

ONE = FitSettings(n_init=1)


def by_pair(cells):
    return {cell.pair: repr(cell) for cell in cells}


def test_a_cell_does_not_depend_on_the_order_or_the_number_of_threads():
    pairs = [(k, name) for k in (1, 2, 3) for name in COMMON]
    alone = by_pair(compare_cells(faithful(), pairs, ONE, n_threads=1))
    together = by_pair(compare_cells(faithful(), reversed(pairs), ONE, n_threads=4))
    assert len(alone) == 12
    assert together == alone


def test_cells_come_as_they_are_done():
    released = Event()
    cells = compare_cells(
        faithful(), [(1, "full"), (2, "full")], ONE, lambda pair, _: pair[0] == 1 or released.wait(300)
    )
    assert next(cells).n_components == 1
    released.set()
    assert next(cells).n_components == 2


def test_a_consumer_that_leaves_ends_the_cells_at_work():
    seen = []
    cells = compare_cells(
        faithful(), [(k, "full") for k in range(1, 40)], ONE, lambda pair, _: not seen.append(pair[0])
    )
    next(cells)
    cells.close()
    assert max(seen) < 39


def test_a_cell_that_was_stopped_midway_is_not_given():
    pairs = [(k, "tied") for k in (1, 2, 3)]
    cells = list(compare_cells(faithful(), pairs, ONE, lambda pair, progress: pair[0] < 2 or progress.iteration < 2))
    assert [cell.n_components for cell in cells] == [1]
    assert all(cell.fit.stopped_by != STOPPED for cell in cells)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_likelihood_never_falls_as_groups_are_added(name):
    cells = list(compare_cells(faithful(), [(k, name) for k in range(1, 5)], FitSettings(n_init=1, max_iter=300)))
    levels = [cell.log_likelihood for cell in cells if cell.sound]
    assert len(levels) > 2
    assert all(more >= fewer - 1e-6 for fewer, more in pairwise(levels))


def test_the_guide_may_come_from_an_earlier_run():
    whole = by_pair(compare_cells(faithful(), [(1, "full"), (2, "full"), (3, "full")], ONE))
    earlier = list(compare_cells(faithful(), [(1, "full"), (2, "full")], ONE))
    later = by_pair(compare_cells(faithful(), [(3, "full")], ONE, earlier=earlier))
    assert later == {(3, "full"): whole[3, "full"]}


def test_the_first_pair_without_meaning_is_refused_before_anything_is_fitted():
    with pytest.raises(SettingsError, match="oval"):
        next(compare_cells(faithful(), [(1, "full"), (2, "oval")], ONE))


def test_cells_side_by_side_share_the_cores():
    with within_cores(3):
        assert n_cores() == 3
        with within_cores(1):
            assert n_cores() == 1
        assert n_cores() == 3


def test_weights_and_noise_and_priors_hold_for_guided_starts_too():
    weights = np.random.default_rng(0).integers(1, 4, len(faithful()))
    settings = FitSettings(n_init=1, noise=True, equal_weights=True)
    cells = list(compare_cells(faithful(), [(2, "full"), (3, "full")], settings, weights=weights))
    assert len(cells[1].fit.starts) > 1
    np.testing.assert_allclose(cells[1].fit.mixture.weights, cells[1].fit.mixture.weights[0], rtol=1e-9)
    assert cells[1].fit.mixture.noise is not None
