"""Transformed columns, components and chosen rows: the way to features and the way back."""

from dataclasses import astuple, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.choice.criteria import bic
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.model.transforms.carrying import forward, log_slopes
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.row_choice import Among, Between
from gmm_core.tables.scaling import SCALINGS

MIXTURE = Mixture(
    np.array([0.4, 0.6]),
    np.array([[-1.0, -1.0], [1.0, 0.5]]),
    np.array([[[1.0, 0.2], [0.2, 0.5]], [[0.3, 0.0], [0.0, 2.0]]]),
    "full",
)


@pytest.fixture
def table(rng) -> pd.DataFrame:
    n = 120
    return pd.DataFrame(
        {
            "income": rng.lognormal(3, 1, n),
            "visits": rng.poisson(2, n),
            "score": rng.normal(size=n),
            "town": rng.choice(["Ulm", "Bonn"], n),
            "who": [f"row {i}" for i in range(n)],
            "often": rng.integers(1, 4, n),
        }
    )


def _bic(table, transform, column="income"):
    features = FeatureSpec((column,), transforms={column: transform}).apply(table)
    fit = fit_mixture(features.values, FitSettings(n_components=1))
    return bic(features.in_table_units(fit.evidence))


@pytest.mark.parametrize("gaps", ["drop", "em", "median"])
@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("transform", TRANSFORMS)
def test_likelihood_and_memberships_are_those_of_the_density_in_table_units(table, transform, scaling, gaps):
    table.loc[3, "score"] = np.nan
    spec = FeatureSpec(("income", "score"), scaling, gaps, transforms={"income": transform})
    features = spec.apply(table)
    working, x, ts = features.to_working(MIXTURE), features.table_values, features.transforms
    in_table = working.log_density(forward(x, ts)) + log_slopes(x, ts)
    found = MIXTURE.log_density(features.values).sum() + features.log_jacobian
    assert found == pytest.approx(in_table.sum())
    np.testing.assert_allclose(working.memberships(features.working_values), MIXTURE.memberships(features.values))


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("transforms", [{}, {"income": "log", "visits": "sqrt"}])
def test_components_give_the_same_memberships_and_likelihood_in_columns(table, scaling, transforms):
    spec = FeatureSpec(("income", "visits", "score"), scaling, transforms=transforms, components=2)
    features = spec.apply(table)
    assert features.feature_names == ("component 1", "component 2")
    working, x = features.to_working(MIXTURE), features.table_values
    np.testing.assert_allclose(working.memberships(features.working_values), MIXTURE.memberships(features.values))
    in_table = working.log_density(features.working_values) + log_slopes(x, features.transforms)
    assert MIXTURE.log_density(features.values).sum() + features.log_jacobian == pytest.approx(in_table.sum())


def test_one_group_has_the_same_bic_however_many_components_are_kept(table):
    columns = ("income", "visits", "score")
    bics = []
    for components in (None, 1, 2, 3):
        features = FeatureSpec(columns, "standard", components=components).apply(table)
        bics.append(bic(features.in_table_units(fit_mixture(features.values, FitSettings(n_components=1)).evidence)))
    assert bics == pytest.approx([bics[0]] * 4)


def test_a_lognormal_column_prefers_its_logarithm(table):
    bics = {name: _bic(table, name) for name in ("none", "log", "log1p", "sqrt", "yeo-johnson", "rank-normal")}
    assert min(bics, key=bics.get) == "log"
    assert bics["none"] - bics["log"] > 50
    assert bics["rank-normal"] > bics["log"]


def test_a_normal_column_prefers_no_transform(table):
    table["score"] += 10
    bics = {name: _bic(table, name, "score") for name in TRANSFORMS}
    assert min(bics, key=bics.get) in ("none", "sqrt")
    assert bics["none"] < bics["log"]


