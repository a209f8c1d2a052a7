"""One value far from all others in its column."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.cautions import cautions
from gmm_core.tables.far_values import far_value
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.spec_changes import from_zero, without_far


@pytest.mark.parametrize(
    ("values", "value", "nearest"),
    [
        ([12, 15, 14, 13, 40, 42, 38, 90], 90, 42),
        ([10, 11, np.nan, 12, 13, 500], 500, 13),
        ([10, 20, -999, 30, 40, 60], -999, 10),
        ([*range(100), *[999_999] * 5], 999_999, 99),
        ([0, 0, 0, 1, 2, 2, 30], 30, 2),
    ],
)
def test_a_value_further_from_all_others_than_these_lie_apart_is_found_with_the_nearest(values, value, nearest):
    found = far_value(np.array(values, dtype=float))
    assert (found.value, found.nearest, found.is_high) == (value, nearest, value > nearest)


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 90],  # too few
        [5, 5, 5, 5, 5, 9],  # the others are all the same
        [1, 2, 3, 4, 7],
        [0, 1, 2, 3, 4, *[60] * 4],  # many rows are a group
        [1, 3, 7, 20, 50, 150, 400, 1_100],  # the largest of a long tail
    ],
)
def test_ordinary_values_have_none(values):
    assert far_value(np.array(values, dtype=float)) is None


def test_it_is_judged_as_the_column_is_fitted(rng):
    x = np.append(rng.lognormal(8, 1, 300), 0.001)
    assert far_value(x) is None
    assert far_value(x, TRANSFORMS["log"]()).value == 0.001


def test_it_is_pointed_out_before_a_fit_unless_noise_takes_it_up_and_can_be_left_out(rng):
    table = pd.DataFrame({"x": np.append(rng.normal(50, 5, 60), 999.0), "y": rng.normal(size=61)})
    spec = FeatureSpec(("x", "y"))
    features = spec.apply(table)
    [caution] = cautions(features)
    assert (caution.kind, caution.columns) == ("far value", ("x",))
    assert "is 999 in 1 row" in caution.sentence
    assert cautions(features, noise=True) == []
    rest = without_far(spec, "x", far_value(features.table_values[:, 0])).apply(table)
    assert rest.rows.tolist() == list(range(60))


def test_without_it_rows_with_a_gap_in_its_column_stay_as_the_rule_for_gaps_keeps_them(rng):
    table = pd.DataFrame({"x": np.append(rng.normal(50, 5, 60), [999.0, np.nan]), "y": rng.normal(size=62)})
    spec = FeatureSpec(("x", "y"), gaps="em")
    rest = without_far(spec, "x", far_value(table["x"].to_numpy()))
    assert rest.apply(table).rows.tolist() == [*range(60), 61]
    assert from_zero(spec, "x").apply(table).rows.tolist() == list(range(62))
