"""Copies and sums among columns."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.tables.profile import profile_columns


@pytest.fixture
def table(rng) -> pd.DataFrame:
    return pd.DataFrame(rng.gamma(2.0, size=(50, 3)).round(2), columns=["a", "b", "c"])


def _why(table):
    profile = profile_columns(table)
    return {row["name"]: row["why"] for row in profile.to_dict("records") if not row["usable"]}


def test_of_copies_in_any_unit_the_later_is_named(table):
    table["inch"], table["owed"], table["noisy"] = table["a"] / 2.54 + 7, -table["b"], table["a"] * 1.0001 ** table["b"]
    assert _why(table) == {"inch": "repeats “a”", "owed": "repeats “b”"}


def test_copies_with_gaps_are_copies_where_the_gaps_are_the_same(table):
    table.loc[[3, 9], "a"] = np.nan
    table["copy"], table["fuller"] = table["a"] * 2, table["a"].fillna(1.0) * 2
    assert _why(table) == {"copy": "repeats “a”"}


def test_a_single_other_value_makes_no_copy(rng):
    table = pd.DataFrame({"a": rng.normal(size=20_000)})
    table["b"] = table["a"].where(table.index != 12_345, 3.21)
    assert _why(table) == {}


@pytest.mark.parametrize("place", [0, 1, 3])
def test_the_sum_of_others_is_named_wherever_it_stands(table, place):
    table["far"], table["near"] = np.cos(np.arange(50)) * 1e90, np.cos(3.0 * np.arange(50)) * 1e-90
    table.insert(place, "total", table["a"] + table["b"] + table["c"])
    table["other"] = np.sin(np.arange(50))
    assert _why(table) == {"total": "is the sum of “a”, “b” and “c”"}


def test_what_is_left_of_a_sum_names_the_sum(table):
    table["profit"] = table["a"] - table["b"]
    assert _why(table) == {"a": "is the sum of “b” and “profit”"}


def test_a_weighted_sum_or_one_with_noise_is_left_to_the_person(table, rng):
    table["mixed"] = 0.3 * table["a"] + 0.7 * table["b"]
    table["near"] = table["a"] + table["b"] + rng.normal(size=50) * 1e-4
    assert _why(table) == {}


def test_few_rows_that_happen_to_lie_on_a_line_are_no_copies():
    assert _why(pd.DataFrame({"x": [1.0, 2.0, 4.0], "y": [2.0, 4.0, 8.0], "z": [3.0, 6.0, 12.0]})) == {}


def test_a_column_of_mostly_gaps_is_not_usable(table):
    table.loc[10:, "b"] = np.nan
    assert _why(table) == {"b": "has gaps in 80\u00a0% of its rows"}


def test_columns_of_odd_sizes_are_compared_without_a_warning(rng):
    x = rng.normal(size=40)
    table = pd.DataFrame({"huge": x * 1e99, "tiny": x * 1e-90, "sparse": np.where(np.arange(40) < 16, np.nan, x)})
    assert _why(table) == {"tiny": "repeats “huge”"}
