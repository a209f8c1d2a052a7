"""Specifications from others, and in words."""

from dataclasses import replace

import pandas as pd
import pytest

from gmm_core.errors import TableError
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.recipe import from_recipe, to_recipe
from gmm_core.tables.row_choice import Among, Between
from gmm_core.tables.spec_changes import check_columns_there, plain, steps, with_label, with_made, without_made

RATIO = Derived("spend / visits", "ratio", ("spend", "visits"))
OF_RATIO = Derived("double", "product", ("spend / visits", "age"))
SPEC = FeatureSpec(
    ("spend", "age", "spend / visits", "double"),
    scaling="standard",
    gaps="median",
    weights="double",
    transforms={"spend": "log", "double": "sqrt", "gone": "log"},
    derived=(RATIO, OF_RATIO),
    filters=(Among("region", ("North",)), Between("spend / visits", 0, 9)),
    sample=1_000,
    components=2,
    label="segment",
    name="client",
)


def test_each_step_is_a_phrase_and_plain_columns_have_none():
    assert steps(SPEC) == [
        "made spend / visits",
        "made double (spend / visits × age)",
        "square root of double",
        "logarithm of spend",
        "rows with region = North",
        "rows with spend / visits from 0 to 9",
        "a sample of 1,000 rows",
        "gaps: fill with the median",
        "standardised",
        "2 principal components",
        "rows count by double",
        "segment kept aside",
        "rows named by client",
    ]
    assert steps(FeatureSpec(("a", "b"))) == []
    assert steps(FeatureSpec(("a", "b"), components=0.9)) == ["principal components with 90\u00a0% of the variance"]


def test_plain_columns_are_the_tables_own_and_keep_who_is_who():
    assert plain(SPEC) == FeatureSpec(("spend", "age"), label="segment", name="client")
    assert plain(plain(SPEC)) == plain(SPEC)


def test_with_a_made_column_goes_all_that_rests_on_it():
    found = without_made(SPEC, "spend / visits")
    assert found.columns == ("spend", "age")
    assert found.derived == ()
    assert found.filters == SPEC.filters[:1]
    assert dict(found.transforms) == {"spend": "log", "gone": "log"}
    assert found.weights is None
    assert found.label == "segment"
    later = without_made(SPEC, "double")
    assert later.derived == (RATIO,)
    assert later.columns == SPEC.columns[:-1]


def test_a_made_column_is_chosen_and_a_label_is_not():
    spec = with_made(FeatureSpec(("spend",)), RATIO)
    assert spec.columns == ("spend", "spend / visits")
    assert with_label(spec, "spend") == replace(spec, columns=("spend / visits",), label="spend")
    assert with_label(spec, None) == spec


def test_all_columns_that_a_table_lacks_are_named_but_not_those_to_be_made():
    with pytest.raises(TableError, match="columns that this table lacks: “visits”, “region”, “segment”, “client”"):
        check_columns_there(SPEC, ["spend", "age", "more"])
    with pytest.raises(TableError, match="a column that this table lacks: “b”"):
        check_columns_there(FeatureSpec(("a", "b")), ["a"])
    check_columns_there(SPEC, ["spend", "age", "visits", "region", "segment", "client"])


def test_a_recipe_has_the_same_steps_once_saved_and_loaded():
    table = pd.DataFrame({"a": [1.0, 2, 4, 9], "t": pd.to_datetime(["2024-01-01"] * 2 + ["2024-02-03"] * 2)})
    days = Derived("days from 2024-01-01 to t", "days", ("t",), "2024-01-01")
    spec = with_made(FeatureSpec(("a",), transforms={"a": "log"}, filters=(Between("a", 2),)), days)
    assert steps(from_recipe(to_recipe(spec.prepare(table))).spec) == steps(spec)
