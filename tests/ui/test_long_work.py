"""Work that takes its time: asked about, shown, stopped, gone on with, and dropped when nobody waits for it."""

import threading
import time
from dataclasses import replace

import pytest

from gmm_core.model.watching import Progress
from pages.shared import fitting, grids, jobs, results
from pages.shared.stores import store
from tests.ui.reading import charts, go, group, words

fit_mixture = fitting.fit_mixture


@pytest.fixture
def slow(monkeypatch):
    """Fits that last until the event is set, or they are stopped in their first start."""
    monkeypatch.setattr(jobs, "MOMENT", 0.05)
    go_ahead = threading.Event()

    def fit(table, chosen, watch, weights, guides):
        while not go_ahead.wait(0.01):
            if not watch(fitting.Progress(0, chosen.n_init, 1, 0.0)):
                return fit_mixture(table, replace(chosen, n_init=1))
        return fit_mixture(table, chosen)

    monkeypatch.setattr(fitting, "fit_mixture", fit)
    yield go_ahead
    go_ahead.set()


def wait_for(app, slot="fit"):
    assert app.session_state["jobs"][slot].wait(300)
    return app.run()


def test_one_session_stops_a_fit_and_another_one_gets_the_whole_of_it(open_app, slow):
    impatient, patient = open_app(), open_app()
    assert not charts(impatient)
    impatient.button(key="stop-fit").click().run()
    wait_for(impatient)
    assert "Only 1 of 10 starts were run" in words(impatient)
    assert not charts(patient.run())
    slow.set()
    wait_for(patient)
    assert "were run" not in words(patient)
    assert "Two groups" in words(patient)


def test_a_stopped_fit_is_kept_from_other_sessions_and_can_go_on(open_app, slow):
    app = open_app()
    app.button(key="stop-fit").click().run()
    wait_for(app)
    assert store("fits", 64).get(app.session_state["workspace"].fit_key) is None
    assert "Only 1 of 10 starts were run" in words(go(app, "memberships"))
    slow.set()
    app.button(key="fit-on").click().run()
    wait_for(app)
    assert "were run" not in words(app)
    assert not [button for button in app.button if button.key == "fit-on"]


def test_progress_stands_in_one_place_only(open_app, slow):
    app = open_app()
    for page in ("fit", "memberships", "how-many", "table", "k-means"):
        go(app, page)
        assert len([button for button in app.button if button.key.startswith("stop-fit")]) == 1


def test_a_tab_that_waits_for_the_fit_shows_it_beside_the_sidebar(open_app, slow):
    app = open_app()
    app.session_state["many-tabs"] = "Merge"
    assert {"stop-fit", "stop-fit-sidebar"} <= {button.key for button in go(app, "how-many").button}


def test_other_groups_or_columns_end_the_fit_that_nobody_waits_for(open_app, slow):
    app = open_app()
    first = app.session_state["jobs"]["fit"]
    app.slider(key="fit-groups").set_value(3).run()
    assert first.stopped
    assert not app.session_state["jobs"]["fit"].stopped


def test_a_comparison_ends_with_its_columns_and_goes_on_with_another_family(open_app, monkeypatch):
    def endless(table, pairs, chosen, watch, *rest):
        while watch(pairs[0], Progress(0, 1, 0, 0.0)) and time.monotonic() < deadline:
            time.sleep(0.01)
        return iter(())

    deadline = time.monotonic() + 300  # ends with the test, however slow the machine
    monkeypatch.setattr(grids, "compare_cells", endless)
    app = open_app(example="iris")
    monkeypatch.setattr(jobs, "MOMENT", 0.05)
    go(app, "how-many")
    job = app.session_state["jobs"]["grid"]
    go(app, "fit")
    group(app, "fit-family").set_value("diag").run()
    assert not job.stopped
    group(app, "fit-columns").set_value(["sepal_length"]).run()
    assert job.stopped
    assert "grid" not in app.session_state["jobs"]


def test_work_predicted_to_be_long_is_asked_about_first(open_app, monkeypatch):
    monkeypatch.setattr(results, "predicted_seconds", lambda *_: 100.0)
    app = open_app()
    assert not charts(app)
    assert app.button(key="go-fit").label == "Fit 272 rows (about 2 min)"
    app.button(key="go-fit").click().run()
    assert len(charts(app)) == 1
    app.slider(key="fit-groups").set_value(3).run()
    assert not charts(app)


def test_a_fit_that_ran_out_of_passes_says_so(open_app):
    app = open_app()
    app.session_state["workspace"] = app.session_state["workspace"].with_settings(max_iter=2)
    app.run()
    for page in ("fit", "memberships"):
        go(app, page)
        assert "did not settle" in words(app)
    assert not [button for button in app.button if button.key == "fit-on"]
