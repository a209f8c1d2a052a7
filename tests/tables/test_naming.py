"""Names of columns are never blank and never the same."""

from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.naming import clear_name, column_names


def test_names_that_are_unique_stay_as_they_are():
    assert column_names(["a", "b", "A", "1"]) == ["a", "b", "A", "1"]


def test_blank_and_repeated_names_are_told_apart():
    assert column_names(["x", "", "x", " ", "x"]) == ["x", "column 2", "x (2)", "column 4", "x (3)"]


def test_white_space_in_names_becomes_single_blanks():
    assert column_names([" a\n b\t"]) == ["a b"]


def test_made_names_give_way_to_those_that_are_there():
    assert column_names(["", "column 1", "x", "x", "x (2)"]) == ["column 1 (2)", "column 1", "x", "x (3)", "x (2)"]


def test_a_clear_name_is_the_first_that_is_free():
    assert clear_name("group", {"a"}) == "group"
    assert clear_name("group", {"group", "group (2)"}) == "group (3)"


@given(st.lists(st.sampled_from(["", " ", "x", "x (2)", "column 1", "column 2", "y"]), max_size=12))
def test_names_are_never_blank_and_never_twice(cells):
    names = column_names(cells)
    assert len(set(names)) == len(cells)
    assert all(name.strip() for name in names)
