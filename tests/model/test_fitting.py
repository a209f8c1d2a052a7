"""Restarts, the best sound one of them, units, progress, and messages."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.em import expectation
from gmm_core.model.families import COMMON, FAMILIES
from gmm_core.model.families.units import InCommonUnits
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
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
    apart = 1e3 if isinstance(FAMILIES[family], InCommonUnits) else 1e6
    X = grouped_table(rng, 120, 2, 2) * [1e-3, 1e-3 * apart]
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


# -- what messages say -------------------------------------------------------------------------------------------------


def test_messages_name_rows_by_the_index_of_the_table_they_were_taken_from():
    whole = pd.DataFrame({"x": [150.0, np.nan, 30, 160, 25, 140, 35], "y": [2.0, 1, 10, 3, 12, 1, 8]})
    with pytest.raises(NoSoundSolutionError, match=r"rows (1, 4 and 6|3, 5 and 7)") as caught:
        fit_mixture(whole.dropna().rename_axis("position"), FitSettings(2, "full"))
    assert caught.value.rows in ((0, 3, 5), (2, 4, 6))
