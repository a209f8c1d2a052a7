"""Tables too long to try every start on: starts on a sample, and the best of them over all rows."""

import re

import numpy as np
import pytest

from gmm_core.model import runs, scouting, search
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.scouting import SCOUT_ROWS
from gmm_core.model.settings import FitSettings
from gmm_core.model.soundness import SOUND, Verdict
from gmm_core.model.starts import UserStart
from tests.model.reference_data import faithful
from tests.model.test_fitting import bits, even_groups_and_ties


@pytest.fixture(scope="module")
def long_table():
    """45,000 rows in two groups, (0, 0) and (6, 3), a third of them in the first."""
    rng = np.random.default_rng(7)
    labels = np.arange(45_000) % 3 > 0
    return rng.normal(size=(45_000, 2)) * [1.0, 0.5] + labels[:, None] * np.array([6.0, 3.0])


def test_a_long_table_is_tried_on_a_sample_and_finished_with_all_rows(long_table):
    fit = fit_mixture(long_table, FitSettings(2, n_init=3, seed=0))
    assert [start.n_rows for start in fit.starts] == [SCOUT_ROWS] * 3
    assert fit.n_rows == 45_000
    assert fit.converged
    np.testing.assert_allclose(fit.mixture.weights, [1 / 3, 2 / 3], atol=0.01)
    np.testing.assert_allclose(fit.mixture.means, [[0, 0], [6, 3]], atol=0.05)
    assert fit.log_likelihood == pytest.approx(fit.mixture.log_density(long_table).sum(), rel=1e-12)
    again = fit_mixture(long_table, FitSettings(2, n_init=3, seed=0))
    assert bits(fit) == bits(again)


def test_a_long_table_reaches_the_solution_of_em_on_all_its_rows(long_table):
    scouted = fit_mixture(long_table, FitSettings(2, n_init=2, tol=1e-10))
    start = UserStart(means=np.array([[0.0, 0.0], [6.0, 3.0]]))
    direct = fit_mixture(long_table, FitSettings(2, tol=1e-10), start)
    assert direct.starts[0].n_rows == 45_000
    assert scouted.log_likelihood == pytest.approx(direct.log_likelihood, rel=1e-9)


def test_the_next_best_start_goes_on_where_the_best_of_the_sample_turns_out_unsound(long_table, monkeypatch):
    polished = []

    def judge_the_first_unsound(parameters, family, expect, floor, steadied):
        if expect.rows.n_rows == len(long_table):
            polished.append(parameters)
            return SOUND if len(polished) > 1 else Verdict("empty", 0)
        return SOUND

    monkeypatch.setattr(runs, "judge", judge_the_first_unsound)
    fit = fit_mixture(long_table, FitSettings(2, n_init=3, max_iter=5))
    assert len(polished) == 2
    np.testing.assert_allclose(np.sort(fit.mixture.weights), np.sort(polished[1].weights))


def test_a_long_table_can_be_stopped_on_the_sample_and_on_all_rows(long_table):
    at_once = fit_mixture(long_table, FitSettings(2, n_init=3), watch=lambda p: False)
    assert (at_once.n_rows, at_once.n_iterations, len(at_once.starts)) == (45_000, 0, 1)
    last = fit_mixture(long_table, FitSettings(2, n_init=1), watch=lambda p: p.start < p.n_starts)
    assert last.n_iterations == 0
    assert last.log_likelihood == pytest.approx(last.mixture.log_density(long_table).sum(), rel=1e-12)


def test_reasons_of_starts_on_a_sample_name_the_rows_of_the_table(monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 60)
    X = even_groups_and_ties(90, 24)
    fit = fit_mixture(X, FitSettings(3, n_init=20, seed=0))
    assert fit.starts[0].n_rows == 60
    reasons = [start.reason for start in fit.starts if "shrunk" in start.reason]
    assert reasons, "no start collapsed: a weak test"
    named = [int(word) for reason in reasons for word in re.findall(r"\d+(?=,)", reason)]
    assert min(named) > 180


def test_starts_on_a_sample_are_less_exact_than_the_fit_over_all_rows(monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    tols, original = [], runs.run_em
    monkeypatch.setattr(runs, "run_em", lambda *given: tols.append(given[3].tol) or original(*given))
    fit_mixture(faithful(), FitSettings(2, n_init=1))
    assert [tol for tol in tols if tol != runs.NUDGE.tol] == [search.SCOUT_TOL, FitSettings().tol]


def test_where_the_best_alone_is_asked_for_starts_that_fall_behind_stay_there(monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    settings = FitSettings(3, n_init=5, acceleration=None)
    whole, raced = (fit_mixture(faithful(), settings, suggest=suggest) for suggest in (True, False))
    left = [b.n_iterations < a.n_iterations for a, b in zip(whole.starts, raced.starts, strict=True)]
    assert sum(left) == 2
    assert max(start.n_iterations for start in raced.starts[3:]) == runs.GLANCE.max_iter  # they are the slow ones
    assert raced.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-6)
