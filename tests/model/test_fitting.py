"""Restarts, the best sound one of them, units, progress, and tables too long to try every start on."""

import re

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model import runs, scouting, search
from gmm_core.model.em import expectation
from gmm_core.model.families import COMMON, FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.scouting import SCOUT_ROWS
from gmm_core.model.settings import FitSettings
from gmm_core.model.soundness import SOUND, Verdict
from gmm_core.model.starts import UserStart
from gmm_core.model.threads import within_cores
from tests.model import oracle
from tests.model.drawing import grouped_table
from tests.model.reference_data import CUSTOMERS, eruptions, faithful, galaxies

every_family = pytest.mark.parametrize("family", FAMILIES)


def plain(fit):
    """Weights, means and covariances."""
    return fit.mixture.weights, fit.mixture.means, fit.mixture.covariances


def bits(fit):
    """All numbers of a fit, byte by byte."""
    return [array.tobytes() for array in (*plain(fit), fit.trace)]


@every_family
def test_a_fit_reports_the_log_likelihood_trace_and_entropy_of_its_mixture_in_the_units_of_the_table(family, rng):
    X = grouped_table(rng, 50, 2, 2) * [100.0, 250.0] + [3000.0, -7.0]
    fit = fit_mixture(X, FitSettings(2, family, n_init=2))
    assert fit.log_likelihood == pytest.approx(oracle.log_likelihood(X, *plain(fit)), rel=1e-11)
    assert fit.entropy == pytest.approx(oracle.entropy(oracle.memberships(X, *plain(fit))), rel=1e-6, abs=1e-9)
    assert (fit.n_rows, fit.n_iterations, fit.trace[-1]) == (50, len(fit.trace) - 1, fit.log_likelihood)
    assert fit.evidence.n_parameters == fit.mixture.n_parameters


def test_the_likeliest_sound_start_wins_and_every_start_is_reported():
    fit = fit_mixture(eruptions(), FitSettings(4, n_init=8, seed=1))
    assert len(fit.starts) == 8
    assert all((start.reason == "") == start.sound for start in fit.starts)
    assert fit.log_likelihood == max(start.log_likelihood for start in fit.starts if start.sound)
    assert all(start.n_rows == 272 for start in fit.starts)


def even_groups_and_ties(n_even, n_tied):
    """Two even groups, about 0 and 10, and tied rows at 13 onto which a third component may shrink, (N, 1)."""
    even = np.linspace(-2.0, 2.0, n_even)
    return np.concatenate([even, even + 10, np.full(n_tied, 13.0)])[:, None]


def test_a_collapsed_start_never_wins_however_high_its_likelihood():
    X = even_groups_and_ties(30, 8)
    fit = fit_mixture(X, FitSettings(3, n_init=20, seed=0))
    lost = [start for start in fit.starts if not start.sound]
    assert any(start.log_likelihood > fit.log_likelihood for start in lost), "no start collapsed: a weak test"
    assert all("rows 61, 62, 63, 64, 65, 66 ... (8 in all), with no spread" in start.reason for start in lost)
    assert fit.mixture.covariances.min() > 0.05


def test_start_i_does_not_depend_on_how_many_starts_there_are():
    few, many = (fit_mixture(eruptions(), FitSettings(3, n_init=n, seed=4)) for n in (2, 5))
    assert few.starts == many.starts[:2]


@every_family
def test_the_same_seed_gives_the_same_bits_and_another_seed_another_start(family):
    first, again, other = (fit_mixture(faithful(), FitSettings(3, family, 2, seed=s, max_iter=20)) for s in (1, 1, 2))
    assert bits(first) == bits(again)
    assert first.starts == again.starts != other.starts


def test_the_number_of_threads_changes_no_bit_of_a_fit(rng, monkeypatch):
    X = grouped_table(rng, 20_000, 2, 3)
    monkeypatch.setattr(expectation, "WORTH_THREADS", 0)
    found = []
    for n_threads in (1, 2, 3):
        with within_cores(n_threads):
            found.append(bits(fit_mixture(X, FitSettings(3, n_init=1, max_iter=5))))
    assert found[0] == found[1] == found[2]


@every_family
def test_components_come_in_canonical_order(family):
    for seed in range(4):
        means = fit_mixture(faithful(), FitSettings(3, family, n_init=1, seed=seed, max_iter=30)).mixture.means
        assert (np.diff(means[:, 0]) >= 0).all()


def test_where_every_start_collapses_the_error_names_rows_columns_and_a_family_that_would_do():
    with pytest.raises(NoSoundSolutionError) as error:
        fit_mixture(CUSTOMERS, FitSettings(2, n_init=5))
    assert set(error.value.rows) in ({0, 2, 4}, {1, 3, 5})
    assert error.value.columns == ("column 1", "column 2")
    assert error.value.value == "diag"
    assert "Try the axis-aligned family (covariance_type='diag'), or fewer groups." in str(error.value)
    fit_mixture(CUSTOMERS, FitSettings(2, error.value.value))


