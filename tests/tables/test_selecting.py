"""Rows chosen by limits and groups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.selecting import group_counts, in_order, selected_rows

values = st.one_of(st.floats(-3, 3), st.just(np.nan))
ends = st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(sorted)


@given(
    st.lists(st.tuples(values, values, st.integers(0, 2)), min_size=1, max_size=20),
    st.lists(ends, max_size=2),
    st.sets(st.integers(0, 2)),
)
def test_a_row_is_chosen_where_each_of_its_values_and_its_group_are(rows, boxes, groups):
    columns, labels = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    limits = [(columns[:, j], low, high) for j, (low, high) in enumerate(boxes)]
    wanted = [
        i
        for i, row in enumerate(rows)
        if all(low <= row[j] <= high for j, (low, high) in enumerate(boxes)) and (not groups or row[2] in groups)
    ]
    found = selected_rows(labels, groups, limits)
    assert found.tolist() == wanted
    assert group_counts(labels, found, 3) == [sum(labels[i] == k for i in wanted) for k in range(3)]


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_chosen_rows_come_in_the_order_of_all(order, places):
    found = in_order(np.array(sorted(places), dtype=np.intp), np.array(order))
    assert found.tolist() == [place for place in order if place in places]
