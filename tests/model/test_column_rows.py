"""Rows that count for groups, column by column."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.column_rows import column_means, column_sizes
from gmm_core.model.profiles import SoftGroups


@pytest.fixture
def table(rng):
    """Rows with gaps in the second column, none in the first, and only gaps in the last."""
    x = rng.normal(size=(30, 3))
    x[::3, 1] = x[:, 2] = np.nan
    return x, rng.dirichlet([1.0, 2.0], 30), rng.integers(1, 4, 30).astype(float)


def test_a_row_counts_in_the_columns_in_which_it_has_a_value(table):
    x, memberships, weights = table
    found = column_sizes(x, SoftGroups.of(memberships, weights))
    assert found.shape == (2, 3)
    for k, j in np.ndindex(2, 3):
        here = np.isfinite(x[:, j])
        counts = weights[here] * memberships[here, k]
        slow = counts.sum() ** 2 / max(counts @ memberships[here, k], 1e-300)
        assert_allclose(found[k, j], slow)
    assert (found[:, 1] < found[:, 0]).all()


def test_means_are_those_of_the_values_that_are_there(table):
    x, memberships, weights = table
    counts = weights * memberships[:, 0]
    here = np.isfinite(x[:, 1])
    slow = [np.average(x[:, 0], weights=counts), np.average(x[here, 1], weights=counts[here]), 0.0]
    assert_allclose(column_means(x, counts), slow)
