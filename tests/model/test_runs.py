"""From a start to its end."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest

from gmm_core.model.runs import Runs
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate
from gmm_core.model.soundness import SOUND, Verdict
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


@dataclass(frozen=True, eq=False)
class Told(Runs):
    """Runs whose ends are told: run i, which a glance left at -i, ends at 10 - i and is sound where ``told[i]`` is."""

    told: tuple[bool, ...] = ()

    def carried_on(self, expect, glanced, watcher):
        i = -glanced.run.objective
        return Candidate(SimpleNamespace(objective=10 - i), SOUND if self.told[i] else Verdict("spurious"))

    def _parted(self, expect, run, watcher):
        return self.carried_on(expect, Candidate(run, SOUND), watcher)


@pytest.mark.parametrize("at_rest", [False, True])
@pytest.mark.parametrize(
    ("told", "carried_on"),
    [
        ((True, True, True, True, True), [0, 1, 2]),
        ((False, True, False, False), [0, 1]),
        ((False, False, False, True, True), [0, 1, 2, 3]),
        ((False, False, False), [0, 1, 2]),
    ],
)
def test_the_hinder_half_of_a_race_goes_on_until_an_end_is_sound(told, carried_on, at_rest):
    runs = Told(SETTINGS, None, False, told)
    order = np.random.default_rng(0).permutation(len(told)).tolist()
    glanced = [Candidate(SimpleNamespace(objective=-i, converged=at_rest), SOUND) for i in order]
    ends = runs.raced(None, glanced, Watcher(None, 0, 1, 0.0))
    assert [end.run.objective for end in ends] == [10 - i if i in carried_on else -i for i in order]
