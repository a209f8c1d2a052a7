"""Rows with their memberships: lead, entropy and decision, an order, and a search."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.tables.results import memberships_frame
from gmm_core.tables.row_views import (
    decided_counts,
    marked,
    matching,
    order_of,
    places_among,
    rows_view,
    with_certainties,
    with_decisions,
)

TABLE = pd.DataFrame(
    {"name": ["Ann", "bert", None, "Cara (a+b)"], "size": [3.0, np.nan, 4.0, 17.0], "new": [True, False, True, True]},
    index=[9, 9, 5, 1],
)
ROWS = np.array([0, 1, 3])
RESP = np.array([[0.95, 0.05], [0.6, 0.4], [0.0, 1.0]])


def test_lead_and_entropy_stand_beside_the_rows_fitted_and_nowhere_else():
    frame = with_certainties(TABLE.rename(columns={"new": "lead"}), ROWS, RESP)
    assert list(frame.columns) == ["name", "size", "lead", "lead (2)", "entropy"]
    assert frame["lead (2)"].tolist() == pytest.approx([0.9, 0.2, np.nan, 1.0], nan_ok=True)
    assert np.isnan(frame["entropy"].iloc[2])


def test_the_decision_is_the_group_or_undecided_and_missing_without_a_group():
    frame = with_decisions(TABLE, ROWS, RESP, ("A", "B"), 0.9)
    assert frame["decision"].fillna("none").tolist() == ["A", "undecided", "none", "B"]
    likeliest = RESP.argmax(axis=1), RESP.max(axis=1)
    assert decided_counts(*likeliest, 0.9, 2) == [1, 1]
    assert decided_counts(*likeliest, 0.5, 2) == [2, 1]


def test_an_order_keeps_the_rows_numbers_and_puts_gaps_last():
    assert order_of(TABLE["size"]).tolist() == [0, 2, 3, 1]
    assert order_of(TABLE["size"], falling=True).tolist() == [3, 2, 0, 1]
    assert order_of(TABLE["new"]).tolist() == [1, 0, 2, 3]


def test_some_rows_in_an_order_look_as_they_do_among_all_of_them():
    every = with_certainties(memberships_frame(TABLE, ROWS, RESP, ("A", "B")), ROWS, RESP)
    some = rows_view(TABLE, ROWS, RESP, ("A", "B"), np.array([3, 2, 0]))
    assert some.index.tolist() == [4, 3, 1]
    pd.testing.assert_frame_equal(some.reset_index(drop=True), every.iloc[[3, 2, 0]].reset_index(drop=True))


def test_rows_are_found_among_the_fitted_ones_and_marked_among_all():
    assert places_among(ROWS, np.array([3, 2, 0, 9])).tolist() == [2, -1, 0, -1]
    assert marked(np.array([0, 3]), 4).tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    "cells", [["b", 2, None, "a"], pd.array([3, 2, None, 1], dtype="Int64")], ids=["mixed", "whole"]
)
def test_mixed_cells_and_whole_numbers_with_gaps_are_put_in_order_and_searched(cells):
    column = pd.Series(cells, name="x")
    assert order_of(column)[-1] == 2
    assert np.flatnonzero(matching(column.to_frame(), "2")).tolist() == [1]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("an", [1]),
        ("BERT", [2]),
        ("(a+b)", [4]),
        ("3", [1, 3]),
        ("17", [4]),
        (" 4.0 ", [3, 4]),
        ("false", [2]),
        ("x", []),
    ],
)
def test_a_search_finds_text_numbers_and_rows(text, rows):
    assert (np.flatnonzero(matching(TABLE, text)) + 1).tolist() == rows
