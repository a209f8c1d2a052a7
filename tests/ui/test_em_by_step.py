"""How does EM find them? The stage, played by a person without a browser."""

import re

import pytest

from pages.shared.stage import ground
from pages.shared.stage.scenes import FREE, SCENES
from pages.shared.workspace import example_workspace
from tests.ui.reading import charts, frames, go, group, words


@pytest.fixture
def stage(open_app, monkeypatch):
    """The stage, opened by a link to a scene, with a smaller map."""
    monkeypatch.setattr(ground, "N_STARTS", 3)

    def open_scene(name=FREE, **query):
        return go(open_app(starts=1, scene=name, **query), "em-by-step")

    return open_scene


def press(app, label):
    return app.button(key=f"em-{label}").click().run()


def sums(app):
    """The numbers in the arithmetic of the row, line by line."""
    (table,) = [each.value for each in app.markdown if "| sum |" in each.value]
    lines = [re.findall(r"[\d.]+(?:e-?\d+)?", line.replace("*", "")) for line in table.splitlines()[2:]]
    return [[float(value) for value in line] for line in lines]


def test_steps_are_taken_in_turns_with_the_arithmetic_beside_them_and_one_picture_for_all(stage):
    app = stage()
    pictures = charts(app)[:2]
    assert "At the start: no row belongs to anyone yet." in words(app)
    assert app.button(key="em-M step").disabled
    (share_a, density_a, product_a, first), (*_, product_b, second), (total, _) = sums(app)
    assert share_a * density_a == pytest.approx(product_a, rel=0.01)
    assert product_a + product_b == pytest.approx(total, rel=0.01)
    assert first == pytest.approx(product_a / total, abs=0.002)
    assert first + second == pytest.approx(1.0, abs=0.002)
    press(app, "E step")
    assert "E step 1 done" in words(app)
    assert app.button(key="em-E step").disabled
    after = frames(app)[0]["after"].tolist()
    press(app, "M step")
    assert "M step 1 of 30 done" in words(app)
    assert sums(app)[0][0] != share_a
    press(app, "E step")
    assert frames(app)[0]["before"].tolist() == after
    press(app, "Play")
    assert app.button(key="em-Pause")
    press(app, "End")
    assert "This was the last." in words(app)
    assert charts(app)[:2] == pictures  # so that playing asks nothing of the server


def test_scenes_are_one_click_away_and_say_what_to_see_on_their_rows(stage):
    app = stage()
    said = {FREE: app.info[0].value}
    for name in ("collapse", "long", "odd"):  # one column, two, and noise; tests/pages tries all
        group(app, "em-scenes").set_value(name).run()
        assert not app.exception
        assert not app.error
        said[name] = app.info[0].value
    assert len(set(said.values())) == 4
    press(app, "End")
    app.toggle(key="em-noise").set_value(True).run()
    assert "At the start" in words(app)
    assert "✕ noise" in words(app)


def test_a_link_opens_a_worse_optimum_which_is_said_and_a_better_start_is_seen_by_a_click(stage):
    app = stage("worse")
    assert group(app, "em-scenes").value == "worse"
    assert "a worse optimum" in words(app)
    assert "that is why one runs it from many starts" in words(app)
    assert any(each["name"] == "pick" for each in charts(app)[2]["params"])  # tests/browser clicks a bar
    app.button(key="em-see-0").click().run()
    assert "a worse optimum" not in words(app)
    assert "This was the last." in words(app)


BAD = {
    "A got no rows and died": {"means": ((1e6,), (2.0,))},
    "From this start EM finds": {"spreads": (0.0,)},
    "2 components for 1 row": {"n": 1},
    "3 components for 2 rows": {"n": 2, "means": ((0.0,), (1.0,), (2.0,))},
    "All rows have the same value: there is no spread": {"truth_spreads": (1e-9, 1e-9), "truth_means": (1.0, 1.0)},
}


def test_bad_starts_and_rows_are_played_and_said(stage):
    app = stage(stage='{"n": 50}')
    assert app.session_state["em-stage"].n == 50
    for said, changes in BAD.items():
        app.session_state["em-stage"] = SCENES[FREE].stage.having(**changes)
        app.session_state["em-row"], app.session_state["em-at"] = 0, 3
        app.run()
        assert not app.exception
        assert not app.error
        assert said in words(app)


def test_rows_start_and_rules_are_taken_and_kept_and_the_workspace_stays(stage):
    app = stage(example="iris")
    workspace = app.session_state["workspace"]
    app.session_state["em-side"] = "Rows"
    app.run()
    app.number_input(key="em-n").set_value(50).run()
    assert app.session_state["em-stage"].n == 50
    for source, columns in (("plane", 2), ("galaxies", 1), ("loaded", 2)):
        app.selectbox(key="em-source").set_value(source).run()
        assert not app.exception
        assert len(app.session_state["em-stage"].spreads) == columns
    app.session_state["workspace"] = example_workspace("galaxies")
    app.run()
    assert not app.exception
    assert len(app.session_state["em-stage"].spreads) == 1
    app.session_state["workspace"] = workspace
    app.session_state["em-side"] = "Start"
    app.run()
    app.slider(key="em-mean-1").set_value(1.0).run()
    app.slider(key="em-groups").set_value(3).run()
    app.button(key="em-random").click().run()
    app.session_state["em-side"] = "Rules"
    app.run()
    app.selectbox(key="em-family").set_value("spherical").run()
    kept = app.session_state["em-stage"]
    assert (kept.n_components, kept.family) == (3, "spherical")
    go(app, "fit")
    go(app, "em-by-step")
    assert app.session_state["em-stage"] == kept
    assert app.session_state["workspace"] is workspace


def test_the_map_of_starts_is_that_of_the_rows_on_the_stage_where_these_are_loaded(stage):
    app = stage(example="wait-times")
    app.session_state["em-side"] = "Rows"
    app.run()
    ends = {}
    for source in ("wait-times", "loaded"):
        app.selectbox(key="em-source").set_value(source).run()
        ends[source] = app.button(key="em-see-0").label
    assert ends["loaded"] == ends["wait-times"]
