"""The parametric bootstrap of K against K + 1 groups."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.choice.bootstrap import BootstrapTest, RatioTest, draw_like, likelihood_ratio_test
from gmm_core.model.families import COMMON
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.drawing import with_gaps
from tests.model.reference_data import WAIT_TIMES, eruptions, faithful

ONE = FitSettings(n_components=1, covariance_type="tied", n_init=1)


@pytest.fixture(scope="module")
def durations():
    """Old Faithful's durations: one group against two."""
    return likelihood_ratio_test(eruptions(), ONE, 9)


def test_two_kinds_of_eruptions_are_no_chance(durations):
    assert (durations.n_components, len(durations.replicates) + durations.n_failed) == (1, 9)
    assert durations.statistic > 3 * durations.replicates.max()
    assert durations.p_value == 1 / (1 + len(durations.replicates))


def test_the_statistic_is_twice_the_rise_of_the_log_likelihood(durations):
    one, two = (fit_mixture(eruptions(), replace(ONE, n_components=k)).log_likelihood for k in (1, 2))
    assert durations.statistic == pytest.approx(2 * (two - one), rel=1e-6)


def test_one_normal_population_needs_no_second_group():
    test = likelihood_ratio_test(np.random.default_rng(3).normal(size=(60, 2)), ONE, 9)
    assert test.p_value > 0.1
    assert test.n_negative == 0


def test_the_same_seed_gives_the_same_replicates_however_many_are_made(durations):
    fewer = likelihood_ratio_test(eruptions(), ONE, 3)
    made = len(fewer.replicates)
    assert fewer.replicates.tolist() == durations.replicates[:made].tolist()
    other = likelihood_ratio_test(eruptions(), replace(ONE, seed=1), 2)
    assert not set(other.replicates) & set(durations.replicates)


def test_a_watch_sees_the_replicates_come_and_stops_with_what_there_is():
    seen = []

    def watch(test):
        seen.append(test.share_done)
        return test.share_done < 0.2

    test = likelihood_ratio_test(eruptions(), ONE, 10, watch)
    assert test.share_done == 0.2
    assert seen == sorted(seen)
    assert seen[0] == 0.0


def test_a_replicate_on_its_way_is_dropped_when_asked_to_stop():
    calls = iter(range(5))
    test = likelihood_ratio_test(eruptions(), ONE, 10, lambda test: next(calls, None) is not None)
    assert (len(test.replicates), test.n_failed, test.p_value) == (0, 0, 1.0)


def test_the_fits_of_the_data_can_be_stopped_too():
    asked = []
    test = likelihood_ratio_test(eruptions(), ONE, 9, lambda test: asked.append(test) or len(asked) < 3)
    assert len(asked) == 3
    assert np.isnan(test.statistic)
    assert (len(test.replicates), test.unsound, test.p_value) == (0, "", 1.0)


def test_one_group_more_without_a_sound_solution_is_an_answer():
    test = likelihood_ratio_test(WAIT_TIMES, FitSettings(4, n_init=3), 9)
    assert test.unsound
    assert (len(test.replicates), test.p_value) == (0, 1.0)


def test_it_ends_early_once_enough_replicates_reach_the_statistic():
    test = likelihood_ratio_test(np.random.default_rng(3).normal(size=(60, 1)), ONE, 99, enough=2)
    assert test.n_reached == 2
    assert len(test.replicates) < 60
    assert test.p_value == 2 / len(test.replicates)


@pytest.mark.parametrize(
    ("replicates", "enough", "p"),
    [([], None, 1.0), ([1.0, 2.0, 3.0], None, 0.75), ([1.0, 1.9], None, 1 / 3), ([1.0, 2.0, 3.0], 2, 2 / 3)],
)
def test_a_p_value_is_its_formula(replicates, enough, p):
    assert BootstrapTest(2.0, 10, enough, np.array(replicates)).p_value == pytest.approx(p)


def test_replicates_whose_search_missed_the_larger_model_are_counted():
    assert RatioTest(5.0, 10, None, np.array([-0.1, -1e-9, 0.0, 3.0])).n_negative == 1


@pytest.mark.parametrize("family", [*COMMON, "VEV"])
def test_it_works_for_every_family(family):
    test = likelihood_ratio_test(faithful(), FitSettings(1, family, n_init=1), 1)
    assert test.statistic > 100
    assert len(test.replicates) + test.n_failed == 1


@pytest.mark.parametrize("changed", [{"noise": True}, {"equal_weights": True}, {"reg_covar": 0.01}], ids=str)
def test_it_takes_what_settings_may_say_of_the_model(changed):
    assert likelihood_ratio_test(faithful(), FitSettings(1, n_init=1, **changed), 1).share_done == 1.0


def test_weights_count_rows():
    once = likelihood_ratio_test(WAIT_TIMES.repeat(3, axis=0), FitSettings(1, "tied"), 3)
    thrice = likelihood_ratio_test(WAIT_TIMES, FitSettings(1, "tied"), 3, weights=np.full(8, 3.0))
    assert thrice.statistic == pytest.approx(once.statistic)
    assert thrice.replicates == pytest.approx(once.replicates, rel=0.01)
    assert draw_like(WAIT_TIMES, np.full(8, 0.5), lambda n: np.zeros((n, 1))).shape == (4, 1)


def test_a_fit_that_is_known_already_is_taken():
    fit = fit_mixture(eruptions(), ONE)
    test = likelihood_ratio_test(eruptions(), ONE, 1, fit=fit)
    assert test.statistic == likelihood_ratio_test(eruptions(), ONE, 1).statistic


def test_replicates_have_gaps_where_the_table_has_them():
    rng = np.random.default_rng(0)
    X = with_gaps(rng, faithful())
    drawn = draw_like(X, None, lambda n: np.zeros((n, 2)))
    np.testing.assert_array_equal(np.isnan(drawn), np.isnan(X))
    weighted = draw_like(X[:3], np.array([2.0, 0.0, 5.0]), lambda n: np.zeros((n, 2)))
    np.testing.assert_array_equal(np.isnan(weighted), np.isnan(X[[0, 0, 2, 2, 2, 2, 2]]))
    assert likelihood_ratio_test(X, FitSettings(1, n_init=1, missing_values="em"), 1).share_done == 1.0


@pytest.mark.parametrize("total", [1e-3, 1e12])
def test_weights_that_count_no_rows_are_refused(total):
    with pytest.raises(DataError, match="the test draws as many rows"):
        likelihood_ratio_test(WAIT_TIMES, FitSettings(1), 3, weights=np.full(8, total / 8))


def test_fixed_parameters_are_refused():
    with pytest.raises(SettingsError, match="A group more has no weight and no mean"):
        likelihood_ratio_test(WAIT_TIMES, FitSettings(1, fixed=("means",)), 3)


@pytest.mark.heavy
def test_where_there_is_one_group_the_p_values_are_uniform():
    rng = np.random.default_rng(11)
    p_values = np.sort([_p_value(rng.normal(size=(40, 1)), seed) for seed in range(14)])
    assert np.abs(p_values - (np.arange(14) + 0.5) / 14).max() < 0.35  # Kolmogorov's distance at the 5 % level


def _p_value(X, seed):
    return likelihood_ratio_test(X, replace(ONE, seed=seed), 9).p_value  # 1 where a second group would be a lone row
