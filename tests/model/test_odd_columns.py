"""Which columns make a row odd: conditional residuals against slow ones, and faults that are known."""

import math

import numpy as np
import pytest

from gmm_core.model.mixture import Mixture
from gmm_core.model.odd_columns import USUAL, expected, odd_columns, odd_columns_by_group
from tests.model import oracle
from tests.model.test_oddness import MIXTURE

CORRELATED = Mixture(
    np.ones(1),
    np.array([[10.0, 20.0, 30.0, 40.0]]),
    np.array([[[4.0, 3.8, 0, 0], [3.8, 4.0, 0, 0], [0, 0, 1.0, 0.5], [0, 0, 0.5, 1.0]]]),
    "full",
)


def slow_expected(mixture, x, j):
    """Mean log p-value, (K,) odds, and moments of column j given the others, component by component."""
    without = np.where(np.arange(len(x)) == j, np.nan, x)
    joint = oracle.observed_log_component_densities([without], mixture.weights, mixture.means, mixture.covariances)[0]
    odds = np.array(oracle.shares(joint))
    moments = [oracle.given_observed(without, m, s) for m, s in zip(mixture.means, mixture.covariances, strict=True)]
    means = np.array([mean[j] for mean, _ in moments])
    deviations = np.array([math.sqrt(rest[j, j]) for _, rest in moments])
    tails = [math.erfc(abs(x[j] - m) / d / math.sqrt(2)) for m, d in zip(means, deviations, strict=True)]
    return float(odds @ tails), means, deviations


def test_cells_are_held_against_what_the_others_let_one_expect():
    x, _ = MIXTURE.sample(40, np.random.default_rng(1))
    x[np.random.default_rng(2).random(x.shape) < 0.2] = np.nan
    found = expected(MIXTURE, x)
    for n, j in np.argwhere(~np.isnan(x)):
        p_value, means, deviations = slow_expected(MIXTURE, x[n], j)
        assert found.log_p_values[n, j] == pytest.approx(math.log(p_value), abs=1e-6)
        k = int(np.argmin(np.abs(means - found.means[n, j])))
        assert found.means[n, j] == pytest.approx(means[k])
        assert found.deviations[n, j] == pytest.approx(deviations[k])
    assert (np.isnan(found.means) == np.isnan(x)).all()


@pytest.mark.parametrize("column", range(4))
def test_a_fault_in_one_of_correlated_columns_is_laid_to_that_column(column):
    x = np.array([[11.0, 20.9, 30.2, 40.1]])
    x[0, column] += 8.0
    found = odd_columns(CORRELATED, x)
    assert found.columns[0].tolist() == [column, -1, -1]
    assert not found.either[0]
    expected_there, _ = oracle.given_observed(
        np.where(np.arange(4) == column, np.nan, x[0]), CORRELATED.means[0], CORRELATED.covariances[0]
    )
    assert found.means[0, 0] == pytest.approx(expected_there[column])


def test_two_faults_are_both_named_and_held_against_the_sound_columns_only():
    x = np.array([[11.0, 12.0, 30.2, 31.0]])
    found = odd_columns(CORRELATED, x)
    assert sorted(found.columns[0].tolist()) == [-1, 1, 3]
    sound = np.array([11.0, np.nan, 30.2, np.nan])
    wanted, open_part = oracle.given_observed(sound, CORRELATED.means[0], CORRELATED.covariances[0])
    for step in (0, 1):
        j = found.columns[0, step]
        assert found.means[0, step] == pytest.approx(wanted[j])
        assert found.deviations[0, step] == pytest.approx(math.sqrt(open_part[j, j]))


def test_where_either_of_two_columns_may_be_at_fault_both_are_named_as_alternatives():
    away = Mixture(np.full(2, 0.5), np.array([[0.0, 0.0], [20.0, 20.0]]), np.array([np.eye(2)] * 2), "full")
    found = odd_columns(away, np.array([[0.5, 19.0], [0.5, 9.0]]))
    assert found.either.tolist() == [True, False]
    assert sorted(found.columns[0].tolist()) == [0, 1]
    by_column = dict(zip(found.columns[0].tolist(), found.means[0], strict=True))
    assert by_column[0] == pytest.approx(20.0)
    assert by_column[1] == pytest.approx(0.0)


