"""From columns to features and back, and what stands in the way, told by column and row."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import DataError, GmmError, SettingsError, TableError
from gmm_core.model.mixture import Mixture
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "x": [1.0, 2.0, np.nan, 4.0, 8.0],
            "y": [10, 20, 30, 40, 60],
            "z": [np.nan, 1.0, np.nan, 3.0, np.nan],
            "word": list("abcde"),
            "day": pd.date_range("2024-01-01", periods=5),
            "seen": [True, False, True, True, False],
            "same": [3.5] * 5,
            "none": [np.nan] * 5,
            "far": [1.0, np.inf, 2.0, -np.inf, 3.0],
        }
    )


def test_rows_with_gaps_are_dropped_and_those_kept_are_known(table):
    features = FeatureSpec(("y", "x")).apply(table)
    assert features.values.tolist() == [[10, 1], [20, 2], [40, 4], [60, 8]]
    assert features.values.flags["C_CONTIGUOUS"]
    assert features.values.dtype == np.float64
    assert features.rows.tolist() == [0, 1, 3, 4]
    assert features.n_dropped == 1
    assert features.columns == ("y", "x")


def test_gaps_are_filled_with_the_median_where_that_is_asked_for(table):
    features = FeatureSpec(("x", "y"), gaps="median").apply(table)
    assert features.values[:, 0].tolist() == [1, 2, 3, 4, 8]
    assert features.rows.tolist() == [0, 1, 2, 3, 4]
    assert features.n_dropped == 0


def test_gaps_are_left_open_for_the_fit_where_that_is_asked_for_but_rows_of_gaps_only_are_left_out(table):
    table["x"], table["z"] = [1.0, np.nan, np.nan, 4.0, 8.0], [5.0, np.nan, 2.0, 3.0, np.nan]
    features = FeatureSpec(("x", "z"), gaps="em").apply(table)
    np.testing.assert_array_equal(features.values, [[1, 5], [np.nan, 2], [4, 3], [8, np.nan]])
    assert (features.rows.tolist(), features.n_dropped) == ([0, 2, 3, 4], 1)
    assert features.column_values(0).tolist() == [1, 4, 8]


@pytest.mark.parametrize("scaling", SCALINGS)
def test_with_gaps_left_open_parameters_and_likelihood_go_back_to_the_units_of_the_table(table, scaling):
    features = FeatureSpec(("x", "y"), scaling, gaps="em").apply(table)
    covariances = np.array([[[1.0, 0.2], [0.2, 0.5]], [[0.3, 0.0], [0.0, 2.0]]])
    mixture = Mixture(np.array([0.4, 0.6]), np.array([[-1.0, -1.0], [1.0, 0.5]]), covariances, "full")
    original = table.loc[features.rows, ["x", "y"]].to_numpy()
    assert np.isnan(original).any()
    ll_features, ll_table = mixture.log_density(features.values), features.to_working(mixture).log_density(original)
    assert ll_features.sum() + features.log_jacobian == pytest.approx(ll_table.sum())


def test_standard_features_have_mean_0_and_standard_deviation_1(table):
    features = FeatureSpec(("x", "y"), scaling="standard").apply(table)
    np.testing.assert_allclose(features.values.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(features.values.std(axis=0), 1)
    np.testing.assert_allclose(features.table_values, FeatureSpec(("x", "y")).apply(table).values)


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e90])
def test_standard_features_are_the_same_in_any_unit(table, unit):
    here = FeatureSpec(("y",), scaling="standard").apply(table)
    there = FeatureSpec(("y",), scaling="standard").apply(table[["y"]] * unit)
    np.testing.assert_allclose(there.values, here.values, rtol=1e-12)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_parameters_and_likelihood_go_back_to_the_units_of_the_table(table, scaling):
    features = FeatureSpec(("x", "y"), scaling=scaling).apply(table)
    covariances = np.array([[[1.0, 0.2], [0.2, 0.5]], [[0.3, 0.0], [0.0, 2.0]]])
    mixture = Mixture(np.array([0.4, 0.6]), np.array([[-1.0, -1.0], [1.0, 0.5]]), covariances, "full")
    in_table = features.to_working(mixture)
    original = table.loc[features.rows, ["x", "y"]].to_numpy()
    np.testing.assert_allclose(in_table.memberships(original), mixture.memberships(features.values), atol=1e-12)
    ll_features, ll_table = mixture.log_density(features.values).sum(), in_table.log_density(original).sum()
    assert ll_features + features.log_jacobian == pytest.approx(ll_table)


@pytest.mark.parametrize(
    ("spec", "kind", "problem"),
    [
        ({"columns": ()}, SettingsError, "No column is chosen."),
        ({"columns": ("x", "x")}, SettingsError, "Column “x” is chosen twice."),
        ({"columns": ("x", "age")}, TableError, "The table has no column “age”."),
        ({"columns": ("a", "b")}, TableError, "The table has no column “a” and no column “b”."),
        ({"columns": ("x", "word")}, DataError, "Column “word” holds text, not numbers."),
        ({"columns": ("day",)}, DataError, "Column “day” holds dates, not numbers."),
        ({"columns": ("seen",)}, DataError, "Column “seen” holds yes or no, not numbers."),
        (
            {"columns": ("x", "same")},
            DataError,
            "Column “same” has the same value in all 4 rows used, so it cannot separate groups.",
        ),
        ({"columns": ("none",), "gaps": "median"}, DataError, "Column “none” holds no values."),
        ({"columns": ("y", "far")}, DataError, "Column “far” holds 2 infinite value(s), the first in row 2."),
    ],
)
def test_what_cant_be_fitted_is_told_with_its_column(table, spec, kind, problem):
    with pytest.raises(kind) as caught:
        FeatureSpec(**spec).apply(table)
    assert caught.value.problem == problem
    assert caught.value.remedy


def test_infinite_values_carry_their_rows_and_column(table):
    with pytest.raises(DataError) as caught:
        FeatureSpec(("far",)).apply(table)
    assert (caught.value.rows, caught.value.columns, caught.value.value) == ((1, 3), ("far",), np.inf)


def test_infinite_values_in_other_columns_dont_matter(table):
    assert len(FeatureSpec(("y",)).apply(table).values) == 5


def test_a_column_that_is_constant_once_rows_are_dropped_is_told():
    table = pd.DataFrame({"x": [1.0, 1.0, 2.0], "y": [5.0, 6.0, np.nan]})
    with pytest.raises(DataError, match="Column “x” has the same value in all 2 rows used"):
        FeatureSpec(("x", "y")).apply(table)


def test_when_no_row_is_left_the_column_to_leave_out_is_named():
    table = pd.DataFrame({"x": [1.0, np.nan, 3.0, np.nan], "y": [np.nan, 2.0, np.nan, np.nan]})
    with pytest.raises(DataError, match=r"^No row has a value in every chosen column\. Leave out “y”"):
        FeatureSpec(("x", "y")).apply(table)


def test_columns_of_one_name_are_refused():
    table = pd.DataFrame([[1.0, 2.0], [3.0, 5.0]], columns=["x", "x"])
    with pytest.raises(TableError, match="several columns called “x”"):
        FeatureSpec(("x",)).apply(table)


def test_a_table_without_rows_is_told():
    with pytest.raises(DataError, match="Column “x” holds no values"):
        FeatureSpec(("x",)).apply(pd.DataFrame({"x": np.empty(0)}))


def test_nullable_and_small_number_types_are_numbers():
    table = pd.DataFrame({"a": pd.array([1, None, 3], dtype="Int64"), "b": np.array([1, 2, 4], dtype=np.float32)})
    assert FeatureSpec(("a", "b")).apply(table).values.tolist() == [[1, 1], [3, 4]]


def test_the_table_is_left_as_it_was(table):
    before = table.copy(deep=True)
    FeatureSpec(("x", "y"), scaling="standard", gaps="median").apply(table).values[:] = 0
    pd.testing.assert_frame_equal(table, before)


def test_a_column_with_values_too_large_to_square_is_refused_by_name():
    with pytest.raises(DataError, match="“y” holds values beyond 1e\\+100"):
        FeatureSpec(("x", "y")).apply(pd.DataFrame({"x": [1.0, 2.0], "y": [-1e308, 1e308]}))


def test_a_spec_is_a_value_that_can_key_a_cache():
    assert FeatureSpec(["x", "y"]) == FeatureSpec(("x", "y"))
    assert hash(FeatureSpec(("x",))) == hash(FeatureSpec(("x",)))
    assert FeatureSpec(("x",)) != FeatureSpec(("x",), gaps="median")


@pytest.mark.parametrize(
    "parts",
    [
        {"columns": "x"},
        {"columns": [1]},
        {"columns": None},
        {"columns": ["x"], "scaling": "log"},
        {"columns": ["x"], "scaling": ["none"]},
        {"columns": ["x"], "gaps": None},
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(parts):
    with pytest.raises(SettingsError):
        FeatureSpec(**parts)


@pytest.mark.parametrize("registry", [SCALINGS, GAP_RULES], ids=["scalings", "gap rules"])
def test_registered_names_are_their_keys_and_have_words_for_the_screen(registry):
    assert all(entry.name == key and entry.words for key, entry in registry.items())


@given(values=st.lists(st.lists(st.floats(width=32) | st.none(), min_size=2, max_size=2), min_size=1, max_size=12))
@pytest.mark.parametrize("gaps", GAP_RULES)
@pytest.mark.parametrize("scaling", SCALINGS)
def test_any_numbers_give_finite_features_or_an_error_with_a_remedy(values, gaps, scaling):
    table = pd.DataFrame(values, columns=["x", "y"], dtype=float)
    found = _outcome(FeatureSpec(("x", "y"), scaling, gaps), table)
    if isinstance(found, GmmError):
        assert found.remedy
    else:
        gaps_left = np.isnan(found.values)
        assert np.isfinite(found.values[~gaps_left]).all()
        assert gaps_left.tolist() == (np.isnan(table.to_numpy()[found.rows]) & (gaps == "em")).tolist()
        assert len(found.values) == len(found.rows) == len(table) - found.n_dropped


def _outcome(spec, table):
    try:
        return spec.apply(table)
    except GmmError as error:
        return error
