"""What to beware of before a fit."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.tables.cautions import COLUMN_CHECKS, TABLE_CHECKS, cautions
from gmm_core.tables.features import FeatureSpec

N = 600


@pytest.fixture
def table(rng) -> pd.DataFrame:
    return pd.DataFrame(rng.normal(size=(N, 3)), columns=["a", "b", "c"])


def _found(table, **spec):
    return cautions(FeatureSpec(tuple(table.columns), **spec).apply(table))


def test_plain_columns_give_no_caution(table):
    assert _found(table) == []


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda rng: rng.integers(1, 6, N), "few values", "“x” takes only 5 values, from 1 to 5:"),
        (lambda rng: np.where(rng.random(N) < 0.3, 0, rng.gamma(9.0, size=N)), "zeros", "“x” is zero in"),
        (lambda rng: np.where(rng.random(N) < 0.2, 7, rng.normal(7, 2, N)), "heaped", "“x” is 7 in"),
        (lambda rng: np.rint(rng.normal(200, 50, N) / 5) * 5 + (rng.random(N) < 0.2), "rounded", "ends in 0 or 5 in"),
        (lambda rng: rng.lognormal(0, 2, N), "heavy tail", "“x” has a heavy tail"),
    ],
)
def test_what_makes_false_spikes_or_groups_is_told(table, make, kind, words, rng):
    [caution] = _found(table.assign(x=make(rng)))
    assert caution.kind == kind
    assert caution.columns == ("x",)
    assert words in caution.sentence
    assert bool(caution.remedy) != (kind in COLUMN_CHECKS)  # theirs is the button


def test_a_few_values_below_zero_amid_skewed_ones_are_pointed_out_until_a_transform_takes_them(table, rng):
    x = rng.lognormal(3, 1, N)
    x[5] = -35.5
    [caution] = _found(table.assign(x=x))
    assert (caution.kind, caution.columns) == ("below zero", ("x",))
    assert "down to -35.5" in caution.sentence
    [transformed] = _found(table.assign(x=x), transforms={"x": "yeo-johnson"})
    assert transformed.kind == "far value"
    assert _found(table.assign(x=rng.normal(2, 1, N))) == []


def test_a_tail_is_judged_after_the_transform(table, rng):
    table["x"] = rng.lognormal(0, 2, N)
    assert _found(table, transforms={"x": "log"}) == []


def _skewed(rng):
    return rng.lognormal(0, 2.5, N)


def _with_three_far(rng):
    return np.append(rng.normal(50, 5, N - 3), [5_000.0, 6_000.0, -4_000.0])


def _heavy_as_logarithm(rng):
    t = rng.standard_t(1.5, N // 2)
    return np.exp(np.concatenate([t, -t]).clip(-20, 20))


@pytest.mark.parametrize(
    ("draw", "transform", "noise", "remedies"),
    [
        (_skewed, "none", False, ["Transform, or allow for noise"]),
        (_skewed, "none", True, ["Transform as well"]),
        (_skewed, "sqrt", False, ["Transform, or allow for noise"]),  # the logarithm is suggested
        (_with_three_far, "none", False, ["Allow for noise"]),
        (_heavy_as_logarithm, "log", False, ["Allow for noise"]),
        (_heavy_as_logarithm, "log", True, []),
    ],
)
def test_only_what_is_left_is_advised_against_a_heavy_tail(draw, transform, noise, remedies, table, rng):
    features = FeatureSpec(("a", "x"), transforms={"x": transform}).apply(table.assign(x=draw(rng)))
    found = cautions(features, noise=noise)
    assert [each.remedy.split(":")[0] for each in found] == remedies
    assert all(("(logarithm)" in each.sentence) == (transform == "log") for each in found)


def test_columns_that_nearly_say_the_same_are_named_in_pairs(table, rng):
    table["a2"] = table["a"] + rng.normal(size=N) * 1e-3
    [caution] = _found(table)
    assert (caution.kind, caution.columns) == ("collinear", ("a", "a2"))


@pytest.mark.parametrize("noise", [0.0, 1e-3])
def test_a_column_that_nearly_or_wholly_follows_from_several_is_named(table, rng, noise):
    table["mix"] = table["a"] + table["b"] + 0.7 * table["c"] + rng.normal(size=N) * noise
    [caution] = _found(table)
    assert caution.kind == "collinear"
    assert "nearly follows from the other columns" in caution.sentence


def test_rows_that_repeat_others_are_told(table):
    [caution] = _found(pd.concat([table, table.iloc[:200]], ignore_index=True))
    assert caution.kind == "copies"
    assert "25\u00a0% of the rows" in caution.sentence


def test_too_few_rows_for_the_columns_are_told(table):
    [caution] = _found(table.iloc[:40])
    assert caution.sentence.startswith("40 rows carry 9 parameters badly")
    features = FeatureSpec(("a",)).apply(table)
    assert cautions(features, n_parameters=200)[0].kind == "few rows"


def test_gaps_that_are_left_open_are_no_hindrance(table):
    table.loc[::7, "a"] = np.nan
    assert _found(table, gaps="em") == []


def test_checks_have_names():
    assert set(COLUMN_CHECKS) | set(TABLE_CHECKS) == {"few values", "zeros", "heaped", "rounded", "collinear", "copies"}
