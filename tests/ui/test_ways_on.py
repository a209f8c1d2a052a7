"""What "How many groups?" offers where its answer is open, and while the models are still compared."""

import threading
from dataclasses import replace

from pages.shared import frame, jobs
from tests.ui.reading import frames, go, words


def test_where_the_largest_number_is_the_best_a_button_compares_more(open_app):
    app = go(open_app(starts=2), "how-many")
    assert "many-further" not in [each.key for each in app.button]
    app.slider(key="many-most").set_value(2).run()
    app.button(key="many-further").click().run()
    assert app.slider(key="many-most").value == 5
    assert "many-further" not in [each.key for each in app.button]
    assert set(frames(app)[0]["groups"]) == {1, 2, 3, 4, 5}


def test_fewer_groups_that_stand_apart_are_taken_by_one_click(open_app):
    app = go(open_app(k=3, starts=2), "how-many")
    app.slider(key="many-most").set_value(3).run()
    assert "Two groups stand apart: enough to name" in words(app)
    app.button(key="many-apart").click().run()
    settings = app.session_state["workspace"].settings
    assert (settings.n_components, settings.covariance_type) == (2, "full")
    assert "many-apart" not in [each.key for each in app.button]


def test_skewed_columns_are_transformed_by_one_click_and_all_is_compared_again(open_app):
    app = go(open_app(example="shop-customers", column=["average order value (EUR)"], starts=1), "how-many")
    app.slider(key="many-most").set_value(2).run()
    before = frames(app)[0]["BIC"].min()
    assert "value (EUR)” is skewed" in words(app).replace("\\", "")
    app.button(key="many-transform").click().run()
    assert app.session_state["workspace"].spec.transforms == (("average order value (EUR)", "log"),)
    assert frames(app)[0]["BIC"].min() < before
    assert "many-transform" not in [each.key for each in app.button]


def test_what_is_best_so_far_can_be_taken_only_once_the_comparison_is_stopped_or_done(open_app, monkeypatch):
    app = go(open_app(k=3, starts=2), "how-many")
    grid_of, running = frame.grid_of, jobs.Job("running", lambda report: threading.Event().wait())
    monkeypatch.setattr(frame, "grid_of", lambda *given: replace(grid_of(*given), complete=False))
    app.session_state["jobs"]["grid"] = running
    assert app.run().button(key="many-take").disabled
    assert app.button(key="many-take").label.startswith("Best so far: ")
    running._done.set()
    assert not app.run().button(key="many-take").disabled
