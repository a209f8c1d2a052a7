"""Bins fit the data, few or many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.binning import MOST_BINS, bin_edges, cut


@pytest.mark.parametrize(
    ("n", "few", "many"), [(8, 3, 12), (272, 8, 25), (10_000, 40, 110), (1_000_000, 100, MOST_BINS)]
)
def test_there_are_more_bins_for_more_rows(rng, n, few, many):
    assert few <= len(bin_edges(rng.normal(size=n))) - 1 <= many


def test_a_far_row_doesnt_make_endless_bins(rng):
    assert len(bin_edges(np.append(rng.normal(size=1_000), 1e9))) - 1 <= MOST_BINS


def test_values_that_are_mostly_the_same_still_have_bins():
    assert len(bin_edges(np.array([1.5] * 90 + [0.1, 2.2] * 5))) > 2


def test_whole_numbers_lie_in_the_middle_of_bins_of_a_whole_width(rng):
    edges = bin_edges(rng.integers(0, 10, 500).astype(float))
    assert edges.tolist() == [i - 0.5 for i in range(11)]
    wide = np.diff(bin_edges(rng.integers(0, 1_000, 500).astype(float)))
    assert len(set(wide)) == 1
    assert wide[0] == round(wide[0]) > 1


def test_one_value_lies_in_the_middle_of_one_bin():
    assert bin_edges(np.array([3.0, 3.0])).tolist() == [2.5, 3.5]


@pytest.mark.parametrize("ends", [(0.0, 5e-324), (5e-324, 1e-323), (1.0, 1.0 + 2**-52), (-3e90, -3e90 * (1 - 1e-15))])
@pytest.mark.parametrize("n", [1, 80], ids=["few rows", "many rows"])
def test_values_that_differ_by_rounding_only_are_one(ends, n):
    x = np.array(ends * n)
    assert len(bin_edges(x)) == 2
    for edges in (bin_edges(x), cut(x, 5)[0]):
        assert edges[0] < x.min() <= x.max() < edges[-1]
        assert (np.diff(edges) > 0).all()


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60))
def test_every_value_lies_within_rising_edges(values):
    x = np.array(values)
    edges = bin_edges(x)
    assert edges[0] <= x.min()
    assert x.max() <= edges[-1] or edges[-1] == pytest.approx(x.max())
    assert (np.diff(edges) > 0).all()
    assert len(edges) <= MOST_BINS + 2


def test_bars_of_few_rows_in_two_groups_stand_where_the_rows_are():
    waits = np.array([1.8, 2.1, 2.3, 1.9, 7.8, 8.2, 8.1, 7.9])
    edges = bin_edges(waits)
    np.testing.assert_allclose(edges, np.arange(1.5, 8.6, 0.5))
    counts = np.histogram(waits, edges)[0]
    assert counts.tolist() == [2, 2, *[0] * 10, 2, 2]
