"""The cards of segments."""

import pandas as pd
import pytest

from pages.shared.segment_cards import _size


@pytest.mark.parametrize(
    ("expected", "assigned", "told"),
    [
        (82.98, 83, "The likeliest group of 83 rows."),
        (18.31, 18, "The likeliest group of 18 rows; counting each row by its membership, 18.3."),
        (246_737.1, 267_211, "The likeliest group of 267,211 rows; counting each row by its membership, 246,737."),
    ],
)
def test_a_size_is_told_twice_only_where_it_differs(expected, assigned, told):
    assert _size(pd.Series({"expected": expected, "assigned": assigned})) == told
