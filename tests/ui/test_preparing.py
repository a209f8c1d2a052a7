"""Preparing columns and rows on the Features page, as a person would."""

import json

import numpy as np
import pandas as pd
import pytest

from gmm_core.tables.recipe import from_recipe
from pages.shared.row_choosing import COLUMN
from pages.shared.workspace import file_workspace
from tests.ui.reading import assert_no_trouble, charts, go, group, words


def own_file() -> bytes:
    """Skewed spending with zeros, dates, a column of totals, regions, names and a few gaps."""
    rng = np.random.default_rng(3)
    n = 240
    table = pd.DataFrame(
        {
            "client": [f"Client {i}" for i in range(n)],
            "region": rng.choice(["North", "South", "East"], n),
            "since": pd.to_datetime("2020-01-01") + pd.to_timedelta(rng.integers(0, 900, n), unit="D"),
            "food": np.where(rng.random(n) < 0.2, 0, rng.lognormal(3, 1, n)).round(2),
            "other": rng.lognormal(2, 1, n).round(2),
            "visits": rng.integers(0, 40, n).astype(float),
        }
    )
    table["total"] = table["food"] + table["other"]
    table.loc[::60, "visits"] = np.nan
    return table.to_csv(index=False).encode()


@pytest.fixture
def app(open_app):
    app = open_app(starts=1)
    app.session_state["workspace"] = file_workspace(own_file(), "own.csv").with_spec(columns=("food", "other"))
    return go(app, "features")


def open_tab(app, name):
    app.session_state["features-tabs"] = name
    app.run()
    assert_no_trouble(app)
    return app


def spec(app):
    return app.session_state["workspace"].spec


def filtered_by(app):
    return next(each for each in app.selectbox if each.key.startswith(COLUMN))


def press(app, key):
    app.button(key=key).click().run()
    assert_no_trouble(app)
    return app


def said(app):
    return words(app).replace("\\", "")


def test_a_transform_is_suggested_taken_refused_with_its_row_and_undone(app):
    assert "Logarithm brings its skewness from" in said(app)
    assert "total is the sum of" in said(app)
    assert "since holds dates" in said(app)
    assert len(charts(app)) == 4  # two columns, as they are and as suggested
    press(app, "feature-use-1")
    assert dict(spec(app).transforms) == {"other": "log"}
    assert "Prepared: logarithm of other." in said(app)
    app.selectbox(key="feature-transform-0").set_value("log").run()
    assert dict(spec(app).transforms) == {"other": "log"}
    warning = app.warning[0].value.replace("\\", "")
    first_zero = int(np.flatnonzero(app.session_state["workspace"].table.frame["food"] == 0)[0]) + 1
    assert "“food” cannot go through “logarithm”, which needs values above 0" in warning
    assert f"in row {first_zero:,}." in warning
    press(app, "feature-use-0")
    assert set(dict(spec(app).transforms)) == {"food", "other"}
    assert not app.warning
    app.selectbox(key="feature-transform-1").set_value("none").run()
    assert set(dict(spec(app).transforms)) == {"food"}
    press(app, "features-plain")
    assert spec(app).transforms == ()
    assert "Prepared" not in said(app)
    press(app, "features-use-all")
    assert set(dict(spec(app).transforms)) == {"food", "other"}


def test_where_none_is_suggested_a_refused_transform_has_another_beside_it(app):
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=("visits",))
    app.run()
    app.selectbox(key="feature-transform-0").set_value("log").run()
    assert "“visits” cannot go through “logarithm”" in app.warning[0].value.replace("\\", "")
    press(app, "feature-instead-0")
    assert dict(spec(app).transforms) == {"visits": "sqrt"}
    frame = app.session_state["workspace"].table.frame
    assert f"Of the 236 rows without gaps: mean {frame['visits'].mean():.1f}" in said(app)


def test_rows_are_chosen_by_category_value_and_date_and_come_back(app):
    open_tab(app, "Rows")
    filtered_by(app).set_value("region").run()
    assert app.button(key="filter-add").disabled
    app.multiselect(key="filter-values-region").set_value(["North", "South"]).run()
    press(app, "filter-add")
    frame = app.session_state["workspace"].table.frame
    n = int(frame["region"].isin(["North", "South"]).sum())
    assert f"{n} of 240 rows pass, {240 - n} rows left out." in said(app)
    assert "Rows with region = North or South" in said(app)
    filtered_by(app).set_value("food").run()
    app.number_input(key="filter-low-food").set_value(0.01).run()
    press(app, "filter-add")
    kept = frame["region"].isin(["North", "South"]) & (frame["food"] >= 0.01)
    assert f"{kept.sum()} of 240 rows go into the fit" in said(app)
    filtered_by(app).set_value("since").run()
    press(app, "filter-add")
    assert len(spec(app).filters) == 3
    press(app, "filter-remove-0")
    assert [each.column for each in spec(app).filters] == ["food", "since"]
    filtered_by(app).set_value("other").run()
    app.number_input(key="filter-low-other").set_value(1e9).run()
    press(app, "filter-add")
    assert "No row passes the filters" in app.error[0].value
    assert len(spec(app).filters) == 2


