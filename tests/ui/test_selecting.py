"""Groups looked at: others step back on every chart, their rows are listed, and one click takes it back."""

import json
import re

import pytest

from gmm_core import load_example
from pages.shared import downloads, drawing
from tests.ui.reading import charts, frames, go, upload, words


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
    assert "1 to 100 of 344 rows" in words(app)


@pytest.fixture
def drag(monkeypatch):
    """A box as a person drags it in a browser: ``drag(app, "odd-map", x=(1, 2), y=(3, 4))``."""

    def take(app, chart, **box):
        monkeypatch.setattr(drawing, "limits", lambda key, brush: box if key == chart else {})
        app.run()
        assert not app.exception

    return take


def test_a_box_among_outliers_lists_the_flagged_rows_in_it_and_else_the_oddest(open_app, drag):
    app = go(open_app(example="sensor-readings", starts=3), "outliers")
    temperature, pressure = load_example("sensor-readings").iloc[:, 1:3].to_numpy().T
    drag(app, "odd-map", x=(60.0, 70.0), y=(3.0, 4.0))
    n = ((temperature >= 60) & (temperature <= 70) & (pressure >= 3) & (pressure <= 4)).sum()
    assert f"**{n} of 1,500 rows** with temperature \\(°C\\) from 60.0 to 70.0 and pressure" in words(app)
    flagged = frames(app)[0]
    assert f"**{len(flagged)}** of them don’t fit." in words(app)
    assert len(flagged) == 5
    assert flagged["temperature (°C)"].between(60, 70).all()
    assert "Faint: rows that are not chosen" in words(app)
    drag(app, "odd-map", x=(60.0, 72.0), y=(5.0, 6.0))
    assert "None of them is beyond the threshold; the oddest come first below." in words(app)
    assert len(frames(app)[0]) == 300
    assert frames(app)[0]["p-value"].is_monotonic_increasing
    drag(app, "odd-map", x=(0.0, 1.0), y=(0.0, 1.0))
    assert "No row lies there" in words(app)
    assert not frames(app)


def test_a_box_beside_k_means_compares_the_rows_in_it_alone(open_app, drag):
    app = go(open_app(example="old-faithful"), "k-means")
    n_differ = int(frames(app)[0].set_index("group").loc["B", "A"])
    drag(app, "beside-1", x=(2.5, 4.0), y=(40.0, 100.0))
    n = load_example("old-faithful")["eruptions"].between(2.5, 4).sum()
    assert f"**{n} of 272 rows** with eruptions from 2.50 to 4.00" in words(app)
    assert f"Both methods agree on {n - n_differ}; **{n_differ}** changes group." in words(app)
    assert frames(app)[0].iloc[-1]["total"] == n
    boxed = ['"x0": 2.5' in json.dumps(spec) for spec in charts(app)[:2]]
    assert boxed == [True, False]
    app.session_state["beside-tabs"] = "Rows that differ"
    app.run()
    assert len(frames(app)[0]) == n_differ
    drag(app, "beside-0", x=(1.5, 2.0), y=(40.0, 100.0))
    assert "Both methods agree on all" in words(app)
    assert "k-means puts them all into the same groups." in words(app)
    assert not frames(app)


def test_of_many_rows_that_differ_the_first_are_shown_whatever_the_tables_columns_are_called(open_app, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_SHOWN", 5)
    sizes = load_example("iris").iloc[:, :2].set_axis(["row", "k-means"], axis=1)
    app = upload(open_app(starts=1), "odd.csv", sizes.to_csv(index=False).encode())
    app.session_state["workspace"] = app.session_state["workspace"].with_settings(n_components=4)
    go(app, "k-means")
    app.session_state["beside-tabs"] = "Rows that differ"
    app.run()
    assert not app.exception
    (shown,) = frames(app)
    assert list(shown) == ["row (2)", "group", "k-means (2)", "row", "k-means"]
    assert (shown["group"] != shown["k-means (2)"]).all()
    assert len(shown) == 5
    assert shown["row"].tolist() == sizes["row"].iloc[shown["row (2)"] - 1].tolist()
    n_differ = re.search(r"([\d,]+) rows go elsewhere", words(app))[1]
    assert f"The first 5 of {n_differ} rows; the file has all." in words(app)
