"""From a start to its end."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.runs import Runs
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import Seeds, seeded
from gmm_core.model.watching import Watcher
from tests.model.reference_data import faithful

SETTINGS = FitSettings(3, tol=1e-9, acceleration=None)


@pytest.fixture(name="search", scope="module")
def search_over_old_faithful():
    return Search.over(np.asarray(faithful()), ("duration", "waiting"), SETTINGS, None)


def carried_on(search, max_iter):
    """A glance from k-means++ centres, and what became of it."""
    runs = Runs(replace(SETTINGS, max_iter=max_iter), search.maximise, False)
    expect, watcher = search.rows.expect, Watcher(None, 0, 1, 0.0)
    first = seeded(search.table, search.scaling, search.family, Seeds("k-means++", 3, 1e-13), np.random.default_rng(0))
    glanced = runs.glance(expect, first, watcher, SETTINGS.tol)
    return glanced.run, runs.carried_on(expect, glanced, watcher).run


def test_a_run_that_began_with_a_glance_is_one_run(search):
    glanced, whole = carried_on(search, 2000)
    assert not glanced.converged
    assert whole.converged
    np.testing.assert_array_equal(whole.trace[: glanced.n_iterations + 1], glanced.trace)
    assert np.diff(whole.trace).min() > -1e-8


@pytest.mark.parametrize("max_iter", [10, 30, 35])
def test_the_passes_of_a_glance_count_among_the_most_that_are_allowed(search, max_iter):
    assert carried_on(search, max_iter)[1].n_iterations == max_iter
