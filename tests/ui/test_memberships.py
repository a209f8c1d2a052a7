"""Which rows are unsure: borderline rows with what would flip them, rows looked for, sure but far rows, a new row."""

from gmm_core import load_example
from tests.ui.reading import charts, frames, go, upload, words


def open_tab(app, title):
    app.session_state["unsure-tabs"] = title
    app.run()
    assert not app.exception
    return app


def typed(app, label, value):
    box = next(each for each in app.number_input if each.label == label)
    box.set_value(value).run()
    assert not app.exception


def test_the_borderline_rows_are_those_left_undecided_with_what_would_flip_them(open_app):
    app = go(open_app(example="iris", starts=3), "memberships")
    for percent in (99, 50):
        app.slider(key="unsure-threshold").set_value(percent).run()
        borderline = [each for each in frames(app) if "what would flip it" in each]
        n = len(borderline[0]) if borderline else 0
        assert f"At {percent} %: {n} rows undecided, {150 - n} rows decided" in words(app)
    app.slider(key="unsure-threshold").set_value(95).run()
    shown = frames(app)[0]
    assert shown["what would flip it"].str.contains(" instead of ").all()
    assert (shown["group"] != shown["becomes"]).all()
    assert shown["certainty"].is_monotonic_increasing


def test_rows_are_searched_filtered_and_put_in_order(open_app):
    app = go(open_app(example="iris", starts=3), "memberships")
    app.text_input(key="unsure-search").set_value("setosa").run()
    found = frames(app)[-1]
    assert set(found["species"]) == {"setosa"}
    assert len(found) == 50
    app.text_input(key="unsure-search").set_value("no such flower").run()
    assert "No row is like that" in words(app)
    app.text_input(key="unsure-search").set_value("").run()
    next(each for each in app.get("button_group") if each.label == "Groups").set_value(["B"]).run()
    next(each for each in app.selectbox if each.label == "Order").set_value("petal_length, falling").run()
    found = frames(app)[-1]
    assert set(found["group"]) == {"B"}
    assert found["petal_length"].is_monotonic_decreasing


def test_rows_that_are_sure_but_far_away_are_told_apart(open_app):
    app = open_tab(go(open_app(example="sensor-readings", k=3, starts=3), "memberships"), "Sure, but far away")
    assert "15 of 1,500 rows are 99 % or more in one group and yet far from all groups" in words(app)
    far = frames(app)[-1]
    assert (far["fault"] == "yes").all()
    assert (far["certainty"] >= 0.99).all()
    assert far["p-value"].is_monotonic_increasing
    assert far["p-value of distance"].max() < 0.01


def test_a_new_row_gets_its_group_and_its_nearest_rows(open_app):
    app = open_tab(go(open_app(example="iris", starts=3), "memberships"), "What if")
    assert "This row would be in B" in words(app)
    for name, value in (
        ("sepal_length", 5.1),
        ("sepal_width", 3.5),
        ("petal_length", 1.4),
        ("petal_width", 0.2),
    ):
        typed(app, name, value)
    assert "This row would be in A with 100 %" in words(app)
    nearest = frames(app)[-1]
    assert nearest["distance"].iloc[0] == 0
    assert set(nearest["species"]) == {"setosa"}
    typed(app, "petal_length", 60.0)
    assert "far from all groups" in words(app)
    app.button(key="what-if-middle").click().run()
    assert "This row would be in B" in words(app)
    assert len(charts(app)) == 2


def test_names_given_to_groups_are_said_here_too(open_app):
    app = go(open_app(example="iris", starts=3), "segments")
    app.text_input(key="segment-1-name").set_value("blue flags").run()
    app = go(app, "memberships")
    app.slider(key="unsure-threshold").set_value(95).run()
    assert "blue flags" in set(frames(app)[0]["segment"])
    assert "in B (blue flags) with" in words(open_tab(app, "What if"))


def test_a_value_that_a_transform_cannot_take_is_a_sentence_and_merged_groups_are_one(open_app):
    prepared = '{"transforms":{"bill_depth_mm":"log"}}'
    app = go(open_app(example="penguins", starts=2, k=3, clusters=2, noise="on", prepared=prepared), "memberships")
    assert frames(app)[-1]["group"].dropna().astype(str).str.contains("+", regex=False).any()
    assert frames(app)[0]["what would flip it"].str.contains(" instead of ").any()
    assert "This row would be" in words(open_tab(app, "What if"))
    typed(app, "bill_depth_mm", -1.0)
    assert "which needs values above 0" in words(app)


def test_columns_of_a_table_called_as_ours_are_shown_beside_them(open_app):
    ours = ["row", "group", "certainty", "rank", "p-value", "distance", "spreads", "becomes", "what makes it odd"]
    table = load_example("iris").select_dtypes("number")
    table.loc[len(table)] = 30.0
    content = table.assign(**dict.fromkeys(ours, "theirs")).to_csv(index=False).encode()
    app = upload(open_app(starts=5), "own.csv", content)
    app.slider(key="fit-groups").set_value(3).run()
    go(app, "memberships").slider(key="unsure-threshold").set_value(99).run()
    seen = set()
    for _ in range(2):
        for frame in frames(app):
            if "certainty" in frame:
                assert (frame[ours] == "theirs").all(axis=None)
                seen |= set(frame.columns)
        open_tab(app, "Sure, but far away")
    go(app, "outliers")
    assert (frames(app)[0][ours] == "theirs").all(axis=None)
    seen |= set(frames(app)[0].columns)
    assert {f"{name} (2)" for name in ours} <= seen
