"""A choice of columns is taken over to another table as far as its columns are there."""

import pandas as pd

from gmm_core.tables.carried import carried
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.row_choice import Among, Between

SPEC = FeatureSpec(
    ("x", "y", "x per y", "twice"),
    gaps="median",
    weights="w",
    transforms=(("x", "log"),),
    derived=(Derived("x per y", "ratio", ("x", "y")), Derived("twice", "product", ("x per y", "w"))),
    filters=(Between("y", low=1.0), Among("town", ("Bonn",))),
    label="town",
)
TABLE = pd.DataFrame({"x": [1.0, 2], "y": [3.0, 4], "w": [1, 1], "town": ["Bonn", "Cork"]})


def test_a_table_with_all_columns_keeps_the_whole_choice():
    assert carried(SPEC, TABLE) == SPEC
    assert carried(SPEC, TABLE.assign(more=0)[["town", "w", "more", "y", "x"]]) == SPEC


def test_what_hangs_on_a_column_that_is_gone_goes_with_it():
    kept = carried(SPEC, TABLE.drop(columns=["y", "town"]))
    assert kept == FeatureSpec(("x",), gaps="median", weights="w", transforms=(("x", "log"),))


def test_a_chosen_column_that_holds_words_now_is_gone():
    kept = carried(SPEC, TABLE.assign(x=["a", "b"], w=["c", "d"]))
    assert "x" not in kept.columns
    assert kept.weights is None


def test_a_derived_column_whose_name_the_table_has_now_is_not_made_again():
    kept = carried(SPEC, TABLE.assign(twice=[1.0, 2.0]))
    assert [each.name for each in kept.derived] == ["x per y"]
    assert kept.columns == SPEC.columns
