"""Every page, through the app's own entry."""

import pytest

from gmm_core import EXAMPLES, GaussianMixture, load_example
from pages.shared import chrome
from tests.ui.reading import PAGES, assert_no_trouble, charts, go, words


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_fitted_example_with_a_question_an_answer_and_a_chart(open_app, page):
    app = go(open_app(starts=1), page)
    assert app.title[0].value.endswith("?")
    assert any(element.value.startswith("**") for element in app.markdown)
    assert charts(app) or app.dataframe or app.get("arrow_data_frame")
    assert "page-help" in app.session_state


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_opens_fitted_with_its_own_suggestions(open_app, name):
    app = open_app(example=name)
    assert not app.error
    assert app.slider(key="fit-groups").value == EXAMPLES[name].n_components
    assert len(charts(app)) == 1


def test_the_first_screen_is_old_faithful_in_two_groups_with_the_shares_of_the_core(open_app):
    app = open_app()
    table = load_example("old-faithful")
    shares = GaussianMixture(2, random_state=0).fit(table).weights_
    assert "Two groups" in words(app)
    for share in shares:
        assert f"{100 * share:.0f} %" in words(app)


def test_a_link_restores_example_columns_groups_family_and_seed(open_app):
    app = open_app(example="iris", column=["petal_length", "sepal_width"], k=4, family="diag", seed=7)
    assert app.slider(key="fit-groups").value == 4
    assert app.get("button_group")[0].value == ["petal_length", "sepal_width"]
    assert app.session_state["workspace"].settings.covariance_type == "diag"
    assert app.session_state["workspace"].settings.seed == 7


@pytest.mark.parametrize(
    "query", [{"example": "nonsense"}, {"k": "99"}, {"k": "x"}, {"family": "no"}, {"column": ["species", "no"]}]
)
def test_a_link_with_wrong_parts_still_opens_something_fitted(open_app, query):
    app = open_app(**query)
    assert not app.error
    assert len(charts(app)) == 1


def test_settings_survive_a_walk_through_all_pages(open_app):
    app = open_app(starts=2)
    app.slider(key="fit-groups").set_value(3).run()
    for page in [*PAGES, "fit"]:
        go(app, page)
    assert app.slider(key="fit-groups").value == 3
    assert "Three groups" in words(app)


def test_the_criterion_and_the_threshold_survive_a_change_of_page(open_app):
    app = go(open_app(), "memberships")
    app.slider(key="unsure-threshold").set_value(75).run()
    go(app, "fit")
    go(app, "memberships")
    assert app.slider(key="unsure-threshold").value == 75


def test_moving_the_number_of_groups_changes_the_sentence_and_the_cards(open_app):
    app = open_app()
    app.slider(key="fit-groups").set_value(3).run()
    assert "Three groups" in words(app)
    assert words(app).count("of rows") >= 3
    assert "** of rows" in words(app)


def test_the_axis_menus_and_the_map_agree_after_a_column_is_added(open_app):
    app = open_app(example="iris", column=["sepal_width", "petal_width"])
    app.get("button_group")[0].set_value(["sepal_length", "sepal_width", "petal_width"]).run()
    menus = {menu.label: menu.value for menu in app.selectbox}
    assert {"sepal_length", "sepal_width", "petal_width"} > {menus["Across"], menus["Up"]}
    titles = str(charts(app)[0]["encoding"])
    assert menus["Across"] in titles
    assert menus["Up"] in titles


def test_the_map_opens_on_the_most_telling_pair_stays_there_and_shows_the_best_views(open_app):
    app = open_app(example="iris", k=3)
    app.session_state["fit-tabs"] = "Pairs"
    app.run()
    first = app.dataframe[0].value.iloc[0]
    menus = {menu.label: menu for menu in app.selectbox if menu.label in ("Across", "Up")}
    pair = [menu.value for menu in menus.values()]
    assert set(pair) == {first["column"], first["other column"]}
    app.slider(key="fit-groups").set_value(2).run()
    assert [menu.value for menu in app.selectbox if menu.label in ("Across", "Up")] == pair
    menus["Across"].set_value("best view 1").run()
    assert_no_trouble(app)
    assert "best view 1" in str(charts(app)[0]["encoding"])
    assert any("goes with" in caption.value for caption in app.caption)


@pytest.mark.parametrize(("example", "n_columns"), [("galaxies", 1), ("iris", 4)])
def test_each_group_has_its_shape_in_words_and_from_two_columns_on_its_map_and_its_line(open_app, example, n_columns):
    app = open_app(example=example, k=3)
    before = len(charts(app))
    app.session_state["fit-tabs"] = "Covariances"
    app.run()
    assert_no_trouble(app)
    assert words(app).count("as wide as") == 2
    assert len(charts(app)) == before + (3 if n_columns > 1 else 0)
    shapes, covariances = (frame.value for frame in app.dataframe)
    assert len(shapes) == 3
    assert len(covariances) == 3 * n_columns**2
    app.session_state["fit-tabs"] = "Centres"
    app.run()
    assert_no_trouble(app)
    assert len(charts(app)) == before + (n_columns > 1)


@pytest.mark.parametrize(
    ("example", "key", "titles", "said"),
    [
        ("old-faithful", "fit-ground", ("Density", "Regions"), ("densest", "most likely belongs")),
        ("galaxies", "fit-sight", ("Cumulative", "Q-Q"), ("share of rows below", "changes hands at")),
    ],
)
def test_the_picture_can_be_seen_in_other_ways(open_app, example, key, titles, said):
    app = open_app(example=example, k=2)
    for title, words_of_it in zip(titles, said, strict=True):
        app.session_state[key] = title
        app.run()
        assert_no_trouble(app)
        assert any(words_of_it in caption.value for caption in app.caption)


def test_an_address_without_a_page_is_told_on_the_page_that_opens_instead(open_app, monkeypatch):
    monkeypatch.setattr(chrome, "asked_page", lambda: "nonsense")
    assert [each.value.replace("\\", "") for each in open_app().info] == [
        "There is no page “nonsense”. This is the first one; the menu has them all."
    ]
    monkeypatch.setattr(chrome, "asked_page", lambda: "table")
    assert not open_app().info


def test_an_example_that_there_is_not_is_told(open_app):
    assert open_app(example="shop").info[0].value.startswith("There is no example “shop”")
