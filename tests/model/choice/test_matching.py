"""Which component is which, and how much of a cluster comes again."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.model.choice.matching import matching_order, similarities


@given(st.integers(1, 4), st.integers(0, 10_000))
def test_a_permutation_is_undone(k, seed):
    rng = np.random.default_rng(seed)
    own = rng.dirichlet(np.full(k, 0.3), size=40)
    shuffled = rng.permutation(k)
    np.testing.assert_array_equal(own[:, shuffled][:, matching_order(own, own[:, shuffled])], own)


@given(st.integers(1, 4), st.integers(0, 10_000))
def test_no_other_order_overlaps_more(k, seed):
    rng = np.random.default_rng(seed)
    own, other = rng.dirichlet(np.ones(k), size=(2, 20))
    overlap = own.T @ other / np.sqrt(np.outer((own**2).sum(axis=0), (other**2).sum(axis=0)))
    found = sum(overlap[i, j] for i, j in enumerate(matching_order(own, other)))
    best = max(sum(overlap[i, j] for i, j in enumerate(order)) for order in permutations(range(k)))
    assert found == pytest.approx(best)


def test_a_component_that_holds_no_row_is_matched_too():
    own = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert sorted(matching_order(own, own[:, ::-1])) == [0, 1]


def slow_similarity(labels, others, cluster):
    """Of one cluster, row by row."""
    rows = {i for i, label in enumerate(labels) if label == cluster}
    sets = [{i for i, label in enumerate(others) if label == k} for k in set(others) - {-1}]
    return max((len(rows & each) / len(rows | each) for each in sets if rows | each), default=0.0)


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), min_size=1, max_size=30))
def test_a_similarity_is_what_two_sets_share_of_their_union(pairs):
    labels, others = np.array(pairs).T
    expected = [slow_similarity(labels, others, k) for k in range(3)]
    np.testing.assert_allclose(similarities(labels, others, 3), expected)


def test_rows_count_as_often_as_they_are_said_to():
    labels, others = np.array([0, 0, 1]), np.array([0, 1, 1])
    np.testing.assert_allclose(similarities(labels, others, 2, np.array([3.0, 1.0, 2.0])), [3 / 4, 2 / 3])
