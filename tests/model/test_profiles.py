"""What sets each group apart in a column, held against sums over all pairs of rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize

from gmm_core.model.profiles import (
    LEVELS,
    SoftGroups,
    _variance,
    levels,
    profile_column,
    superiority,
    superiority_interval,
)

few = settings(max_examples=25)


def slow_superiority(x, memberships, weights):
    """Over all pairs of a row counted for the group and a row counted outside of it."""
    found = []
    for k in range(memberships.shape[1]):
        wins = pairs = 0.0
        for i, a in enumerate(x):
            for j, b in enumerate(x):
                part = weights[i] * memberships[i, k] * weights[j] * (1 - memberships[j, k])
                wins += part * (1.0 if a > b else 0.5 if a == b else 0.0)
                pairs += part
        found.append(wins / pairs)
    return found


def drawn(seed, n=14, k=3):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 8, n).astype(float), rng.dirichlet(np.full(k, 0.4), n), rng.integers(1, 4, n).astype(float)


@few
@given(st.integers(0, 10_000))
def test_superiority_is_that_of_all_pairs_of_rows(seed):
    x, memberships, weights = drawn(seed)
    found = profile_column(x, SoftGroups.of(memberships, weights))
    assert_allclose(found.above, slow_superiority(x, memberships, weights), atol=1e-12)


@few
@given(st.integers(0, 10_000))
def test_moments_are_weighted_by_membership(seed):
    x, memberships, weights = drawn(seed)
    found = profile_column(x, SoftGroups.of(memberships, weights))
    for k, own in enumerate((memberships * weights[:, None]).T):
        mean = np.average(x, weights=own)
        assert_allclose([found.means[k], found.spreads[k]], [mean, np.sqrt(np.average((x - mean) ** 2, weights=own))])
    assert_allclose(found.mean, np.average(x, weights=weights))
    assert_allclose(found.spread**2, np.average((x - found.mean) ** 2, weights=weights))


@few
@given(st.integers(0, 10_000))
def test_a_weight_counts_as_that_many_rows(seed):
    x, memberships, weights = drawn(seed)
    times = weights.astype(int)
    one = profile_column(x, SoftGroups.of(memberships, weights))
    other = profile_column(np.repeat(x, times), SoftGroups.of(np.repeat(memberships, times, axis=0)))
    for name in ("means", "spreads", "median", "above", "low", "high"):
        assert_allclose(getattr(one, name), getattr(other, name), atol=1e-12)


@few
@given(st.integers(0, 10_000))
def test_rows_with_gaps_are_as_if_they_were_not_there(seed):
    x, memberships, _ = drawn(seed)
    gaps = np.arange(len(x)) % 4 == 0
    found = profile_column(np.where(gaps, np.nan, x), SoftGroups.of(memberships))
    there = profile_column(x[~gaps], SoftGroups.of(memberships[~gaps]))
    assert_allclose(found.above, there.above)
    assert_allclose(found.means, there.means)
    assert (found.n_gaps, there.n_gaps) == (gaps.sum(), 0)


def test_superiority_is_the_same_for_a_column_and_its_logarithm():
    rng = np.random.default_rng(1)
    groups = SoftGroups.of(rng.dirichlet(np.ones(3), 400))
    x = rng.lognormal(size=400)
    assert_allclose(profile_column(x, groups).above, profile_column(np.log(x), groups).above, atol=1e-12)


def test_many_values_are_ranked_to_within_a_level():
    rng = np.random.default_rng(2)
    x, labels = rng.normal(size=3_000), rng.integers(0, 2, 3_000)
    x += labels
    found = profile_column(x, SoftGroups.of(np.eye(2)[labels])).above[1]
    wins = (x[labels == 1][:, None] > x[labels == 0]).mean()
    assert found == pytest.approx(wins, abs=1 / LEVELS)
    assert levels(x).max() < LEVELS + 1


def test_a_group_without_rows_looks_as_all_rows_do_and_one_with_all_rows_too():
    x = np.array([1.0, 2.0, 6.0])
    found = profile_column(x, SoftGroups.of(np.array([[1.0, 0.0]] * 3)))
    assert_allclose(found.above, [0.5, 0.5])
    assert_allclose(found.means, [3.0, 3.0])
    assert_allclose(found.spreads, [found.spread] * 2)
    assert_allclose([found.low, found.high], [[0, 0], [1, 1]])
    assert_allclose(found.deltas, 0)


def test_a_column_of_gaps_has_no_profile_and_a_constant_one_sets_nothing_apart():
    groups = SoftGroups.of(np.eye(2)[[0, 1, 1]])
    assert profile_column(np.full(3, np.nan), groups) is None
    constant = profile_column(np.full(3, 1e9), groups)
    assert_allclose(constant.above, 0.5)
    assert_allclose(constant.standardised, 0.0)


def test_narrow_groups_far_from_zero_keep_their_digits():
    rng = np.random.default_rng(3)
    labels, away = rng.integers(0, 2, 500), rng.normal(size=500)
    found = profile_column(1e9 + 1e3 * labels + 1e-3 * away, SoftGroups.of(np.eye(2)[labels]))
    assert_allclose(found.spreads, [1e-3 * away[labels == k].std() for k in (0, 1)], rtol=1e-3)


def test_the_standard_error_is_that_of_hanley_and_mcneils_example():
    # Hanley and McNeil (1982), Radiology 143, page 33: 51 abnormal and 58 normal, area 0.893, error 0.032 to 0.033.
    assert np.sqrt(_variance(np.array(0.893), np.array(51), np.array(58))) == pytest.approx(0.0325, abs=1e-3)


@given(st.floats(0.02, 0.98), st.floats(2, 500), st.floats(2, 500))
def test_the_ends_of_the_interval_are_where_the_estimate_is_just_not_too_far_off(p, n, m):
    low, high = superiority_interval(np.array([p]), np.array([n]), np.array([m]))

    def off(theta):
        return abs(p - theta) - 1.959964 * np.sqrt(_variance(np.array(theta), np.array(n), np.array(m)))

    assert low[0] == pytest.approx(optimize.brentq(off, 1e-12, p), abs=1e-8)
    assert high[0] == pytest.approx(optimize.brentq(off, p, 1 - 1e-12), abs=1e-8)


def test_groups_that_are_fully_apart_are_not_taken_for_certain():
    low, high = superiority_interval(np.array([1.0, 0.0, 1.0]), np.array([3.0, 3, 500]), np.array([3.0, 3, 500]))
    assert high.tolist() == [1, pytest.approx(1 - low[0]), 1]
    assert 0.2 < low[0] < 0.6
    assert 0.98 < low[2] < 1
    assert low[1] == 0


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(300, 60))
    x[:, :20] += 0.9538726  # then a row of the first lies above one of the others in 75 of 100 cases
    groups = SoftGroups.of(np.eye(2)[(np.arange(60) >= 20).astype(int)])
    ends = np.array([(each.low[0], each.high[0]) for each in (profile_column(row, groups) for row in x)])
    assert 0.92 < ((ends[:, 0] < 0.75) & (ends[:, 1] > 0.75)).mean() < 0.98


def test_shared_rows_count_for_less():
    half = SoftGroups.of(np.full((100, 2), 0.5))
    assert_allclose(half.effective_sizes, [100, 100])
    uneven = SoftGroups.of(np.array([[1.0, 0.0]] * 50 + [[0.01, 0.99]] * 50))
    assert_allclose(uneven.effective_sizes, [50.5**2 / 50.005, 49.5**2 / (50 * 0.99**2)])
    assert_allclose(uneven.effective_rest, uneven.effective_sizes[::-1])


def test_superiority_of_two_groups_adds_up_to_one():
    above = superiority(np.array([[3.0, 1, 0], [0, 2, 5]]))
    assert above.sum() == pytest.approx(1)
    assert above[0] == pytest.approx((3 * 0 + 1 * 2 / 2) / 28)
