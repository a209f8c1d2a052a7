"""Numbers typed or pasted into a small field."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import TableError
from gmm_core.tables.entered import MOST_ENTERED, entered_list, entered_table, numbers_only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.8, 2.1,2.3", [1.8, 2.1, 2.3]),
        ("1.8 2.1\t2.3", [1.8, 2.1, 2.3]),
        ("1,8; 2,1;\n2,3", [1.8, 2.1, 2.3]),
        ("1,8\n2,1\n", [1.8, 2.1]),
        ("75,78,80\n82,81", [75, 78, 80, 82, 81]),
        ("\n wait (min)\n1,8\n2,1", [1.8, 2.1]),
        ("1e3 \u22124", [1000, -4]),
        ("3", [3]),
    ],
)
def test_a_list_is_read_however_it_is_written(text, expected):
    assert entered_list(text).iloc[:, 0].tolist() == expected


@given(st.lists(st.integers(-9999, 9999), min_size=1, max_size=20), st.sampled_from([", ", ";", " ", "\n", "\t"]))
def test_whole_numbers_come_back_whatever_stands_between_them(numbers, between):
    assert entered_list(between.join(map(str, numbers))).iloc[:, 0].tolist() == numbers


def test_a_line_of_words_is_the_title():
    assert list(entered_list("wait (min)\n1.8\n2.1")) == ["wait (min)"]


@pytest.mark.parametrize(
    ("text", "place"), [("1 2 3x 4", "Entry 3, “3x” in line 1"), ("1\nnan", "line 2"), ("a\nb", "“b” in line 2")]
)
def test_text_among_the_numbers_is_named_with_its_place(text, place):
    with pytest.raises(TableError) as error:
        entered_list(text)
    assert place in error.value.problem


@pytest.mark.parametrize("read", [entered_list, entered_table])
def test_nothing_and_far_too_much_are_refused(read):
    with pytest.raises(TableError, match="yet"):
        read(" \n")
    with pytest.raises(TableError, match="Table page"):
        read("\n".join(map(str, range(MOST_ENTERED + 1))))


def test_a_table_has_its_words_named_by_column_and_row_and_keeps_gaps():
    with pytest.raises(TableError, match="b, row 2: “x” is no number"):
        numbers_only(entered_table("a,b\n1,2\n3,x\n5,6\n"))
    found = numbers_only(pd.DataFrame({"a": [1, None, 2], "b": ["3", None, None]}))
    np.testing.assert_array_equal(found.to_numpy(), [[1, 3], [2, np.nan]])
    with pytest.raises(TableError, match="Fill in"):
        numbers_only(found.iloc[:0])
