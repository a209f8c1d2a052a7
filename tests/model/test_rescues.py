"""Further starts where none is sound: groups that cannot win are moved until all can."""

import numpy as np
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model import runs
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.soundness import Verdict
from tests.model.reference_data import faithful, galaxies
from tests.model.test_fitting import bits


def test_where_no_start_is_sound_more_are_tried_from_a_high_floor_until_one_is():
    fit = fit_mixture(galaxies(), FitSettings(5, n_init=5, seed=0))
    assert not any(start.sound for start in fit.starts[:5]), "a start was sound at once: a weak test"
    assert any(start.sound for start in fit.starts[5:])
    assert fit.log_likelihood == pytest.approx(-195.9697, abs=1e-3)
    again = fit_mixture(galaxies(), FitSettings(5, n_init=5, seed=0))
    assert bits(fit) == bits(again)


def test_where_every_start_collapses_a_group_that_cannot_win_is_moved_until_all_can(monkeypatch):
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(2, 2)) * 3
    X = centres[rng.integers(2, size=40)] + rng.normal(size=(40, 2))
    settings = FitSettings(5, n_init=2)
    fit = fit_mixture(X, settings)
    assert not any(start.sound for start in fit.starts[:2])
    assert np.linalg.eigvalsh(fit.mixture.covariances).min() > 0.005
    monkeypatch.setattr(runs, "MOST_MOVES", 0)
    with pytest.raises(NoSoundSolutionError):
        fit_mixture(X, settings, suggest=False)


def likert():
    """300 answers to 4 questions on a scale of 5, from 3 groups: half of all cells are at an end of the scale."""
    rng = np.random.default_rng(100)
    groups = rng.integers(3, size=300)
    centres = rng.uniform(1, 5, size=(3, 4))
    return np.clip(np.round(centres[groups] + rng.normal(size=(300, 4))), 1, 5)


def test_where_several_groups_have_collapsed_onto_ties_all_of_them_are_moved_at_once():
    fit = fit_mixture(likert(), FitSettings(3, seed=1), suggest=False)  # refused while they were moved one by one
    assert not any(start.sound for start in fit.starts[:5])
    assert fit.log_likelihood > -1650
    assert np.linalg.eigvalsh(fit.mixture.covariances).min() > 0.01


def test_rescues_end_with_as_many_sound_ones_as_starts_were_asked_for():
    fit = fit_mixture(galaxies(), FitSettings(5, n_init=1, seed=0))
    assert [start.sound for start in fit.starts].count(True) == 1
    assert not fit.starts[0].sound
    assert fit.starts[-1].sound


def test_without_rescue_the_starts_asked_for_are_all_that_is_tried(monkeypatch):
    tried = []
    monkeypatch.setattr(runs, "judge", lambda *given: tried.append(given) or Verdict("empty", 0))
    with pytest.raises(NoSoundSolutionError):
        fit_mixture(faithful(), FitSettings(n_init=3), suggest=False, rescue=False)
    assert len(tried) == 3
