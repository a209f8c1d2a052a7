"""One row a column: kinds, figures, and which columns to begin with."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from gmm_core.tables.profile import PROFILE_COLUMNS, profile_columns, suggest_columns

N = 40
NUMBERS = np.linspace(0, 1, N) ** 2
APART = np.random.default_rng(0).permutation(9_000)[:N] + 1_000

KINDS = {
    "number": (NUMBERS, "number", ""),
    "whole numbers": ([3, 5, 5, 8] * 10, "number", ""),
    "with gaps": ([1.5, None, 2.5, 4.0] * 10, "number", ""),
    "infinite": (
        [1.0, 2.0, np.inf, 3.0] * 10,
        "number",
        "holds infinite values, the first in row 3; correct or remove those rows",
    ),
    "ones and zeros": ([0, 1] * 20, "yes/no", ""),
    "true or false": ([True, False] * 20, "yes/no", "holds yes or no, not a measure"),
    "yes or no": (["Yes", "no", None, "no"] * 10, "yes/no", "holds yes or no, not a measure"),
    "same": ([7.5] * N, "constant", "has the same value in every row"),
    "same word": (["x"] * N, "constant", "has the same value in every row"),
    "year": ([2024] * N, "constant", "has the same value in every row"),
    "nothing": ([np.nan] * N, "empty", "holds no values"),
    "no words": ([None] * N, "empty", "holds no values"),
    "day": (pd.date_range("2024-01-01", periods=N), "date", "holds dates, not numbers"),
    "colour": (["red", "blue", "green", None] * 10, "category", "holds words, not numbers"),
    "remark": ([f"the remark number {i}" for i in range(N)], "text", "holds text, not numbers"),
    "sku": ([f"A{i}" for i in range(N)], "identifier", "is an identifier, not a measure"),
    "postcode": (["01234", "99999"] * 20, "identifier", "is an identifier, not a measure"),
    "counting": (range(100, 100 + N), "identifier", "is an identifier, not a measure"),
    "counting down": (range(N, 0, -1), "identifier", "is an identifier, not a measure"),
    "customer_id": ([17, 4, 4, 99] * 10, "identifier", "is an identifier, not a measure"),
    "customerId": ([17, 4, 4, 99] * 10, "identifier", "is an identifier, not a measure"),
    "ID": ([17, 4, 4, 99] * 10, "identifier", "is an identifier, not a measure"),
    "no.": (np.random.default_rng(0).permutation(N), "identifier", "is an identifier, not a measure"),
    "Kunde": (APART, "identifier", "is an identifier, not a measure"),
    "Kunden-Nr.": (APART, "identifier", "is an identifier, not a measure"),
    "Kundennr.": ([*APART[:-2], *APART[:2]], "identifier", "is an identifier, not a measure"),
    "Auftragsnummer": (APART, "identifier", "is an identifier, not a measure"),
    "order no": (APART, "identifier", "is an identifier, not a measure"),
    "given out": (np.random.default_rng(0).permutation(60)[:N] + 7000, "identifier", "is an identifier, not a measure"),
    "amounts that all differ": (APART, "number", ""),
    "Kunden": (APART, "number", ""),
    "SNR": (APART, "number", ""),
    "paid": ([17, 4, 4, 99] * 10, "number", ""),
    "width": ([17, 4, 4, 99] * 10, "number", ""),
    "huge": ([1e308, -1e308, 3.0, 4.0], "number", "holds values beyond 1e+100, too large to compute with"),
    "id of nothing whole": (NUMBERS, "number", ""),
}


@pytest.mark.parametrize("n", [20, 200, 4_000])
def test_amounts_are_taken_for_numbers_of_rows_once_in_a_thousand_tables_at_most(rng, n):
    """Uniform amounts differ most easily; even they never all do where there is too little room for it."""
    judged = [
        profile_columns(pd.DataFrame({"paid": rng.integers(0, n * n // 14, n)}))["kind"].iloc[0] for _ in range(100)
    ]
    assert set(judged) == {"number"}


@pytest.mark.parametrize("name", KINDS)
def test_a_column_is_judged_by_what_it_holds(name):
    values, kind, why = KINDS[name]
    [row] = profile_columns(pd.DataFrame({name: list(values)})).to_dict("records")
    assert (row["name"], row["kind"], row["why"]) == (name, kind, why)
    assert row["usable"] is (why == "")


def test_what_holds_finite_numbers_can_be_clustered_though_it_may_not_be_wise():
    table = pd.DataFrame({name: list(values) for name, (values, _, _) in KINDS.items() if len(list(values)) == N})
    profile = profile_columns(table.assign(copy=NUMBERS)).set_index("name")
    unwise = {"counting", "counting down", "customer_id", "customerId", "ID", "no.", "copy"}
    assert unwise <= set(profile.index[profile["possible"] & ~profile["usable"]])
    assert profile.loc[profile["usable"], "possible"].all()
    for name in ("infinite", "same", "nothing", "day", "colour", "true or false"):
        assert not profile.loc[name, "possible"]


def test_six_numbers_that_happen_to_count_up_are_numbers():
    assert profile_columns(pd.DataFrame({"x": range(1, 7)}))["usable"].tolist() == [True]


def test_figures_are_those_of_the_finite_values():
    table = pd.DataFrame({"x": [1.0, 2.0, np.nan, 6.0, 6.0, np.inf], "w": [*"aabbc", None]})
    profile = profile_columns(table)
    assert tuple(profile.columns) == PROFILE_COLUMNS
    x, w = profile.to_dict("records")
    values = np.array([1.0, 2.0, 6.0, 6.0])
    z = (values - values.mean()) / values.std()
    assert (x["gaps"], x["distinct"], x["min"], x["max"]) == (1, 4, 1.0, 6.0)
    assert [x["mean"], x["sd"], x["skew"], x["kurtosis"]] == pytest.approx(
        [values.mean(), values.std(), (z**3).mean(), (z**4).mean()]
    )
    assert (w["gaps"], w["distinct"]) == (1, 3)
    assert np.isnan([w["min"], w["mean"], w["skew"]]).all()


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1e9, 1e300])
def test_skew_and_kurtosis_are_the_same_in_any_unit(size):
    here, there = (profile_columns(pd.DataFrame({"x": NUMBERS * unit})) for unit in (1.0, size))
    assert_frame_equal(here[["skew", "kurtosis"]], there[["skew", "kurtosis"]])
    assert there["sd"].item() == pytest.approx(here["sd"].item() * size)


def test_any_table_has_a_profile():
    odd = pd.DataFrame(
        {
            "mixed": [1, "a", None, (1, 2)],
            "nullable": pd.array([1, None, 3, 4], dtype="Int64"),
            "category": pd.Categorical(["a", "b", "a", None]),
            "complex": [1j, 2j, 3j, 4j],
            "span": pd.to_timedelta([1, 2, 3, 4], unit="D"),
        }
    )
    profile = profile_columns(odd)
    assert profile.loc[profile["usable"], "name"].tolist() == ["nullable"]
    assert len(profile_columns(pd.DataFrame({"x": []}))) == 1
    assert profile_columns(pd.DataFrame()).empty


def test_columns_of_one_name_are_each_profiled():
    table = pd.DataFrame([[1.5, "a"], [2.5, "b"]], columns=["x", "x"])
    assert profile_columns(table)["kind"].tolist() == ["number", "category"]


def _two_humps(rng, gap):
    return np.concatenate([rng.normal(0, 1, 100), rng.normal(gap, 1, 100)])


def test_columns_with_several_humps_are_suggested_first(rng):
    table = pd.DataFrame(
        {
            "one hump": rng.normal(size=200),
            "two humps": _two_humps(rng, 8),
            "heavy tail": np.exp(3 * rng.normal(size=200)),
            "far humps": rng.permutation(_two_humps(rng, 9)),
            "word": ["a", "b"] * 100,
        }
    )
    assert suggest_columns(table) == ("two humps", "far humps")
    assert suggest_columns(profile_columns(table)) == ("two humps", "far humps")
    assert suggest_columns(table, limit=3) == ("one hump", "two humps", "far humps")


def test_few_values_gaps_and_yes_or_no_come_last(rng):
    humps = _two_humps(rng, 9)
    table = pd.DataFrame(
        {
            "answer": (humps > 4).astype(int),
            "grade": np.where(humps > 4, 5, rng.integers(1, 3, 200)),
            "gappy": np.where(rng.random(200) < 0.5, np.nan, humps),
            "plain": rng.normal(size=200),
        }
    )
    assert suggest_columns(table, limit=1) == ("plain",)
    assert "answer" not in suggest_columns(table, limit=3)


def test_a_copy_in_another_unit_is_never_suggested(rng):
    cm = _two_humps(rng, 9)
    table = pd.DataFrame({"cm": cm, "inch": cm / 2.54, "weight": rng.normal(size=200)})
    assert suggest_columns(table) == ("cm", "weight")
    assert suggest_columns(table[["cm", "inch"]]) == ("cm",)


def test_narrow_groups_far_apart_are_no_copies():
    table = pd.DataFrame({"x": [1.0, 1.5, 5.0, 5.5, 1.2, 5.1], "y": [1.1, 1.4, 4.8, 5.2, 0.9, 5.0]})
    assert suggest_columns(table) == ("x", "y")


def test_nothing_is_suggested_where_nothing_is_usable():
    assert suggest_columns(pd.DataFrame({"word": ["a", "b"]})) == ()


def test_a_column_that_heaps_at_zero_is_no_first_choice_where_there_are_others(rng):
    table = pd.DataFrame({name: rng.normal(50.0, 5.0, 300) for name in ("orders", "revenue")})
    table["returns"] = np.where(rng.random(300) < 0.5, 0.0, rng.normal(9.0, 1.0, 300))
    assert suggest_columns(table) == ("orders", "revenue")
    assert suggest_columns(table, limit=3) == ("orders", "revenue", "returns")
    assert suggest_columns(pd.DataFrame()) == ()
