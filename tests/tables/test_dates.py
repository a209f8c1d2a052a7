"""Dates and times in the ways in which people write them."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.conversion import convert
from gmm_core.tables.habits import Habits
from gmm_core.tables.numerals import COMMA


def _converted(words, habits=None):
    return convert(pa.chunked_array([pa.array(words, type=pa.string())]), "d", habits or Habits())


@pytest.mark.parametrize(
    ("words", "stamp"),
    [
        (["31.12.2024"], "2024-12-31"),
        (["1.2.2024"], "2024-02-01"),
        (["31.12.24"], "2024-12-31"),
        (["12/31/2024"], "2024-12-31"),
        (["1/2/2024"], "2024-01-02"),
        (["1/2/2024", "13/2/2024"], "2024-02-01"),
        (["2024/12/31"], "2024-12-31"),
        (["2024-12-31 14:30"], "2024-12-31 14:30"),
        (["2024-12-31T14:30:15Z"], "2024-12-31 14:30:15"),
        (["31.12.2024 14:30:15.5"], "2024-12-31 14:30:15.5"),
        (["12/31/2024, 2:30 PM"], "2024-12-31 14:30"),
        (["12/31/2024 12:05 a.m."], "2024-12-31 00:05"),
        (["5 May 2024"], "2024-05-05"),
        (["5-May-99"], "1999-05-05"),
        (["May 5th, 2024"], "2024-05-05"),
        (["5. M\u00e4rz 2024"], "2024-03-05"),
        (["15 ao\u00fbt 2024"], "2024-08-15"),
        (["29.02.2024", "-"], "2024-02-29"),
    ],
)
def test_a_date_is_read_however_it_is_written(words, stamp):
    found = _converted(words)
    assert found.series.iloc[0] == pd.Timestamp(stamp)
    assert found.unread is None


@pytest.mark.parametrize("word", ["1.2.10", "32.13.2024", "2024", "12-34", "Monday 5", "5 blue 2024", "1/2"])
def test_what_only_looks_like_a_date_stays_what_it_is(word):
    assert not pd.api.types.is_datetime64_any_dtype(_converted([word, word]).series)


def test_days_that_do_not_exist_become_gaps_that_are_named():
    found = _converted(["28.02.2023"] * 40 + ["30.02.2023", "00.00.0000"])
    assert found.series.isna().sum() == 2
    assert found.unread is not None
    assert (found.unread.kind, found.unread.examples) == ("date", ("30.02.2023", "00.00.0000"))


def test_the_order_of_day_and_month_is_said_where_it_is_a_guess():
    assert "guess" in _converted(["1/2/2024", "3/4/2024"]).how
    assert _converted(["1/2/2024"], Habits((COMMA,))).series.iloc[0] == pd.Timestamp("2024-02-01")
    assert _converted(["1/2/2024", "3/14/2024"]).how == "dates, the month first"
    assert _converted(["1/2/2024"], Habits(day_first=True)).series.iloc[0] == pd.Timestamp("2024-02-01")


@pytest.mark.parametrize(
    ("word", "hours"), [("12:30", 12.5), ("0:45:36", 0.76), ("12:15 AM", 0.25), ("36:00", 36), ("-1:30", -1.5)]
)
def test_times_become_hours(word, hours):
    found = _converted([word, "-", word])
    assert found.series.iloc[0] == pytest.approx(hours, rel=1e-12)
    assert found.series.isna().tolist() == [False, True, False]
    assert "hours" in found.how


@given(st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2099, 12, 31)), min_size=1, max_size=20))
def test_dates_with_points_come_back(days):
    assert _converted([f"{day:%d.%m.%Y}" for day in days]).series.dt.date.tolist() == days
