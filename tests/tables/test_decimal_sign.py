"""The decimal sign is told from the whole table, and what was open is said."""

import pyarrow as pa
import pytest

from gmm_core.tables.decimal_sign import find_decimal_sign
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report


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
        ("31.12.2024 1,5", ","),
        ("$1,234.50 (7)", "."),
        ("6.743 743", ","),
        ("6.743 743 7430", "."),
        ("6,743 743", "."),
        ("6.743 743 0.5", "."),
        ("31.12.2024 6.743", ","),
    ],
)
def test_the_decimal_sign_is_that_which_makes_sense_of_most_cells(cells, decimal):
    found = find_decimal_sign([pa.chunked_array([cells.split()])], ",")
    assert found.shown
    assert found.numerals.decimal == decimal


@pytest.mark.parametrize("cells", ["1 2", "x y"])
def test_where_there_is_no_decimal_sign_none_is_shown(cells):
    assert not find_decimal_sign([pa.chunked_array([cells.split()])], ";").shown


@pytest.mark.parametrize(
    ("data", "values", "because"),
    [
        (b"a;b\n6.743;x\n1.250;y\n", [6743, 1250], "semicolons stand between the columns"),
        (b"a;b\n6.743;x\n743;y\n", [6743, 743], "whole numbers below a thousand stand beside them"),
        (b"a;b\n6.743;x\n7430;y\n", [6.743, 7430], "thousands without it stand beside them"),
        (b"a\tb\n6.743\t31.12.2024\n1.250\t01.01.2025\n", [6743, 1250], "the dates are written"),
    ],
)
def test_what_can_be_read_in_two_ways_is_decided_and_said(data, values, because):
    report = read_report(data)
    assert report.frame["a"].tolist() == values
    assert any("“6.743” can be read in two ways" in line and because in line for line in report.notes.details())


def test_one_cell_far_down_settles_it_for_the_whole_table():
    report = read_report(b"a;b\n" + b"6.743;1.250\n" * 500 + b"0.5;1.250\n")
    assert report.frame["b"].tolist() == [1.25] * 501
    assert report.notes.details() == ()


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (ReadOptions(decimal="."), [6.743]),
        (ReadOptions(decimal=","), [6743]),
        (ReadOptions(thousands="."), [6743]),
        (ReadOptions(thousands=","), [6.743]),
        (ReadOptions(decimal=",", thousands="'", needs_numbers=False), ["6.743"]),
    ],
)
def test_a_person_may_say_which_sign_is_which(options, values):
    report = read_report(b"a;b\n6.743;x\n", options=options)
    assert report.frame["a"].tolist() == values
    assert report.notes.remarks == ()
