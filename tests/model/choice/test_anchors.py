"""Clusters found again in another fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.model.choice import anchors
from gmm_core.model.choice.anchors import Anchor
from gmm_core.model.choice.matching import counterparts, nearest_counterparts

LABELS = np.repeat([0, 1, 2], 40)
X = np.column_stack([10.0 * LABELS, np.arange(120) % 5])


def anchor(labels, source="table", rows=None, x=X, columns=("a", "b")):
    rows = np.arange(len(labels)) if rows is None else rows
    return Anchor.of(source, rows, np.eye(labels.max() + 1)[labels], columns, x)


@given(st.permutations(range(4)), st.integers(0, 10_000))
def test_clusters_in_another_order_are_found_again(order, seed):
    own = np.eye(4)[np.random.default_rng(seed).permutation(np.arange(40) % 4)]
    assert counterparts(own, own[:, order]).tolist() == list(order)


def test_a_cluster_that_shares_too_little_goes_with_none():
    split = np.where(np.arange(120) < 10, 3, LABELS)
    assert counterparts(np.eye(3)[LABELS], np.eye(4)[split]).tolist() == [0, 1, 2, -1]
    assert counterparts(np.eye(4)[split], np.eye(3)[LABELS]).tolist() == [0, 1, 2]


def test_centres_far_from_all_others_go_with_none():
    own, other = np.array([[0.0, 0.0], [10.0, 5.0]]), np.array([[10.2, 5.1], [50.0, 5.0], [0.1, 0.0]])
    assert nearest_counterparts(own, other, np.array([5.0, 2.0])).tolist() == [1, -1, 0]


def test_the_same_rows_tell_by_membership_even_where_columns_differ():
    other = anchor(2 - LABELS, columns=("c",), x=X[:, :1])
    assert anchor(LABELS).found_in(other).tolist() == [2, 1, 0]


def test_some_of_the_rows_are_enough():
    rows = np.arange(0, 120, 2)
    other = anchor(2 - LABELS[rows], rows=rows, x=X[rows])
    assert anchor(LABELS).found_in(other).tolist() == [2, 1, 0]


def test_other_rows_tell_by_centres_in_the_same_columns_only():
    shifted = np.where(np.arange(120)[:, None] % 7 == 0, np.nan, X + 0.5)
    assert anchor(LABELS).found_in(anchor(2 - LABELS, "next month", x=shifted)).tolist() == [2, 1, 0]
    assert anchor(LABELS).found_in(anchor(2 - LABELS, "next month", columns=("a", "c"))).tolist() == [-1, -1, -1]


def test_rows_are_bounded_and_spread_over_the_table(monkeypatch):
    monkeypatch.setattr(anchors, "MOST_ROWS", 50)
    found = anchor(LABELS)
    assert len(found.rows) == len(found.memberships) == 40
    assert found.rows[[0, -1]].tolist() == [0, 117]
    np.testing.assert_allclose(found.centres[:, 0], [0, 10, 20])


def test_a_cluster_without_rows_has_the_centre_of_all():
    memberships = np.eye(4)[LABELS]
    found = Anchor.of("table", np.arange(120), memberships, ("a", "b"), X)
    assert found.centres[3] == pytest.approx(X.mean(axis=0))