def test_without_a_suggestion_the_error_only_asks_for_fewer_groups():
    with pytest.raises(NoSoundSolutionError, match="Ask for fewer groups") as error:
        fit_mixture(CUSTOMERS, FitSettings(2, n_init=2), suggest=False)
    assert error.value.value is None


# -- units -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_smallest_variance_is_a_fraction_of_the_columns_own(unit):
    X = unit * np.array([[0.0], [0.1], [0.25], [5.0], [5.2], [5.4]])
    narrowest = X[:3].var() / X.var()
    below = fit_mixture(X, FitSettings(2, variance_floor=narrowest / 3, n_init=2))
    assert below.mixture.covariances.min() == pytest.approx(X[:3].var(), rel=1e-6)
    with pytest.raises(NoSoundSolutionError, match="rows 1, 2 and 3, with no spread in column 1"):
        fit_mixture(X, FitSettings(2, variance_floor=narrowest * 1.01, n_init=2))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_floor_of_zero_still_recognises_a_collapse(family):
    X = np.concatenate([np.linspace(0.0, 1.0, 20), np.full(5, 9.0)])[:, None]
    means = UserStart(means=np.array([[0.5], [9.0]]))
    if FAMILIES[family].rows_needed(1) == 1:
        assert fit_mixture(X, FitSettings(2, family, variance_floor=0.0), means).mixture.covariances.min() > 0.01
    else:
        with pytest.raises(NoSoundSolutionError, match=r"rows 21, 22, 23, 24 and 25, with no spread in column 1"):
            fit_mixture(X, FitSettings(2, family, variance_floor=0.0), means)


@pytest.mark.parametrize("family", [name for name, family in FAMILIES.items() if family.own_scales])
def test_a_column_of_small_numbers_beside_one_of_large_ones_is_not_taken_for_flat(family, rng):
    X = grouped_table(rng, 120, 2, 2) * [1e-3, 1e3]
    fit = fit_mixture(X, FitSettings(2, family, n_init=2))
    smallest = fit.mixture.covariances[:, 0, 0].min() / X[:, 0].var()
    assert smallest > 1e-4


def test_a_ridge_is_in_squared_units_of_the_table(rng):
    X = grouped_table(rng, 60, 2, 1) * [1.0, 1000.0]
    without, with_ridge = (fit_mixture(X, FitSettings(1, reg_covar=r, n_init=1)) for r in (0.0, 2.5))
    np.testing.assert_allclose(
        with_ridge.mixture.covariances - without.mixture.covariances, [2.5 * np.eye(2)], atol=1e-6
    )


# -- watching and stopping ---------------------------------------------------------------------------------------------


def test_progress_tells_the_start_the_iteration_and_the_log_likelihood_of_the_table():
    seen = []
    fit = fit_mixture(eruptions(), FitSettings(2, n_init=2, seed=0), watch=lambda p: seen.append(p) or True)
    assert {(p.start, p.n_starts) for p in seen} == {(0, 2), (1, 2)}
    first = [p.log_likelihood for p in seen if p.start == 0]
    assert [p.iteration for p in seen if p.start == 0] == list(range(len(first)))
    assert min(abs(p.log_likelihood - fit.trace[0]) for p in seen) < 1e-9


def test_a_fit_that_is_stopped_returns_what_it_has():
    fit = fit_mixture(eruptions(), FitSettings(2, n_init=5), watch=lambda p: p.iteration < 3)
    assert fit.n_iterations in (3, 4)  # a proposal is followed by a step of EM
    assert (fit.converged, len(fit.starts)) == (False, 1)
    fit = fit_mixture(eruptions(), FitSettings(2, n_init=5), watch=lambda p: p.start < 2)
    assert len(fit.starts) == 3
    at_once = fit_mixture(eruptions(), FitSettings(2, n_init=5), watch=lambda p: False)
    assert at_once.n_iterations == 0
    assert at_once.mixture.weights.sum() == pytest.approx(1.0)


def test_a_stop_also_ends_the_search_for_a_family_that_would_do():
    def passes(suggest, limit):
        seen = []

        def watch(progress):
            seen.append(progress)
            return len(seen) < limit

        with pytest.raises(NoSoundSolutionError):
            fit_mixture(CUSTOMERS, FitSettings(2, n_init=2), watch=watch, suggest=suggest)
        return len(seen)

    without = passes(False, 10_000)
    assert passes(True, without + 1) <= without + len(COMMON) < passes(True, 10_000)


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


# -- the map of solutions ----------------------------------------------------------------------------------------------


