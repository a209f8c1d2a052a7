"""Intervals of means: as SciPy's for whole rows, and holding their level for what they are of."""

import numpy as np
from numpy.testing import assert_allclose
from scipy import stats

from gmm_core.model.mean_intervals import difference_ends, mean_ends
from gmm_core.model.profiles import SoftGroups, profile_column


def crisp(labels):
    return SoftGroups.of(np.eye(labels.max() + 1)[labels])


def test_the_interval_of_a_mean_of_whole_rows_is_students(rng):
    x, labels = rng.normal(size=30), np.repeat([0, 1], [12, 18])
    found = profile_column(x, crisp(labels))
    for k in (0, 1):
        own = stats.ttest_1samp(x[labels == k], 0.0).confidence_interval(0.95)
        assert_allclose(found.mean_ends[:, k], own)


def test_the_difference_is_from_all_rows_and_as_wide_as_that_of_two_samples(rng):
    x, labels = rng.normal(size=40) + np.repeat([0, 2], 20), np.repeat([0, 1], 20)
    found = profile_column(x, crisp(labels))
    one, rest = x[:20], x[20:]
    error = np.sqrt(one.var(ddof=1) / 20 + rest.var(ddof=1) / 20)
    half = 0.5 * error * stats.t.ppf(0.975, 19)
    middle = one.mean() - x.mean()
    assert_allclose(found.difference_ends[:, 0], [middle - half, middle + half])


def test_a_group_of_one_row_has_no_ends_and_one_of_all_rows_differs_by_nothing():
    ends = mean_ends(np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([1.0, 9.0]))
    assert ends[:, 0].tolist() == [-np.inf, np.inf]
    assert np.isfinite(ends[:, 1]).all()
    alone = profile_column(np.arange(5.0), SoftGroups.of(np.ones((5, 1))))
    assert alone.difference_ends.ravel().tolist() == [0.0, 0.0]
    with_one = profile_column(np.arange(5.0), crisp(np.array([0, 0, 0, 0, 1])))
    assert with_one.difference_ends[:, 1].tolist() == [-np.inf, np.inf]


def test_intervals_hold_what_they_are_of_about_as_often_as_they_say():
    rng, held = np.random.default_rng(3), []
    sizes = np.array([15.0, 45.0])
    for _ in range(1_000):
        first, second = rng.normal(size=15), 2.0 + rng.normal(size=45)
        x = np.concatenate([first, second])
        means, spreads = np.array([first.mean(), second.mean()]), np.array([first.std(), second.std()])
        low, high = difference_ends(means - x.mean(), spreads, x.std(), sizes / 60, sizes, sizes[::-1])
        held.append((low <= [-1.5, 0.5]) & (high >= [-1.5, 0.5]))
    assert 0.93 < np.mean(held) < 0.98


def test_ends_broadcast_over_columns():
    means = np.arange(6.0).reshape(2, 3)
    ends = mean_ends(means, np.ones((2, 3)), np.array([[4.0], [9.0]]))
    assert_allclose(ends.mean(axis=0), means)
    assert (np.ptp(ends, axis=0)[0] > np.ptp(ends, axis=0)[1]).all()
