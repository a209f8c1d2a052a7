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


def test_every_seed_has_the_same_reserve_and_the_first_sound_end_is_the_last():
    first, second = (list(reserve.reserve(searching(3, seed), [], NO_WATCH)) for seed in (0, 1))
    assert ends(first) == ends(second)
    assert [candidate.verdict.sound for candidate in first] == [False] * (len(first) - 1) + [True]


def test_nothing_of_it_is_tried_where_an_end_is_sound_where_none_can_be_or_after_a_stop():
    search = searching(3)
    some = next(reserve.reserve(search, [], NO_WATCH))
    assert not list(reserve.reserve(search, [Candidate(some.run, SOUND)], NO_WATCH))
    assert not list(reserve.reserve(searching(40, table=likert()[:100]), [], NO_WATCH))  # 40 groups of 5 rows
    stopping = Stopping(lambda progress: False)
    assert len(list(reserve.reserve(search, [], stopping))) == 1


def test_a_long_pass_makes_it_smaller():
    small, large = searching(3), searching(3, table=np.tile(likert(), (60, 1)))
    assert reserve._n_affordable(small) > 4 * len(RESCUES)
    assert 0 < reserve._n_affordable(large) < 2 * len(RESCUES)


def test_a_fit_that_nothing_else_finds_is_found_by_the_reserve(monkeypatch):
    monkeypatch.setattr(fitting, "_neighbours", lambda *given: [])
    monkeypatch.setattr(Search, "rescues", lambda self, watch: iter(()))
    settings = FitSettings(3, n_init=1, seed=1)
    found = fit_mixture(likert(), settings)
    assert [start.sound for start in found.starts] == [False] * (len(found.starts) - 1) + [True]
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