def test_roles_are_kept_apart_and_a_label_leaves_the_columns(app):
    open_tab(app, "Roles")
    app.selectbox(key="features-label").set_value("region").run()
    app.selectbox(key="features-name").set_value("client").run()
    app.selectbox(key="features-weights").set_value("visits").run()
    assert "“visits” gives the weights. Row 1 has the weight nan" in app.error[0].value.replace("\\", "")
    app.selectbox(key="features-weights").set_value("other").run()
    assert (spec(app).label, spec(app).name, spec(app).weights) == ("region", "client", "other")
    assert not app.error
    app.selectbox(key="features-label").set_value("food").run()
    assert spec(app).columns == ("other",)
    assert "food is kept aside, so it is not among the columns" in said(app)
    assert "food" not in group(app, "features-columns").options
    app.selectbox(key="features-label").set_value("none").run()
    assert spec(app).label is None


def test_columns_are_made_from_dates_and_others_chosen_and_removed(app):
    open_tab(app, "Made columns")
    app.selectbox(key="made-kind").set_value("days").run()
    press(app, "made-add")
    first = str(app.session_state["workspace"].table.frame["since"].min().date())
    days = f"days from {first} to since"
    assert spec(app).columns == ("food", "other", days)
    assert app.button(key="made-add").disabled
    app.selectbox(key="made-kind").set_value("ratio").run()
    app.selectbox(key="made-ratio-0").set_value("other").run()
    app.selectbox(key="made-ratio-1").set_value("food").run()
    press(app, "made-add")
    assert spec(app).columns[-1] == "other / food"
    assert "other / food has no value in" in said(app)
    assert "Not offered: since" in said(app)
    open_tab(app, "Columns")
    assert app.selectbox(key="feature-transform-3").label.replace("\\", "") == "Transform of other / food"
    go(app, "table")
    assert spec(app).columns == ("food", "other", days, "other / food")
    open_tab(go(app, "features"), "Made columns")
    app.selectbox(key="made-kind").set_value("product").run()
    app.selectbox(key="made-product-0").set_value(days).run()
    press(app, "made-remove-0")
    assert spec(app).columns == ("food", "other", "other / food")
    assert days not in app.selectbox(key="made-product-0").options


def test_components_take_the_place_of_many_columns(open_app):
    rng = np.random.default_rng(0)
    values = rng.normal(size=(200, 3)) @ rng.normal(size=(3, 40)) + 0.1 * rng.normal(size=(200, 40))
    table = pd.DataFrame(values, columns=[f"question {i + 1}" for i in range(40)])
    app = open_app(starts=1)
    app.session_state["workspace"] = file_workspace(table.to_csv(index=False).encode(), "wide.csv")
    go(app, "features")
    open_tab(app, "Components")
    app.multiselect(key="features-columns").set_value(list(table.columns)).run()
    group(app, "features-way").set_value("number").run()
    assert (spec(app).components, spec(app).scaling) == (2, "standard")
    app.number_input(key="features-components").set_value(3).run()
    assert "3 components hold" in said(app)
    assert "of the variance of 40 columns" in said(app)
    assert "carried back" in said(app)
    assert "Component and its share of the variance" in str(charts(app)[0])
    group(app, "features-way").set_value("share").run()
    assert spec(app).components == 0.9
    group(app, "features-gaps").set_value("em").run()
    assert not app.error  # there are no gaps
    group(app, "features-way").set_value("none").run()
    assert spec(app).components is None
    open_tab(app, "Columns")
    assert "12 of 40 columns shown" in said(app)
    app.text_input(key="features-find").set_value("question 40").run()
    assert "1 of 40 columns shown" in said(app)


def test_a_recipe_is_read_saved_and_applied_to_next_months_file(app):
    press(app, "feature-use-1")
    open_tab(app, "Recipe")
    assert "- logarithm of other" in said(app)
    text = app.get("download_button")
    assert text[0].label == "Save the recipe"
    from gmm_core.tables.recipe import to_recipe

    workspace = app.session_state["workspace"]
    recipe = to_recipe(workspace.spec.prepare(workspace.table.frame))
    assert from_recipe(recipe).spec == workspace.spec
    press(app, "features-plain")
    load(app, recipe.encode())
    assert spec(app) == workspace.spec
    assert "The recipe was applied" in app.info[0].value
    before = spec(app)
    for content, sentence in (
        (b"\xff\xfe no recipe", "no recipe"),
        (recipe.replace('"log"', '"lag"').encode(), "lag"),
        (json.dumps({**json.loads(recipe), "columns": ["food"]}).encode(), "“other” is unknown"),
    ):
        load(app, content)
        assert sentence in app.error[0].value.replace("\\", "")
        assert spec(app) == before
        assert not app.info
    assert app.file_uploader(key=loader(app)).value is None
    load(app, recipe.replace("other", "elsewhere").encode())
    assert "This table lacks “elsewhere”" in app.info[0].value.replace("\\", "")
    assert "other" not in spec(app).columns


def loader(app):
    return next(each.key for each in app.file_uploader if each.key.startswith("recipe-load"))


def load(app, content):
    app.file_uploader(key=loader(app)).upload("recipe.json", content).run()
    assert_no_trouble(app)


def test_a_caution_carries_its_remedy(app):
    app.session_state["workspace"] = app.session_state["workspace"].with_settings(covariance_type="spherical")
    open_tab(app, "Recipe")
    assert "Round groups depend on the columns' units" in said(app)
    press(app, "remedy-0")
    assert spec(app).scaling == "standard"
    assert "“food” and “other” have heavy tails" in said(app)
    press(app, next(each.key for each in app.button if each.label == "Transform them as suggested"))
    assert set(dict(spec(app).transforms)) == {"food", "other"}
    assert "ransform, or allow" not in said(app)
    press(app, next(each.key for each in app.button if each.label == "Leave out food"))
    assert spec(app).columns == ("other",)
