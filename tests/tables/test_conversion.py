"""Words to numbers: every spelling of a number, and none of what only looks like one."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.conversion import convert
from gmm_core.tables.habits import Habits
from gmm_core.tables.numerals import COMMA, NUMERALS, POINT, other


def _converted(words, numerals=POINT):
    found = convert(pa.chunked_array([pa.array(words, type=pa.string())]), "x", Habits((numerals, other(numerals))))
    return found.series, found.unread


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1,234", 1234),
        ("12,345,678.5", 12345678.5),
        ("1'234.5", 1234.5),
        ("1\u2019234", 1234),
        ("1 234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("-1,234", -1234),
        ("\u22121.5", -1.5),
        (".5", 0.5),
        ("5.", 5),
        ("1.5e-3", 0.0015),
        ("+7", 7),
        ("7-", -7),
        ("(1,234)", -1234),
        ("($12.50)", -12.5),
        ("$(12.50)", -12.5),
        ("-$1,234.50", -1234.5),
        ("$-3", -3),
        ("US$ 5", 5),
        ("1 234,50 \u20ac".replace(",", "."), 1234.5),
        ("CHF 1'234.50", 1234.5),
        ("12 kr.", 12),
        ("7%", 7),
        ("-7.25 %", -7.25),
    ],
)
def test_a_number_is_read_however_it_is_written(word, value):
    series, unread = _converted([word, "2.5", word])
    assert series.tolist() == [value, 2.5, value]
    assert unread is None


@pytest.mark.parametrize(
    "word",
    ["1,23", "12,34,567", "1,2345", "1.2.3", "1 23", "1,234 567", "12a", "1e", "--5", "-5-5", "0x10", "1_000", "()"],
)
def test_what_only_looks_like_a_number_is_a_gap_that_is_named(word):
    series, unread = _converted(["2.5"] * 40 + [word])
    assert np.isnan(series.iloc[-1])
    assert unread is not None
    assert unread.examples == (word,)


@pytest.mark.parametrize("numerals", NUMERALS.values(), ids=NUMERALS)
@given(value=st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda x: round(x, 3)), groups=st.integers(0, 6))
def test_numbers_written_with_groups_come_back(numerals, value, groups):
    sign = ("", *numerals.groups)[groups]
    plain = f"{value:,.3f}".replace(",", "G").replace(".", numerals.decimal).replace("G", sign)
    series, unread = _converted([plain, f"2{numerals.decimal}5"], numerals)
    assert series.tolist() == [value, 2.5]
    assert unread is None


def test_python_and_pyarrow_agree_on_what_a_number_is():
    words = [
        "1",
        "1,5",
        "1.5",
        "1,234",
        "1.234",
        "1.234,5",
        "x",
        "",
        "inf",
        "-\u221e",
        "1'234",
        "5 000",
        "1e5",
        "1,5e-3",
        "5,",
        ",5",
    ]
    for numerals in (POINT, COMMA):
        ours = [re.match(numerals.pattern, word) is not None for word in words]
        assert pc.match_substring_regex(pa.array(words), numerals.pattern).to_pylist() == ours
    assert other(POINT) is COMMA
    assert other(COMMA) is POINT


def test_a_column_of_gaps_is_numeric_and_empty():
    series, unread = _converted(["", "NA", "null"])
    assert series.dtype == float
    assert series.isna().all()
    assert unread is None


def test_text_that_turns_up_late_is_still_found():
    series, unread = _converted(["1"] * 5_000 + ["oops"])
    assert len(series) == 5_001
    assert series.iloc[0] == 1
    assert unread is not None
    assert unread.rows == (5_001,)


def test_leading_zeros_that_turn_up_late_keep_the_column_text():
    series, _ = _converted(["12345"] * 5_000 + ["01234"])
    assert series.iloc[0] == "12345"
    assert series.iloc[-1] == "01234"


def test_only_the_first_few_unread_cells_are_kept():
    _, unread = _converted(["1"] * 200 + ["a", "b", "c", "d", "e"])
    assert unread is not None
    assert unread.count == 5
    assert unread.examples == ("a", "b", "c")


@pytest.mark.parametrize("word", ["9,007,199,254,740,993", "9007199254740993", "1" * 400])
def test_no_whole_number_is_rounded(word):
    series, _ = _converted([word, "2.5"])
    assert series.tolist() == [word, "2.5"]
