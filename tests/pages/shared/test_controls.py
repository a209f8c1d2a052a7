"""The browser's limits are no guard: values are brought inside again."""

import pandas as pd
import pytest

from gmm_core import profile_columns
from pages.shared.controls import between
from pages.shared.profile import sort_ticks


@pytest.mark.parametrize(
    ("value", "taken"), [(0, 1), (1, 1), (7, 7), (12, 12), (99, 12), (2.0, 2), ("7", None), (None, None)]
)
def test_numbers_are_brought_inside_and_anything_else_is_left_alone(value, taken):
    assert between(1, 12)(value) == taken


def test_ticks_of_columns_that_cannot_be_used_are_refused_one_by_one_and_the_others_taken():
    table = pd.DataFrame({"w": list("abcabc"), "x": [1, 2, 2, 4, 9, 7.5], "c": [3] * 6, "y": [5, 1, 2.5, 2, 8, 1]})
    picked, refused = sort_ticks(profile_columns(table), {"w": True, "y": True, "c": True, "z": False}, ["x", "z"])
    assert picked == {"x", "y"}
    assert refused == [
        "w holds words, not numbers, so it is left out.",
        "c has the same value in every row, so it is left out.",
    ]
    assert sort_ticks(profile_columns(table), {"x": False}, ["x"]) == (set(), [])
