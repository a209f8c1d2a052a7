"""Cross tables and what is read off them, against scikit-learn and slow oracles."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

from gmm_core.errors import DataError
from gmm_core.model.choice.agreement import adjusted_rand, cross_table, matching, purity, renumbered
from gmm_core.model.choice.kmeans import k_means
from tests.model.reference_data import iris

labels = st.integers(2, 40).flatmap(lambda n: st.tuples(*[arrays(int, n, elements=st.integers(0, 4))] * 2))


@settings(max_examples=40)
@given(labels)
def test_the_adjusted_rand_index_is_scikit_learns_and_symmetric(pair):
    a, b = pair
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand_score(a, b), abs=1e-12)
    assert adjusted_rand(b, a) == pytest.approx(adjusted_rand(a, b), abs=1e-12)


def test_k_means_of_iris_agrees_with_the_species_as_published():
    # kmeans(iris[, 1:4], 3) puts 50 setosa, 48 and 2 versicolor, 14 and 36 virginica together; the index is 0.730.
    species = np.repeat(["setosa", "versicolor", "virginica"], 50)
    assert adjusted_rand(k_means(iris(), 3).labels, species) == pytest.approx(0.7302, abs=5e-5)


@settings(max_examples=40)
@given(labels)
def test_the_index_counts_pairs_of_rows(pair):
    a, b = pair
    pairs = list(combinations(range(len(a)), 2))
    together = [(a[i] == a[j], b[i] == b[j]) for i, j in pairs]
    both, first, second = (sum(map(f, together)) for f in (all, lambda t: t[0], lambda t: t[1]))
    expected = first * second / len(pairs)
    most = (first + second) / 2
    assert adjusted_rand(a, b) == pytest.approx(1.0 if most == expected else (both - expected) / (most - expected))


@settings(max_examples=40)
@given(labels)
def test_counts_and_margins_are_those_of_the_rows(pair):
    table = cross_table(*pair)
    np.testing.assert_array_equal(table.counts, contingency_matrix(*pair))
    np.testing.assert_array_equal(table.row_totals, [(pair[0] == label).sum() for label in table.rows])
    np.testing.assert_array_equal(table.column_totals, [(pair[1] == label).sum() for label in table.columns])
    assert table.total == len(pair[0])


@settings(max_examples=40)
@given(labels, st.data())
def test_whole_weights_count_as_repeated_rows(pair, data):
    a, b = pair
    weights = data.draw(arrays(int, len(a), elements=st.integers(0, 3)).filter(np.any))
    weighted, repeated = cross_table(a, b, weights), cross_table(np.repeat(a, weights), np.repeat(b, weights))
    assert (weighted.rows, weighted.columns) == (repeated.rows, repeated.columns)
    np.testing.assert_array_equal(weighted.counts, repeated.counts)
    assert weighted.adjusted_rand == repeated.adjusted_rand


def test_the_scale_of_shares_as_weights_changes_nothing(rng):
    a, b, shares = rng.integers(3, size=200), rng.integers(3, size=200), rng.dirichlet(np.ones(200))
    assert adjusted_rand(a, b, shares) == pytest.approx(adjusted_rand(a, b, 1e6 * shares), rel=1e-9)
    assert adjusted_rand(a, a, shares) == 1.0


@settings(max_examples=40)
@given(labels)
def test_the_matching_leaves_no_better_one(pair):
    table = cross_table(*pair)
    small, large = sorted([table.counts, table.counts.T], key=len)
    best = max(small[range(len(small)), list(order)].sum() for order in permutations(range(large.shape[0]), len(small)))
    matched = table.matching
    assert len(matched) == len(set(matched.values())) == len(small)
    assert sum(table.counts[table.rows.index(a), table.columns.index(b)] for a, b in matched.items()) == best


def test_renamed_groups_are_matched_to_what_they_were(rng):
    a = rng.integers(5, size=100)
    names = np.array(["delta", "alpha", "echo", "bravo", "charlie"])
    assert matching(a, names[a]) == dict(enumerate(names))
    assert adjusted_rand(a, names[a]) == 1.0


def test_purity_is_the_share_of_the_commonest_label():
    found = purity([0, 0, 0, 0, 1, 1], ["x", "x", "x", "y", "y", "z"])
    assert [(p.group, p.label, p.n_label, p.n_rows, p.share) for p in found] == [
        (0, "x", 3, 4, 0.75),
        (1, "y", 1, 2, 0.5),
    ]


@pytest.mark.parametrize(
    "gappy",
    [
        [1.0, np.nan, 2.0, 1.0],
        [1, None, 2, 1],
        np.array(["a", None, "b", "a"], dtype=object),
        pd.Series(["a", pd.NA, "b", "a"]),
        pd.Series(["a", None, "b", "a"], dtype="category"),
        pd.Series([1, None, 2, 1], dtype="Int64"),
        pd.Series(pd.to_datetime(["2020-01-01", None, "2020-01-02", "2020-01-01"])),
    ],
    ids=lambda gappy: f"{type(gappy).__name__} {getattr(gappy, 'dtype', '')}",
)
def test_rows_without_a_label_are_left_out_and_counted(gappy):
    table = cross_table([0, 0, 1, -1], gappy)
    assert table.n_left_out == 1
    assert table.rows == (-1, 0, 1)
    np.testing.assert_array_equal(table.counts, [[1, 0], [1, 0], [0, 1]])


def test_numbers_stand_by_size_and_before_text():
    table = cross_table(np.array([10, 9, "b", "a", True], dtype=object), [3] * 5)
    assert table.rows == (True, 9, 10, "a", "b")


def test_rows_of_weight_zero_are_not_counted_as_left_out():
    table = cross_table([0, 1, 1], [None, 1, None], [0, 2, 1])
    assert (table.n_left_out, table.total) == (1, 2.0)


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ([1, 2], [1], "have 2 and 1 labels"),
        ([1, 2], [None, None], "No row has a label in both"),
        ([], [], "No row has a label in both"),
        ([[1, 2]], [1], "dimensions"),
        ([{}, {}], [1, 2], "cannot be compared"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(a, b, sentence):
    with pytest.raises(DataError, match=sentence):
        cross_table(a, b)


@settings(max_examples=40)
@given(labels)
def test_renumbered_groups_are_the_same_groups_under_the_numbers_they_go_with(pair):
    found = renumbered(*pair)
    assert adjusted_rand(found, pair[0]) == 1.0
    assert len(set(found)) == len(set(pair[0]))
    match = matching(*pair)
    assert all(number == match.get(label, number) for label, number in zip(pair[0].tolist(), found, strict=True))


def test_groups_that_go_with_none_get_the_numbers_left():
    assert renumbered(np.array([5, 5, 7, 8, 8]), np.array([2, 2, -1, 0, 0])).tolist() == [2, 2, 1, 0, 0]
    assert renumbered(np.array([4, 9]), np.array([-1, -1])).tolist() == [0, 1]


def test_a_table_without_a_label_is_that_of_the_other_rows():
    groups, labels = ["A", "B", "noise", "A", "noise"], ["x", "y", "z", "x", "y"]
    table = cross_table(groups, labels).without("noise")
    assert (table.rows, table.columns) == (("A", "B"), ("x", "y"))
    assert table.counts.tolist() == [[2.0, 0.0], [0.0, 1.0]]
    assert table.adjusted_rand == 1.0
    assert cross_table(groups, labels).without("C").counts.tolist() == cross_table(groups, labels).counts.tolist()