def test_row_weights_count_in_the_jacobian_as_repeated_rows_do(table):
    often = table.loc[table.index.repeat(table["often"])].reset_index(drop=True)
    spec = FeatureSpec(("income",), "standard", transforms={"income": "log"}, weights="often")
    here = spec.prepare(table)
    weighted = here.apply(table)
    repeated = here.apply(often.assign(often=1))
    assert weighted.log_jacobian == pytest.approx(repeated.log_jacobian)


@given(
    values=st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=9, unique=True), name=st.sampled_from(list(TRANSFORMS))
)
def test_any_numbers_go_through_any_transform_or_are_told_with_their_row(values, name):
    table = pd.DataFrame({"x": values})
    spec = FeatureSpec(("x",), transforms={"x": name})
    refused = np.flatnonzero(TRANSFORMS[name].refused(np.array(values)))
    if len(refused):
        with pytest.raises(DataError, match=f"in row {refused[0] + 1}"):
            spec.apply(table)
    else:
        assert np.isfinite(spec.apply(table).values).all()
        assert np.isfinite(spec.apply(table).log_jacobian)


@pytest.mark.parametrize(
    ("name", "takers"), [("log", "logarithm of 1 + value or square root or"), ("sqrt", "square root")]
)
def test_a_value_that_a_transform_doesnt_take_is_told_with_column_row_and_what_would(table, name, takers):
    table.loc[17, "visits"], table.loc[17, "income"] = 0, -5.0
    column = "visits" if name == "log" else "income"
    table["visits"] = table["visits"].clip(lower=1).where(table.index != 17, 0)
    with pytest.raises(DataError, match=f"Column “{column}” cannot go through .* in row 18") as caught:
        FeatureSpec((column,), transforms={column: name}).apply(table)
    assert (takers in caught.value.remedy) == (name == "log")
    assert "Yeo-Johnson" in caught.value.remedy
    assert caught.value.rows == (17,)


def test_the_row_named_is_that_of_the_table_whatever_was_filtered(table):
    table.loc[[50, 70], "score"] = [np.inf, np.nan]
    with pytest.raises(DataError, match="the first in row 51"):
        FeatureSpec(("score",), filters=(Between("score", -100),)).apply(table.drop(columns="who"))


def test_points_are_carried_to_table_units_and_kept_near_the_rows(table):
    features = FeatureSpec(("income", "score"), transforms={"income": "log"}).apply(table)
    carry = features.carrier([1, 0])
    np.testing.assert_allclose(carry(features.working_values[:, ::-1]), features.table_values[:, ::-1])
    assert carry(np.array([[0.0, 400.0]]))[0, 1] < 10 * table["income"].max()


def test_label_name_and_weights_follow_the_rows_kept(table):
    table.loc[0, "score"] = np.nan
    table.loc[5, "town"] = None
    spec = FeatureSpec(("score",), weights="often", label="town", name="who", filters=(Between("income", 5),))
    features = spec.apply(table)
    assert features.names.tolist() == table["who"].iloc[features.rows].tolist()
    assert features.labels.tolist() == table["town"].fillna("").iloc[features.rows].tolist()
    assert features.weights.tolist() == table["often"].iloc[features.rows].tolist()
    assert features.n_filtered == (table["income"] < 5).sum()
    assert features.n_dropped == (table["income"].iloc[0] >= 5)


def test_derived_columns_may_be_chosen_and_undefined_rows_are_counted(table):
    spec = FeatureSpec(("each",), derived=(Derived("each", "ratio", ("income", "visits")),))
    features = spec.apply(table)
    assert features.undefined == {"each": (table["visits"] == 0).sum()}
    assert features.n_dropped == features.undefined["each"]


def test_components_need_every_value(table):
    table.loc[3, "score"] = np.nan
    with pytest.raises(DataError, match="Principal components need every value, and “score” has gaps"):
        FeatureSpec(("income", "score"), gaps="em", components=2).apply(table)
    assert len(FeatureSpec(("income", "score"), components=2).apply(table).values) == len(table) - 1


