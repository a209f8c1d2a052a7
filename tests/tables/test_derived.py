"""Columns made from others."""

import numpy as np
import pandas as pd
import pytest

from gmm_core import profile_columns
from gmm_core.errors import DataError, GmmError, SettingsError, TableError
from gmm_core.tables.derived import DERIVATIONS, Derived, derive


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "spent": [10.0, 6.0, np.nan, 4.0],
            "visits": [5, 0, 3, 8],
            "when": pd.to_datetime(["2024-01-31 06:30", "2024-02-29 18:00", None, "2023-12-04 00:00"]),
            "member": ["Yes", "no", None, "Y"],
            "word": list("abcd"),
        }
    )


@pytest.mark.parametrize(
    ("kind", "of", "wanted"),
    [
        ("ratio", ("spent", "visits"), [2, np.nan, np.nan, 0.5]),
        ("product", ("spent", "visits"), [50, 0, np.nan, 32]),
        ("difference", ("visits", "spent"), [-5, -6, np.nan, 4]),
        ("days", ("when",), [58 + 6.5 / 24, 87.75, np.nan, 0]),
        ("month", ("when",), [1, 2, np.nan, 12]),
        ("weekday", ("when",), [3, 4, np.nan, 1]),
        ("hour", ("when",), [6.5, 18, np.nan, 0]),
        ("yes/no", ("member",), [1, 0, np.nan, 1]),
    ],
)
def test_a_column_is_made_from_others(table, kind, of, wanted):
    frame, _, _ = derive(table, [Derived("new", kind, of)])
    np.testing.assert_allclose(frame["new"], wanted)
    assert list(table.columns) == list(frame.columns[:-1])


def test_rows_in_which_it_is_undefined_are_counted_but_not_those_with_gaps_before(table):
    _, _, undefined = derive(table, [Derived("per visit", "ratio", ("spent", "visits"))])
    assert undefined == {"per visit": 1}


def test_days_are_counted_from_the_first_one_and_that_is_kept(table):
    _, [settled], _ = derive(table, [Derived("days", "days", ("when",))])
    assert settled.reference == "2023-12-04"
    later = table.assign(when=table["when"] + pd.Timedelta(days=31))
    assert derive(later, [settled])[0]["days"].min() == 31


def test_a_derived_column_may_be_made_from_another(table):
    days, ratio = Derived("days", "days", ("when",), "2024-01-01"), Derived("r", "ratio", ("days", "visits"))
    np.testing.assert_allclose(derive(table, [days, ratio])[0]["r"].iloc[0], (30 + 6.5 / 24) / 5)


def test_clocks_with_a_time_zone_count_as_they_show(table):
    table["when"] = table["when"].dt.tz_localize("Asia/Tokyo")
    assert derive(table, [Derived("h", "hour", ("when",))])[0]["h"].iloc[0] == 6.5


@pytest.mark.parametrize(
    ("values", "wanted"),
    [([True, False], [1, 0]), ([0, 1], [0, 1]), ([1.0, None], [1, np.nan]), (["Oui", "non "], [1, 0])],
)
def test_yes_and_no_are_known_in_their_forms(values, wanted):
    np.testing.assert_array_equal(derive(pd.DataFrame({"a": values}), [Derived("b", "yes/no", ("a",))])[0]["b"], wanted)


@pytest.mark.parametrize(
    ("kind", "name", "of", "error", "words"),
    [
        ("ratio", "new", ("spent", "word"), DataError, "“word” holds text, not numbers"),
        ("month", "new", ("spent",), DataError, "“spent” holds numbers, not dates"),
        ("yes/no", "new", ("word",), DataError, "holds 'a', neither yes nor no"),
        ("ratio", "spent", ("spent", "visits"), SettingsError, "has a column “spent”"),
        ("ratio", "new", ("spent", "gone"), TableError, "no column “gone”"),
        ("ratio", "new", ("spent",), SettingsError, "made from 1 column"),
        ("sum", "new", ("spent",), SettingsError, "no derived column 'sum'"),
    ],
)
def test_what_cant_be_made_is_told(table, kind, name, of, error, words):
    with pytest.raises(GmmError, match=words) as caught:
        derive(table, [Derived(name, kind, of)])
    assert isinstance(caught.value, error)
    assert caught.value.remedy


def test_a_reference_that_is_no_day_is_told():
    with pytest.raises(SettingsError, match="'soon' is no date"):
        Derived("days", "days", ("when",), "soon")


def test_registered_names_are_their_keys_and_have_words_for_the_screen():
    assert all(each.name == key and each.words for key, each in DERIVATIONS.items())


def test_a_column_without_any_day_gives_gaps():
    frame, _, _ = derive(pd.DataFrame({"t": pd.to_datetime([None, None])}), [Derived("d", "days", ("t",))])
    assert frame["d"].isna().all()


@pytest.mark.parametrize(
    ("kind", "of", "title"),
    [
        ("ratio", ("spend {0}", "visits"), "spend {0} / visits"),
        ("difference", ("a", "b"), "a - b"),
        ("days", ("when",), "days from 2024-01-31 to when"),
        ("month", ("when",), "month of when"),
        ("yes/no", ("newsletter",), "newsletter is yes"),
    ],
)
def test_a_made_column_has_a_clear_name(kind, of, title):
    derivation = DERIVATIONS[kind]
    assert derivation.title(of, "2024-01-31") == title
    made = Derived(title, kind, of, "2024-01-31" if derivation.needs_reference else "")
    assert made.words == title
    assert Derived("mine", kind, of, made.reference).words == f"mine ({title})"


def test_each_way_of_making_one_takes_the_columns_that_suit_it():
    table = pd.DataFrame(
        {
            "spend": [1.5, 2.5, 4.0, 9.0] * 5,
            "same": 1.0,
            "when": pd.date_range("2024-01-01", periods=20),
            "newsletter": ["yes", "no"] * 10,
            "flag": [0, 1] * 10,
            "town": ["a", "b", "c", "d"] * 5,
        }
    )
    profile = profile_columns(table)
    suited = {name: profile.loc[each.suits(profile), "name"].tolist() for name, each in DERIVATIONS.items()}
    assert suited["ratio"] == ["spend", "flag"]
    assert suited["hour"] == ["when"]
    assert suited["yes/no"] == ["newsletter"]
    for kind, names in suited.items():
        of = tuple(names[:1]) * DERIVATIONS[kind].n_columns
        derive(table, [Derived("made", kind, of)])