def test_the_group_that_the_other_columns_speak_for_says_what_is_expected():
    split = Mixture(np.full(2, 0.5), np.array([[0.0, 0.0], [50.0, 6.0]]), np.array([np.eye(2)] * 2), "full")
    found = odd_columns(split, np.array([[0.0, 6.0], [50.0, -2.0]]))
    assert found.columns[1, 0] == 1
    assert found.means[1, 0] == pytest.approx(6.0)


def test_against_one_group_a_row_is_as_if_there_were_no_other():
    x, labels = MIXTURE.sample(60, np.random.default_rng(5))
    x[::4, 0] += 6.0
    x[::7, 1] = np.nan
    found = odd_columns_by_group(MIXTURE, x, labels)
    for n, k in enumerate(labels):
        one = Mixture(np.ones(1), MIXTURE.means[[k]], MIXTURE.covariances[[k]], MIXTURE.family)
        alone = odd_columns(one, x[[n]])
        assert found.columns[n].tolist() == alone.columns[0].tolist()
        assert found.together[n].tolist() == alone.together[0].tolist()
        assert found.means[n] == pytest.approx(alone.means[0], nan_ok=True)


def test_columns_that_are_named_lie_outside_of_their_usual_range_and_else_two_are_odd_together():
    x, labels = MIXTURE.sample(300, np.random.default_rng(6))
    x[::3, 1] += 4.0
    found = odd_columns_by_group(MIXTURE, x, labels)
    rows, steps = np.nonzero(found.columns >= 0)
    away = np.abs(x[rows, found.columns[rows, steps]] - found.means[rows, steps])
    assert (away > USUAL * found.deviations[rows, steps]).all()
    none = (found.columns < 0).all(axis=1)
    assert 0 < none.sum() < 300
    assert ((found.together >= 0).all(axis=1) == none).all()


def test_a_single_column_is_the_one_that_is_odd():
    one = Mixture(np.full(2, 0.5), np.array([[0.0], [10.0]]), np.ones((2, 1, 1)), "full")
    found = odd_columns(one, np.array([[5.0], [17.0]]))
    assert found.columns.tolist() == [[0], [0]]
    assert found.means[1, 0] == pytest.approx(10.0)


def test_columns_with_gaps_are_never_named_and_a_row_of_gaps_has_none():
    x = np.array([[np.nan, 30.0, np.nan, 40.0], [np.nan, np.nan, np.nan, np.nan], [np.nan, np.nan, 60.0, np.nan]])
    found = odd_columns(CORRELATED, x)
    assert found.columns[0, 0] == 1
    assert (found.columns[1] == -1).all()
    assert found.columns[2].tolist() == [2, -1, -1]


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_units_do_not_change_which_columns_are_named(scale):
    x, _ = MIXTURE.sample(50, np.random.default_rng(4))
    x[::5, 1] += 7.0
    centre, scales = np.array([1.0, 0.0, 0.0]), np.array([scale, 1.0, 3.0])
    here, there = odd_columns(MIXTURE, x), odd_columns(MIXTURE.rescaled(centre, scales), centre + scales * x)
    assert (here.columns == there.columns).all()
    named = here.columns >= 0
    by_scale = np.append(scales, 1.0)[here.columns]
    assert np.allclose(there.deviations[named], (by_scale * here.deviations)[named])


def test_a_value_far_beyond_all_others_leaves_no_number_without_meaning():
    x = np.array([[1e60, 20.0, 30.0, 40.0], [10.0, -1e100, 30.0, 40.0]])
    found = odd_columns(CORRELATED, x)
    assert found.columns[:, 0].tolist() == [0, 1]
    assert np.isfinite(found.means[:, 0]).all()
