"""Groups looked at: others step back on every chart, their rows are listed, and one click takes it back."""

import json

from tests.ui.reading import charts, frames, go, words


def dims(app):
    """The groups that step back on each of the page's charts."""
    return ["indexof" in json.dumps(spec) for spec in charts(app)]


def test_a_group_looked_at_on_the_fit_lists_its_rows_until_cleared(open_app):
    app = open_app(example="penguins")
    assert not any(dims(app))
    shown = len(frames(app))
    app.button(key="look-B").click().run()
    assert dims(app) == [True]
    assert "**122 of 342 rows**: B 122." in words(app)
    assert len(frames(app)) == shown + 1
    rows = next(each for each in frames(app) if "species" in each)
    assert set(rows["group"]) == {"B"}
    assert len(rows) == 122
    app.button(key="look-A").click().run()
    assert "rows**: A 158, B 122." in words(app)
    app.button(key="fit-clear").click().run()
    assert not any(dims(app))
    assert len(frames(app)) == shown


def test_what_is_looked_at_ends_with_the_page_and_with_the_fit(open_app):
    app = open_app(example="penguins")
    app.button(key="look-B").click().run()
    app.slider(key="fit-groups").set_value(2).run()
    assert not any(dims(app))
    app.button(key="look-B").click().run()
    go(app, "segments")
    assert not any(dims(app))
    app.button(key="look-A").click().run()
    assert dims(app) == [True]


def test_the_groups_chosen_among_the_memberships_step_forward_there_too(open_app):
    app = go(open_app(example="penguins"), "memberships")
    groups = app.get("button_group")[-1]
    groups.set_value(["A", "C"]).run()
    assert not app.exception
    assert "rows**: A 158, C 62." in words(app)
    assert set(frames(app)[-1]["group"]) == {"A", "C"}
    app.button(key="unsure-clear").click().run()
    assert set(frames(app)[-1]["group"]) == {"A", "B", "C"}
    assert "1 to 300 of 344 rows" in words(app)
