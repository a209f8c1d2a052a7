"""Delimiter, the first row and whether it is a header are told from the first rows."""

import pytest

from gmm_core.tables.dialect import NO_DELIMITER, find_delimiter, find_top, has_header, in_words


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("name;price\nSmith, John;1,5\nDoe, Jane;2,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("1,2,a;b\n3,4,c;d\n", ","),
        ("a\tb\n1,5\tx;y\n2,5\tz;w\n", "\t"),
        ("a|b\nx, y|1\nz|2\n", "|"),
        ('"a;b",c\n1,2\n', ","),
        ("a,b\n1,2\n3\n", ","),
        ("a,b,c\n1\n2\n", ","),
        ("value\n1,5\n2,7\n", NO_DELIMITER),
        ("value\n1\n", NO_DELIMITER),
        ("Title\na,b,c\n1,2,3\n4,5,6\n", ","),
    ],
)
def test_the_delimiter_splits_header_and_rows_alike(sample, delimiter):
    assert find_delimiter(sample) == delimiter


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("City      pop  area\nNew York   8  7.5\nParis      4  3.1\n", "  "),
        ("   eruptions waiting\n1  3.600  79\n2  1.800  54\n", " "),
        ("x y\n1 2\n3 4\n", " "),
        ("first name\nAnna Maria\nEva Luise\n", NO_DELIMITER),
        ("value\n1 234\n5 678\n", NO_DELIMITER),
    ],
)
def test_runs_of_blanks_set_columns_of_numbers_apart(sample, delimiter):
    assert find_delimiter(sample) == delimiter


@pytest.mark.parametrize(
    ("lines", "top"),
    [
        (["Report", "a,b,c", "1,2,3", "4,5,6"], 1),
        (["Report,,,", ",as of,May,", "a,b,c,d", "1,2,3,4", "5,6,7,8"], 2),
        (["# made by x, in 2024", "a,b", "1,2", "3,4"], 1),
        (["# made by hand", "#id,b", "1,2", "3,4"], 1),
        (["# made by hand, today", "#chrom,start", "chr1,2", "chr2,4"], 1),
        (["#,b", "1,2", "3,4"], 0),
        (["a,b,c", "1", "4,5,6"], 0),
        (["My numbers", "value", "1", "2"], 1),
        (["a,b", "x,1,2", "y,3,4"], 0),
    ],
)
def test_the_first_row_of_the_table_is_found_below_titles_and_comments(lines, top):
    assert find_top([line.split(",") for line in lines]) == top


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("a;b", True),
        ("1;2", False),
        ("1;-", False),
        ("1;x", True),
        ("2019;total", True),
        ("inf;1,5", False),
        ("5.1;setosa", False),
        ("5;red", False),
    ],
)
def test_a_first_row_of_values_is_no_header(first, header):
    assert has_header([first.split(";"), ["3", "4"], ["6", "red"]]) is header


def test_delimiters_have_names():
    assert in_words(";") == "semicolons"
    assert in_words("  ") == "blanks"
    assert in_words(":") == "“:”"
