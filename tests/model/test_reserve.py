"""The last starts before a refusal."""

import numpy as np
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model import fitting, reserve
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.search import RESCUES, Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate
from gmm_core.model.soundness import SOUND
from gmm_core.model.watching import Stopping
from tests.model.test_rescues import likert

NO_WATCH = Stopping(None)


def searching(n_components, seed=0, table=None):
    table = likert() if table is None else table
    return Search.over(table, tuple("abcd"[: table.shape[1]]), FitSettings(n_components, seed=seed, n_init=1), None)


def ends(candidates):
    return [candidate.run.objective for candidate in candidates]


@pytest.fixture(scope="module")
def grown():
    return reserve.reserve(searching(3), [], NO_WATCH)


def test_every_seed_has_the_same_reserve(grown):
    assert ends(reserve.reserve(searching(3, seed=1), [], NO_WATCH)) == ends(grown)
    assert any(candidate.verdict.sound for candidate in grown)
    assert {candidate.run.parameters.n_components for candidate in grown} == {3}


def test_nothing_of_it_is_tried_where_an_end_is_sound_where_none_can_be_or_after_a_stop(grown):
    search = searching(3)
    assert not reserve.reserve(search, [Candidate(grown[0].run, SOUND)], NO_WATCH)
    assert not reserve.reserve(searching(40, table=likert()[:100]), [], NO_WATCH)  # 40 groups of 5 rows
    stopping = Stopping(lambda progress: False)
    assert not reserve.reserve(search, [], stopping)
    assert stopping.stopped


def test_one_group_beside_noise_has_nothing_to_grow_from():
    search = Search.over(likert(), tuple("abcd"), FitSettings(1, noise=True), None)
    assert not search.decided
    assert not reserve.reserve(search, [], NO_WATCH)


def test_a_growth_that_stands_still_ends(monkeypatch):
    tried = []
    monkeypatch.setattr(reserve.Growth, "ends", lambda self, parents: tried.append(parents) or iter(()))
    assert not reserve.reserve(searching(5), [], NO_WATCH)
    assert len(tried) == 1


def test_a_long_pass_makes_it_smaller():
    small, large = searching(3), searching(3, table=np.tile(likert(), (60, 1)))
    assert reserve._n_affordable(small) > 10_000
    assert 0 < reserve._n_affordable(large) < reserve._n_affordable(small) / 3


def test_a_fit_that_nothing_else_finds_is_found_by_the_reserve(monkeypatch):
    monkeypatch.setattr(fitting, "_neighbours", lambda *given: [])
    monkeypatch.setattr(Search, "rescues", lambda self, watch: iter(()))
    settings = FitSettings(3, n_init=1, seed=1)
    found = fit_mixture(likert(), settings)
    assert not found.starts[0].sound
    assert any(start.sound for start in found.starts)
    monkeypatch.setattr(fitting, "reserve", lambda *given: [])
    with pytest.raises(NoSoundSolutionError):
        fit_mixture(likert(), settings)


def test_a_family_that_only_does_with_rescues_is_named_in_the_refusal(monkeypatch):
    tied = fit_mixture(likert(), FitSettings(3, "tied", n_init=1))
    tried = []

    def neighbours(search, watch, n_rescues=0):
        tried.append(n_rescues)
        return [tied] if n_rescues else []

    monkeypatch.setattr(fitting, "_neighbours", neighbours)
    monkeypatch.setattr(fitting, "reserve", lambda *given: [])
    monkeypatch.setattr(Search, "rescues", lambda self, watch: iter(()))
    with pytest.raises(NoSoundSolutionError, match="covariance_type='tied'") as refusal:
        fit_mixture(likert(), FitSettings(3, n_init=1, seed=1))
    assert refusal.value.value == "tied"
    assert tried == [0, len(RESCUES)]