def test_a_sample_is_for_a_first_look_and_not_for_new_rows(table):
    spec = FeatureSpec(("income", "score"), sample=30, filters=(Among("town", ("Ulm",)),))
    assert len(spec.apply(table).values) == 30
    assert len(spec.prepare(table).apply(table).values) == (table["town"] == "Ulm").sum()


@pytest.mark.parametrize(
    "parts",
    [
        {"transforms": {"income": "cube"}},
        {"transforms": "log"},
        {"components": 0},
        {"components": 1.5},
        {"components": True},
        {"sample": 0},
        {"sample_seed": -1},
        {"label": "income"},
    ],
)
def test_a_preparation_that_makes_no_sense_is_refused(parts):
    with pytest.raises(SettingsError) as caught:
        FeatureSpec(("income",), **parts)
    assert caught.value.remedy


def test_values_that_become_one_when_transformed_are_told():
    table = pd.DataFrame({"x": [1e16, 1e16 + 2, 1e16 + 4]})
    with pytest.raises(DataError, match="same value in all 3 rows"):
        FeatureSpec(("x",), "standard", transforms={"x": "log"}).apply(table)


def test_a_zero_among_new_rows_is_told_where_the_root_was_fitted_without_any(table):
    preparation = FeatureSpec(("income",), transforms={"income": "sqrt"}).prepare(table)
    with pytest.raises(DataError, match="above 0 where none was 0 at first: 1 value") as caught:
        preparation.apply(pd.DataFrame({"income": [4.0, 0.0]}))
    assert "square root" not in caught.value.remedy


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("parts", [{}, {"gaps": "median"}, {"scaling": "standard", "components": 1}])
def test_a_weight_of_three_prepares_as_three_rows_do_and_a_weight_of_none_as_no_row(table, transform, parts):
    table["often"] = np.arange(len(table)) % 4
    table.loc[::7, "visits"] = np.nan
    table.loc[0, "income"] = 1e9  # has no weight
    columns = ("income", "visits", "score")
    spec = FeatureSpec(columns, transforms={"income": transform}, weights="often", **parts)
    repeated = table.loc[table.index.repeat(table["often"])].reset_index(drop=True)
    weighted, whole = spec.prepare(table), replace(spec, weights=None).prepare(repeated)
    np.testing.assert_allclose(weighted.fill, whole.fill)
    first, second = (astuple(each.way.transforms[0]) for each in (weighted, whole))
    np.testing.assert_allclose(np.ravel(first), np.ravel(second), rtol=1e-6)
    np.testing.assert_allclose(weighted.way.scale, whole.way.scale)
    if weighted.way.axes is not None:
        np.testing.assert_allclose(weighted.way.axes.directions, whole.way.axes.directions, rtol=1e-5)
        np.testing.assert_allclose(weighted.way.axes.variances, whole.way.axes.variances, rtol=1e-5)


def test_ranks_by_weights_that_sum_to_little_are_those_of_the_same_weights_made_larger(table):
    table["often"] /= 1e6
    spec = FeatureSpec(("income",), transforms={"income": "rank-normal"}, weights="often")
    [small] = spec.apply(table).transforms
    table["often"] *= 1e3
    [larger] = spec.apply(table).transforms
    np.testing.assert_allclose(np.ravel(astuple(small)), np.ravel(astuple(larger)))
    assert len(small.values) <= 65


def test_rows_that_are_left_without_any_weight_are_told(table):
    table["often"] = (table["town"] == "Ulm").astype(float)
    spec = FeatureSpec(("income",), weights="often", filters=(Among("town", ("Bonn",)),))
    with pytest.raises(DataError, match="All rows that are left have the weight 0"):
        spec.apply(table)


def test_what_is_kept_beside_the_rows_counts_in_their_bytes(table):
    bare = FeatureSpec(("income",)).apply(table)
    whole = FeatureSpec(("income",), weights="often", label="town", name="who").apply(table)
    assert whole.nbytes - bare.nbytes >= len(table) * 8 * 3
