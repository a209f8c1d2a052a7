"""A preparation as a text and back, and what is refused."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import InterchangeError, TableError
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.recipe import from_recipe, to_recipe
from gmm_core.tables.row_choice import Among, Between, Within
from gmm_core.tables.scaling import SCALINGS

RNG = np.random.default_rng(4)
TABLE = pd.DataFrame(
    {
        "a": RNG.lognormal(size=60),
        "b": RNG.gamma(2.0, size=60),
        "day": pd.date_range("2024-03-01", periods=60),
        "town": ["Ulm", "Bonn"] * 30,
    }
)
NEXT_MONTH = TABLE.assign(a=TABLE["b"], b=TABLE["a"] * 2, day=TABLE["day"] + pd.Timedelta(days=30))
FULL = FeatureSpec(
    ("a", "b", "ratio", "age"),
    "standard",
    "median",
    transforms={"a": "log", "b": "yeo-johnson", "ratio": "rank-normal"},
    derived=(Derived("ratio", "ratio", ("a", "b")), Derived("age", "days", ("day",))),
    filters=(Between("b", 0.1, 50.0), Between("day", "2024-03-02"), Among("town", ("Ulm", "Bonn")), Within("b", 0)),
    sample=40,
    components=0.9,
    label="town",
)


@given(
    transform=st.sampled_from(list(TRANSFORMS)),
    scaling=st.sampled_from(list(SCALINGS)),
    gaps=st.sampled_from(list(GAP_RULES)),
    components=st.none() | st.integers(1, 3) | st.floats(0.1, 1.0),
)
def test_a_recipe_brings_back_the_same_preparation_bit_for_bit(transform, scaling, gaps, components):
    spec = FeatureSpec(("b", "a"), scaling, gaps, transforms={"a": transform}, components=components)
    made = spec.prepare(TABLE)
    back = from_recipe(to_recipe(made))
    assert back.spec == made.spec == spec
    np.testing.assert_array_equal(back.apply(NEXT_MONTH).values, made.apply(NEXT_MONTH).values)
    assert back.apply(NEXT_MONTH).log_jacobian == made.apply(NEXT_MONTH).log_jacobian


def test_new_rows_are_treated_as_the_old_ones_were():
    back = from_recipe(to_recipe(FULL.prepare(TABLE)))
    features = back.apply(NEXT_MONTH)
    assert back.spec.derived[1].reference == "2024-03-01"
    row = features.rows[0]
    assert features.table_values[0, 3] == (NEXT_MONTH["day"].iloc[row] - pd.Timestamp("2024-03-01")).days
    one_row = back.apply(NEXT_MONTH.iloc[[row]])
    np.testing.assert_allclose(one_row.values[0], features.values[0])


def test_gaps_are_filled_with_the_medians_of_the_old_rows():
    back = from_recipe(to_recipe(FeatureSpec(("a",), gaps="median").prepare(TABLE)))
    assert back.apply(pd.DataFrame({"a": [np.nan, 5.0]})).values[0, 0] == TABLE["a"].median()


def test_a_column_that_is_missing_is_named():
    back = from_recipe(to_recipe(FULL.prepare(TABLE)))
    with pytest.raises(TableError, match="no column “b”"):
        back.apply(NEXT_MONTH.drop(columns="b"))


def test_a_recipe_is_readable():
    content = json.loads(to_recipe(FULL.prepare(TABLE)))
    assert content["columns"] == ["a", "b", "ratio", "age"]
    assert content["transforms"] == {"a": "log", "b": "yeo-johnson", "ratio": "rank-normal"}
    assert content["filters"][0] == {"kind": "between", "column": "b", "low": 0.1, "high": 50.0}


def _changed(*path, value):
    content = json.loads(to_recipe(FULL.prepare(TABLE)))
    inner = content
    for name in path[:-1]:
        inner = inner[name]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("format",), "csv", "no recipe"),
        (("version",), 3, "“version” must be 1 or 2"),
        (("version",), True, "“version” must be 1 or 2"),
        (("reading",), None, "“reading” is missing"),
        (("extra",), 1, "“extra” is unknown"),
        (("gaps",), None, "“gaps” is missing"),
        (("gaps",), "guess", "no rule for gaps called 'guess'"),
        (("gaps",), 3, "“gaps” must be a text"),
        (("columns",), "a", "“columns” must be a list of texts"),
        (("columns",), ["a"], "“b” is unknown"),
        (("transforms",), {"a": "exec"}, "no transform called 'exec'"),
        (("transforms",), [], "“transforms” must be an object"),
        (("derived",), [{"name": "q"}], "“kind” is missing"),
        (("derived",), {}, "“derived” must be a list of objects"),
        (("filters", 0, "kind"), "eval", "“kind” must be one of"),
        (("filters", 0, "low"), [1], "“low” must be a number"),
        (("sample",), 1.5, "“sample” must be a whole number"),
        (("components",), 0, "can't be 0 principal components"),
        (("label",), "a", "is among the columns"),
        (("constants", "a"), None, "“a” is missing"),
        (("constants", "a", "scale"), 0, "not above 0"),
        (("constants", "a", "scale"), 1e400, "Infinity, which is no number"),
        (("constants", "a", "fill"), "x", "“fill” must be a finite number"),
        (("constants", "b", "transform"), {"power": 1e9}, "constants that “Yeo-Johnson power” cannot have"),
        (("constants", "b", "transform"), {"power": [1]}, "“power” must be a finite number"),
        (("constants", "ratio", "transform", "values"), [2, 1], "constants that “ranks"),
        (("axes", "n_kept"), 9, "n_kept at most"),
        (("axes", "directions"), [[1.0]], "“directions” must hold 4 lists of"),
        (("axes", "centre"), [[1], [2, 3]], "“centre” must hold 4 finite numbers"),
        (("axes", "variances"), [1, True], "“variances” must hold any number of"),
    ],
)
def test_a_recipe_that_was_changed_is_refused_with_the_field(path, value, words):
    with pytest.raises(InterchangeError, match=words):
        from_recipe(_changed(*path, value=value))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"a": 1, "a": 2}', "[" * 100_000, "NaN", "{}", None])
def test_a_text_that_is_no_recipe_is_refused(text):
    with pytest.raises(InterchangeError, match="recipe"):
        from_recipe(text)


def test_directions_that_lean_on_each_other_are_refused():
    text = _changed("axes", "directions", 0, value=[1.0] * len(json.loads(_changed("x", value=1))["axes"]["variances"]))
    with pytest.raises(InterchangeError, match="right angles"):
        from_recipe(text)
