"""How categories fall on groups."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.categories import profile_categories
from gmm_core.model.profiles import SoftGroups, profile_column


@pytest.fixture
def drawn():
    rng = np.random.default_rng(0)
    return rng.integers(0, 3, 90), rng.integers(0, 4, 90)


def test_shares_lifts_and_residuals_are_those_of_the_cross_table(drawn):
    labels, codes = drawn
    found = profile_categories(codes, 4, SoftGroups.of(np.eye(3)[labels]))
    counts = np.array([[((labels == k) & (codes == c)).sum() for c in range(4)] for k in range(3)])
    own, all_codes, n = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    for k in range(3):
        for c in range(4):
            expected = own[k] * all_codes[c] / n
            error = np.sqrt(expected * (1 - own[k] / n) * (1 - all_codes[c] / n))
            assert found.shares[k, c] == pytest.approx(counts[k, c] / own[k])
            assert found.lifts[k, c] == pytest.approx(counts[k, c] / expected)
            assert found.residuals[k, c] == pytest.approx((counts[k, c] - expected) / error)


def test_the_delta_is_that_of_having_the_category(drawn):
    labels, codes = drawn
    groups = SoftGroups.of(np.eye(3)[labels])
    found = profile_categories(codes, 4, groups)
    for c in range(4):
        assert_allclose(found.deltas[:, c], profile_column((codes == c).astype(float), groups).deltas, atol=1e-12)


def test_rows_without_a_category_are_left_out_and_weights_count_as_rows(drawn):
    labels, codes = drawn
    codes = np.where(np.arange(90) % 5 == 0, -1, codes)
    times = 1 + np.arange(90) % 3
    one = profile_categories(codes, 4, SoftGroups.of(np.eye(3)[labels], times.astype(float)))
    present = np.repeat(np.arange(90), times)
    present = present[codes[present] >= 0]
    other = profile_categories(codes[present], 4, SoftGroups.of(np.eye(3)[labels[present]]))
    assert_allclose(one.shares, other.shares)
    assert_allclose(one.residuals, other.residuals)
    assert (one.n_gaps, other.n_gaps) == (18, 0)


def test_a_group_without_rows_and_a_single_group_differ_in_nothing():
    found = profile_categories(np.array([0, 1, 1]), 2, SoftGroups.of(np.array([[1.0, 0.0]] * 3)))
    assert_allclose(found.shares, [[1 / 3, 2 / 3]] * 2)
    assert_allclose(found.residuals, 0, atol=1e-7)
    assert_allclose(found.deltas, 0)
