"""Two groupings as frames: cross tables, purity, the rows on which they differ."""

import numpy as np
import pandas as pd

from gmm_core.model.choice.agreement import cross_table
from gmm_core.tables.agreement import (
    cross_frame,
    regrouped,
    wide_cross_frame,
)

GROUPS = np.array(["B", "A", "A", "B", "noise", "AA", "A"], dtype=object)
LABELS = ["x", "y", "y", "x", "z", "w", "x"]


def test_groups_stand_by_letter_and_labels_so_that_agreement_is_a_diagonal_but_noise_matches_nothing():
    frame = cross_frame(cross_table(GROUPS, LABELS))
    assert list(dict.fromkeys(frame["group"])) == ["A", "B", "AA", "noise"]
    assert list(dict.fromkeys(frame["label"])) == ["y", "x", "w", "z"]
    np.testing.assert_array_equal(np.reshape(frame["matched"], (4, 4)), np.diag([1, 1, 1, 0]))
    np.testing.assert_array_equal(np.reshape(frame["count"], (4, 4))[0], [2, 1, 0, 0])
    np.testing.assert_allclose(frame.groupby("group")["share"].sum(), 1.0)


def test_a_group_with_no_label_left_for_it_is_matched_with_none():
    frame = cross_frame(cross_table(np.array(["A", "A", "B"], dtype=object), ["x", "x", "x"]))
    assert frame["matched"].tolist() == [True, False]


def test_a_group_is_not_matched_with_a_label_that_it_does_not_hold():
    table = cross_table(np.array(list("AAAAABBBCCC"), dtype=object), list("xxxxxxxxyyz"))
    assert table.matching == {"A": "x", "B": "z", "C": "y"}
    frame = cross_frame(table)
    assert frame.loc[frame["matched"], ["group", "label"]].to_numpy().tolist() == [["A", "x"], ["C", "y"]]


def test_the_wide_table_has_its_margins():
    frame = wide_cross_frame(cross_table(GROUPS, LABELS))
    assert list(frame) == ["group", "y", "x", "w", "z", "total"]
    assert frame["group"].tolist() == ["A", "B", "AA", "noise", "total"]
    assert frame["total"].tolist() == [3, 2, 1, 1, 7]
    assert frame.iloc[-1, 1:].tolist() == [2, 3, 1, 1, 7]


def test_labels_named_as_the_tables_own_columns_are_told_apart():
    frame = wide_cross_frame(cross_table(["A", "A", "A", "A"], np.array(["group", "total", 1, "1"], dtype=object)))
    assert frame.columns.is_unique
    assert {"group", "group (2)", "total", "total (2)", "1", "1 (2)"} == set(frame)


def test_numbers_read_as_floats_are_labels_without_a_point():
    assert cross_frame(cross_table(["A", "A"], [1.0, 2.5]))["label"].tolist() == ["1", "2.5"]


def test_points_are_the_same_under_another_grouping():
    points = pd.DataFrame({"x": [1.0, 2.0], "component": ["A", "B"], "certainty": [0.6, 0.9], "row": [8, 3]})
    again = regrouped(points, np.array([2, 5, 7]), np.array(["B", "A", "C"], dtype=object))
    assert again["component"].tolist() == ["C", "B"]
    assert again["differs"].tolist() == [True, False]
    assert again["certainty"].tolist() == [1.0, 1.0]
    assert again["x"].tolist() == [1.0, 2.0]
