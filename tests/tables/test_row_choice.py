"""Filters and samples of rows."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError, GmmError, SettingsError, TableError
from gmm_core.tables.row_choice import FILTERS, Among, Between, Within, chosen_rows


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "age": [20, 35, np.nan, 50, 65],
            "town": ["Ulm", "Bonn", "Ulm", None, "Köln"],
            "day": pd.to_datetime(
                ["2024-01-01", "2024-02-01", "2024-03-01 15:00", None, "2024-05-01"], format="ISO8601"
            ),
        }
    )


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ([], [0, 1, 2, 3, 4]),
        ([Between("age", 35, 50)], [1, 3]),
        ([Between("age", low=35)], [1, 3, 4]),
        ([Between("age", high=35)], [0, 1]),
        ([Between("day", "2024-02-01", "2024-04-30")], [1, 2]),
        ([Between("day", "2024-02-02", "2024-03-01")], [2]),
        ([Between("day", "2024-02-01", "2024-03-01 12:00")], [1]),
        ([Among("town", ("Ulm", "Köln"))], [0, 2, 4]),
        ([Among("age", ("20", "65"))], [0, 4]),
        ([Among("town", ("Ulm",)), Between("age", high=100)], [0]),
    ],
)
def test_rows_that_meet_every_filter_are_chosen_and_gaps_meet_none(table, filters, rows):
    assert chosen_rows(table, filters).tolist() == rows


def test_rows_with_a_gap_stay_where_values_beyond_are_left_out_as_slips(table):
    found = Within("age", high=35)
    assert chosen_rows(table, [found]).tolist() == [0, 1, 2]
    assert found.words == "age up to 35 or a gap"
    assert chosen_rows(table, [Within("day", "2024-02-01")]).tolist() == [1, 2, 3, 4]


def test_a_sample_is_drawn_from_the_rows_that_pass_and_follows_from_the_seed():
    table = pd.DataFrame({"x": range(1_000)})
    rows = chosen_rows(table, [Between("x", 100, 899)], sample=50, seed=3)
    assert len(set(rows)) == 50
    assert (np.diff(rows) > 0).all()
    assert rows.min() >= 100
    assert rows.max() <= 899
    assert rows.tolist() == chosen_rows(table, [Between("x", 100, 899)], sample=50, seed=3).tolist()
    assert rows.tolist() != chosen_rows(table, [Between("x", 100, 899)], sample=50, seed=4).tolist()
    assert len(chosen_rows(table, [], sample=2_000)) == 1_000


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Between("age", 200, 300), DataError, "No row passes"),
        (lambda: Between("town", 1, 2), DataError, "“town” holds no numbers"),
        (lambda: Between("age", "2024-01-01"), SettingsError, "is '2024-01-01'"),
        (lambda: Between("day", 3), SettingsError, "is 3"),
        (lambda: Between("day", "never"), SettingsError, "'never' is no date"),
        (lambda: Between("gone", 1), TableError, "no column “gone”"),
        (lambda: Between("age"), SettingsError, "has no end"),
        (lambda: Among("town"), SettingsError, "lets no value pass"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told(table, make, error, words):
    with pytest.raises(GmmError, match=words) as caught:
        chosen_rows(table, [make()])
    assert isinstance(caught.value, error)
    assert caught.value.remedy


def test_filters_are_registered_under_their_names():
    assert all(each.name == key for key, each in FILTERS.items())


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Between("age", 0, 1_234.5), "age from 0 to 1,234.5"),
        (Between("age", low=0.25), "age from 0.25"),
        (Between("day", high="2024-01-31"), "day up to 2024-01-31"),
        (Among("town", ("a", "b")), "town = a or b"),
        (Among("town", tuple("abcdefg")), "town = a or b or c or d or 3 more"),
    ],
)
def test_a_filter_says_what_it_asks_for(made, words):
    assert made.words == words
