"""Delimiter, decimal sign and header are told from the first rows."""

import pytest

from gmm_core.tables.dialect import NO_DELIMITER, find_delimiter, find_dialect, in_words


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
    ("cells", "decimal"),
    [
        ("1,5 2", ","),
        ("1.5 2", "."),
        ("1.234.567 2", ","),
        ("1,234,567 2", "."),
        ("1.234,5 1.000", ","),
        ("1,234.5 1,000", "."),
        ("0,123 5", ","),
        ("1.234 5", "."),
        ("1,5 2,5 1.2", ","),
        ("1 2", ""),
        ("31.12.2024 1,5", ","),
        ("x y", ""),
    ],
)
def test_the_decimal_sign_is_that_which_makes_sense_of_most_cells(cells, decimal):
    dialect = find_dialect("names\n" + cells.replace(" ", "\n") + "\n")
    assert dialect.shown_decimal == decimal


@pytest.mark.parametrize(
    ("first", "header"),
    [("a;b", True), ("1;2", False), ("1;-", False), ("1;x", True), ("2019;total", True), ("inf;1,5", False)],
)
def test_a_first_row_of_numbers_and_gaps_is_no_header(first, header):
    assert find_dialect(f"{first}\n3;4\n", delimiter=";").has_header is header


def test_delimiters_have_names():
    assert in_words(";") == "semicolons"
    assert in_words(":") == "“:”"
