"""Rows that a model was not fitted to: prepared with the old constants, and what is said of them."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError, TableError
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.new_rows import needed_columns, new_rows
from gmm_core.tables.row_choice import Between
from gmm_core.tables.unit_shifts import UnitShift, in_words, rescaled, unit_shifts


@pytest.fixture
def fitted():
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {"x": rng.normal(10, 1, 50), "y": rng.lognormal(3, 0.5, 50), "site": ["a", "b"] * 25, "id": range(50)}
    )


def scored(fitted, table, spec):
    return new_rows(spec.prepare(fitted), table, fitted, spec.apply(fitted))


def test_the_constants_are_those_of_the_fitted_rows(fitted):
    spec = FeatureSpec(("x", "y"), scaling="standard", transforms={"y": "log"})
    table = fitted.tail(5)
    assert np.allclose(scored(fitted, table, spec).features.values, spec.apply(fitted).values[-5:])


def test_rows_with_gaps_are_kept_though_the_fit_left_them_out_and_it_is_said(fitted):
    table = fitted.head(4).assign(x=[1.0, np.nan, np.nan, 2.0], y=[1.0, np.nan, 3.0, 4.0])
    found = scored(fitted, table, FeatureSpec(("x", "y")))
    assert found.features.rows.tolist() == [0, 2, 3]
    assert "1 row with gaps judged by the values there are." in found.remarks
    assert "1 row without a value left out." in found.remarks


def test_rows_with_a_gap_have_no_components_and_are_left_out_as_such(fitted):
    found = scored(fitted, fitted.head(4).assign(x=[1.0, np.nan, 3.0, 2.0]), FeatureSpec(("x", "y"), components=1))
    assert found.features.rows.tolist() == [0, 2, 3]
    assert "1 row with gaps left out." in found.remarks


def test_a_sample_is_none_of_the_new_rows_business_and_filters_are(fitted):
    spec = FeatureSpec(("x",), sample=10, filters=(Between("y", 0, 30),))
    table = fitted.assign(y=[10.0, 99.0] * 25)
    found = scored(fitted, table, spec)
    assert len(found.features.rows) == 25
    assert "25 rows did not pass the filters of the fitted table." in found.remarks


def test_columns_kept_aside_need_not_be_there(fitted):
    spec = FeatureSpec(("x",), label="site", name="id", weights="y")
    found = scored(fitted, fitted[["x"]], spec)
    assert found.features.labels is None
    assert found.features.weights is None


def test_all_that_is_missing_is_named_at_once_sources_of_derived_columns_among_it(fitted):
    spec = FeatureSpec(("x", "ratio"), derived=(Derived("ratio", "ratio", ("x", "y")),))
    assert needed_columns(spec) == ["x", "y"]
    with pytest.raises(TableError, match=r"no column “x” and no column “y”.*“site”"):
        scored(fitted, fitted[["site"]], spec)
    assert scored(fitted, fitted[["x", "y"]], spec).features.columns == ("x", "ratio")


def test_text_and_infinite_values_are_told_by_their_column(fitted):
    spec = FeatureSpec(("x", "y"))
    with pytest.raises(DataError, match="“x” holds text"):
        scored(fitted, fitted.assign(x="low"), spec)
    with pytest.raises(DataError, match="“y” holds 50 infinite"):
        scored(fitted, fitted.assign(y=np.inf), spec)
    with pytest.raises(TableError, match="no rows"):
        scored(fitted, fitted.head(0), spec)


def test_rows_that_a_transform_does_not_take_are_left_out_and_the_first_value_is_told(fitted):
    spec = FeatureSpec(("x", "y"), transforms={"y": "log"})
    table = fitted.head(5).assign(y=[3.0, 0.0, 5.0, -1.0, 7.0])
    found = scored(fitted, table, spec)
    assert found.features.rows.tolist() == [0, 2, 4]
    assert any("2 rows can't be scored; in the first of them “y” holds 0" in each for each in found.remarks)


def test_unknown_columns_and_unseen_categories_are_pointed_out(fitted):
    spec = FeatureSpec(("x", "y"), label="site")
    found = scored(fitted, fitted.assign(site=["a", "z"] * 25, extra=1), spec)
    assert any("“extra” plays no part" in each for each in found.remarks)
    assert "“site” has values that the fitted table hasn't: “z”." in found.remarks


@pytest.mark.parametrize("centre", [50.0, 0.0])
@pytest.mark.parametrize(("factor", "words"), [(100.0, "100 times"), (0.01, "1/100 of")])
def test_another_unit_is_told_with_its_column_wherever_the_values_lie(centre, factor, words):
    rng = np.random.default_rng(1)
    then, now = (rng.normal(centre, 3.0, size=(n, 2)) for n in (200, 60))
    now[:, 1] *= factor
    (shift,) = unit_shifts(then, now, ("a", "b"))
    assert shift.words.startswith(f"“b” is about {words}")


def test_rows_of_the_fitted_table_are_not_asked_for_their_unit(fitted):
    spec, rows = FeatureSpec(("x",)), fitted.assign(x=fitted["x"] * 100)
    assert any("another unit" in each for each in scored(fitted, rows, spec).remarks)
    assert not new_rows(spec.prepare(fitted), rows, fitted, None).remarks


def test_the_same_unit_is_told_of_no_column_even_with_gaps_one_row_or_other_shares_of_two_groups():
    rng = np.random.default_rng(2)
    then = np.concatenate([rng.normal(0.1, 0.01, (150, 1)), rng.normal(10, 1, (50, 1))])
    assert unit_shifts(then, then[140:], ("a",)) == ()
    assert unit_shifts(then, then[:1], ("a",)) == ()
    assert unit_shifts(then, np.full((3, 1), np.nan), ("a",)) == ()


@pytest.mark.parametrize(
    ("factor", "power", "words"),
    [
        (97.0, 0.01, ("Divide “x” by 100", "“x” was divided by 100")),
        (1.2e-3, 1000.0, ("Multiply “x” by 1,000", "“x” was multiplied by 1,000")),
        (10.0, 0.1, ("Divide “x” by 10", "“x” was divided by 10")),
        (25.4, None, None),
    ],
)
def test_a_power_of_ten_brings_a_column_back_to_its_unit(factor, power, words):
    assert UnitShift("x", factor).power == power
    assert power is None or in_words("x", power) == words
    assert power is None or rescaled(pd.DataFrame({"x": [1234, 5]}), "x", power)["x"].tolist() == [
        pytest.approx(1234 * power, rel=1e-15),
        pytest.approx(5 * power, rel=1e-15),
    ]
