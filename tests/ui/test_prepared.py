"""Every page with columns transformed, put into components, weighted, filtered, labelled and named."""

import json

from tests.ui.reading import charts, frames, go, words

VALUE, ORDERS, DAYS = "average order value (EUR)", "orders a year", "days since last order"
SHOP = {
    "transforms": {VALUE: "log", ORDERS: "sqrt"},
    "filters": [{"kind": "among", "column": "region", "values": ["north", "east"]}],
    "sample": 600,
    "label": "newsletter",
    "name": "customer id",
}
MEASURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def tab(app, key, title):
    app.session_state[key] = title
    return app.run()


def test_pages_show_geometric_means_names_and_labels_of_a_prepared_table(open_app):
    app = open_app(
        example="shop-customers", column=[VALUE, ORDERS, DAYS], weights="months as customer", starts=2, k=3,
        prepared=json.dumps(SHOP),
    )  # fmt: skip
    said = words(app).replace("\\", "")
    assert f"Centres are geometric means of {VALUE} and medians of {ORDERS}; ranges hold the middle 68 %" in said
    assert "rows left out by the filters or the sample" in said
    assert "Each row counts as often as its months as customer says" in said
    assert "The outer ellipses should hold 95 % of each group" in said
    app.toggle(key="fit-stretched").set_value(False).run()
    assert "The outer outlines should hold 95 % of each group" in words(app)
    [parameters] = frames(app)
    assert {f"geometric mean {VALUE}", f"median {ORDERS}", f"mean {DAYS}", f"sd {DAYS}"} <= {*parameters.columns}
    assert parameters[f"geometric mean {VALUE}"].between(10, 400).all()
    tab(app, "fit-tabs", "Covariances")
    assert f"{VALUE} (logarithm)" in set(frames(app)[-1]["row"])
    tab(app, "fit-tabs", "Known labels")
    assert app.selectbox(key="fit-labels-example:shop-customers-newsletter").value == "newsletter"
    for title in ("Convergence", "Starts", "Audit"):
        assert not tab(app, "fit-tabs", title).exception
    go(app, "how-many")
    assert "**BIC**, which weighs the fit" in words(app)
    go(app, "memberships")
    assert "outside the filters or the sample have no group" in words(app)
    rows = app.dataframe[-1]
    assert list(rows.proto.column_order)[:2] == ["customer id", "group"]
    go(app, "k-means")
    assert "adjusted Rand index" in words(app)
    tab(app, "beside-tabs", "Rows that differ")
    assert frames(app)[-1].columns[0] == "customer id"
    go(app, "features")
    go(app, "table")


def test_components_are_fitted_and_columns_shown(open_app):
    app = open_app(
        example="penguins", column=MEASURES, scaling="standard", starts=2, prepared='{"components":2,"label":"species"}'
    )
    assert "flipper\\_length\\_mm" in words(app)
    assert "(9 of them found for the preparation)" in words(app)
    across = app.selectbox(key="fit-across-" + "|".join([*MEASURES, "component 1", "component 2"]))
    across.set_value("component 1").run()
    titles = json.dumps(charts(app)[0])
    assert "component 1" in titles
    assert "component 2" in titles
    assert "outer ellipses should hold 95 %" in words(app)
    go(app, "k-means")
    assert "In part" in words(app)