def test_starts_that_end_in_one_place_are_one_solution_and_the_winner_comes_first():
    fit = fit_mixture(eruptions(), FitSettings(4, n_init=8, seed=1))
    assert sum(solution.n_found for solution in fit.solutions) == len(fit.starts) == 8
    assert sum(solution.share for solution in fit.solutions) == pytest.approx(1.0)
    winner, *others = fit.solutions
    assert winner.sound
    assert winner.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)
    assert winner.means == tuple(map(tuple, fit.mixture.means.tolist()))
    assert all(other.log_likelihood < winner.log_likelihood for other in others if other.sound)
    assert all((solution.kind == "sound") == (solution.reason == "") for solution in fit.solutions)


def test_the_same_solution_with_its_groups_in_another_order_is_the_same_solution():
    labels = np.repeat([0, 1], 20)
    X = np.random.default_rng(3).normal(size=(40, 2)) + 8.0 * labels[:, None]
    assert len(fit_mixture(X, FitSettings(2, n_init=10, seed=0)).solutions) == 1


# -- a user's own start ------------------------------------------------------------------------------------------------


def test_a_users_own_start_may_end_on_a_saddle_which_is_said():
    fit = fit_mixture(eruptions(), FitSettings(2), UserStart(means=np.array([[3.5], [3.5]])))
    assert [(solution.kind, solution.sound) for solution in fit.solutions] == [("saddle", False)]
    assert "on top of each other" in fit.starts[0].reason


def test_no_other_start_ends_on_a_saddle():
    settings = FitSettings(2, n_init=6, init_params="random", tol=1e-4)
    found = fit_mixture(eruptions(), settings)
    assert found.log_likelihood == pytest.approx(-276.36, abs=0.1)
    assert {solution.kind for solution in found.solutions} == {"sound"}


def test_a_users_own_start_may_end_in_a_doubtful_group_but_not_in_a_collapsed_one():
    close = UserStart(responsibilities=np.eye(2)[(np.abs(galaxies()[:, 0] - 16.1) < 0.1).astype(int)])
    fit = fit_mixture(galaxies(), FitSettings(2, tol=0.0, max_iter=1), close)
    assert fit.solutions[0].kind == "spurious"
    alone = UserStart(responsibilities=np.eye(2)[(galaxies()[:, 0] > 34).astype(int)])
    with pytest.raises(NoSoundSolutionError, match="row 82"):
        fit_mixture(galaxies(), FitSettings(2), alone)


# -- long tables -------------------------------------------------------------------------------------------------------


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


def test_messages_name_rows_by_the_index_of_the_table_they_were_taken_from():
    whole = pd.DataFrame({"x": [150.0, np.nan, 30, 160, 25, 140, 35], "y": [2.0, 1, 10, 3, 12, 1, 8]})
    with pytest.raises(NoSoundSolutionError, match=r"rows (1, 4 and 6|3, 5 and 7)") as caught:
        fit_mixture(whole.dropna().rename_axis("position"), FitSettings(2, "full"))
    assert caught.value.rows in ((0, 3, 5), (2, 4, 6))


def test_a_search_without_a_sound_solution_names_a_family_even_where_that_has_collapsed_starts_too():
    refused = 0
    for seed in range(3):
        rng = np.random.default_rng(seed)
        table = np.vstack([rng.normal(size=(54, 2)).round(1), np.tile([3.0, 3.0], (6, 1))])
        try:
            fit_mixture(table, FitSettings(4, "full", seed=seed))
        except NoSoundSolutionError:
            refused += 1
    assert refused


def test_without_rescue_the_starts_asked_for_are_all_that_is_tried(monkeypatch):
    tried = []
    monkeypatch.setattr(runs, "judge", lambda *given: tried.append(given) or Verdict("empty", 0))
    with pytest.raises(NoSoundSolutionError):
        fit_mixture(faithful(), FitSettings(n_init=3), suggest=False, rescue=False)
    assert len(tried) == 3


def test_starts_on_a_sample_are_less_exact_than_the_fit_over_all_rows(monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    tols, original = [], runs.run_em
    monkeypatch.setattr(runs, "run_em", lambda *given: tols.append(given[3].tol) or original(*given))
    fit_mixture(faithful(), FitSettings(2, n_init=1))
    assert [tol for tol in tols if tol != runs.NUDGE.tol] == [search.SCOUT_TOL, FitSettings().tol]


def test_where_the_best_alone_is_asked_for_starts_that_fall_behind_on_a_sample_stay_there(monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    settings = FitSettings(3, n_init=5, acceleration=None)
    whole, raced = (fit_mixture(faithful(), settings, suggest=suggest) for suggest in (True, False))
    left = [b.n_iterations < a.n_iterations for a, b in zip(whole.starts, raced.starts, strict=True)]
    assert sum(left) == 2
    assert all(start.n_iterations == runs.GLANCE.max_iter for start, behind in zip(raced.starts, left) if behind)
    assert raced.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-6)
