"""The guided tours, walked by a person: what a step says is to be seen is on its page once it is done."""

import re

import pandas as pd
import pytest

from gmm_core import EXAMPLES
from pages.shared import choosing
from pages.shared.places import PLACES
from pages.shared.stage import ground
from pages.shared.textbook import showing
from pages.shared.textbook.claims import CLAIMS
from pages.shared.tours.stories import TOURS
from pages.shared.workspace import example_workspace
from tests.ui.reading import PAGES, assert_no_trouble, frames, go, group, words

BOLD = re.compile(r"\*\*(.+?)\*\*")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _press(app, key, page):
    """Press a button of the strip, which leads to this page: the runner must be told where it is."""
    app.button(key=key).click().run()
    assert_no_trouble(app)
    app.switch_page(PAGES[page])


def _open_tab(app, key, title):
    app.session_state[key] = title
    app.run()


def _what_if(app, *values):
    _open_tab(app, "unsure-tabs", "What if")
    for field, value in zip(app.number_input, values, strict=True):
        field.set_value(value)
    app.run()


def _groups(app, k):
    app.slider(key="fit-groups").set_value(k).run()


def _with_noise(app):
    app.session_state["fit-more"] = True
    app.run()
    app.toggle(key="fit-more-noise").set_value(True).run()


def _waits_on_stage(app):
    _open_tab(app, "em-side", "Rows")
    app.selectbox(key="em-source").set_value("wait-times").run()
    _open_tab(app, "em-side", "Start")
    app.slider(key="em-spread").set_value(0.5).run()
    app.button(key="em-End").click().run()


DEEDS = {
    ("customers", 2): lambda app: app.button(key="features-use-all").click().run(),
    ("customers", 3): lambda app: _groups(app, 4),
    ("customers", 4): lambda app: app.slider(key="unsure-threshold").set_value(75).run(),
    ("customers", 5): lambda app: app.text_input(key="segment-1-name").set_value("Regulars").run(),
    ("sensors", 2): lambda app: _groups(app, 3),
    ("sensors", 4): _with_noise,
    ("sensors", 6): lambda app: _what_if(app, 66.0, 3.5),
    ("waits", 1): lambda app: app.button(key="calc-list-wait-times").click().run(),
    ("waits", 2): _waits_on_stage,
    ("waits", 3): lambda app: _groups(app, 2),
    ("waits", 5): lambda app: _what_if(app, 5.0),
    ("scores", 2): lambda app: group(app, "fit-family").set_value("tied").run(),
    ("scores", 4): lambda app: _what_if(app, 89.0),
}
"""What a person does, by tour and step; in the other steps there is only to look."""

SHOWN = {("customers", 5): "Regulars, 39 %", ("waits", 2): "random starts end here, too."}
"""Words that must be on the page as well."""


def _numbers_on(app):
    """All numbers of the page's sentences and tables, but for the strip's own."""
    own = next(each.value for each in app.markdown if "**See:**" in each.value)
    said = words(app).replace(own, "").replace("\\", "")
    tables = "\n".join(each.to_csv() for each in frames(app))
    return [float(each.replace(",", "")) for each in NUMBER.findall(f"{said}\n{tables}")]


def _untold(see, there):
    """The numbers that a step tells of and its page does not show, to the digits told."""
    told = [each.rstrip(",") for each in NUMBER.findall(see)]
    return [n for n in told if not any(abs(x - float(n.replace(",", ""))) <= _grain(n) for x in there)]


def _controls(app):
    """What the page's controls are called, in one text."""
    kinds = ("button", "slider", "toggle", "tab", "popover", "button_group")
    return "\n".join(str(each.proto) for kind in kinds for each in app.get(kind))


def _grain(number):
    return 0.5000001 * 10.0 ** -len(number.partition(".")[2])


@pytest.mark.parametrize("name", TOURS)
def test_every_figure_of_a_tour_is_on_its_page_before_the_step_or_once_it_is_done(open_app, monkeypatch, name):
    monkeypatch.setattr(ground, "N_STARTS", 3)
    monkeypatch.setattr(choosing, "FIRST_LOOK", 4)
    monkeypatch.setattr(showing, "CLAIMS", CLAIMS[:2])
    monkeypatch.setattr(showing, "figures_frame", lambda: pd.DataFrame({"agrees": ["yes"]}))
    tour = TOURS[name]
    app = open_app(tour=name)
    app.switch_page(PAGES[tour.steps[0].page])
    untold = {}
    for number, step in enumerate(tour.steps, start=1):
        assert f"step {number} of {len(tour.steps)}" in words(app)
        assert step.do.replace("\u00a0", " ") in words(app)
        controls = _controls(app)
        before = _numbers_on(app)
        DEEDS.get((name, number), lambda app: None)(app)
        controls += _controls(app)
        assert all(label in controls for label in BOLD.findall(step.do)), (number, step.do)
        assert_no_trouble(app)
        untold |= {number: missing} if (missing := _untold(step.see, before + _numbers_on(app))) else {}
        assert SHOWN.get((name, number), "") in words(app)
        if number < len(tour.steps):
            _press(app, "tour-next", tour.steps[number].page)
    assert not untold


def test_every_tour_has_five_or_six_steps_on_pages_that_are_there():
    for tour in TOURS.values():
        assert len(tour.steps) in (5, 6)
        assert tour.example in EXAMPLES
        assert {step.page for step in tour.steps} <= set(PLACES)


def _links(app):
    return " ".join(each.proto.label for each in app.get("page_link"))


def test_a_tour_brings_its_own_example_and_leaving_it_brings_back_what_was_there(open_app):
    app = go(open_app(example="iris", k=4, starts=1), "tours")
    before = app.session_state["workspace"]
    _press(app, "tour-begin-scores", "table")
    _press(app, "tour-next", "fit")
    assert "Same shape" in words(app)
    assert app.session_state["workspace"].table.example == "test-scores"
    go(app, "features")
    assert "This step is on **Fit**." in words(app)
    _press(app, "tour-there", "fit")
    assert app.title[0].value == "What groups are in these data?"
    app.button(key="tour-leave").click().run()
    assert app.session_state["workspace"] is before
    assert "Your data are back" in app.info[0].value
    assert "step 2" not in words(app)
    assert "See the other tours" in _links(app)
    assert "See the other tours" in _links(app.run())
    assert "See the other tours" not in _links(go(go(app, "table"), "fit"))


def test_what_is_loaded_during_a_tour_stays_when_it_is_left(open_app):
    app = open_app(tour="waits", step=3)
    assert app.title[0].value == "What groups are in these data?"
    app.session_state["workspace"] = own = example_workspace("galaxies")
    _press(app, "tour-next", "how-many")
    assert app.session_state["workspace"].table.example == "wait-times"
    app.button(key="tour-leave").click().run()
    assert app.session_state["workspace"] is own
    assert not {"tour", "step"} & set(app.query_params)


def test_what_is_on_the_pages_when_a_tour_is_left_stays_and_a_second_click_changes_nothing(open_app):
    app = open_app(tour="waits", step=3)
    app.session_state["workspace"] = own = example_workspace("galaxies")
    app.run()
    leave = app.button(key="tour-leave")
    leave.click().run()
    assert app.session_state["workspace"] is own
    leave.click().run()
    assert app.session_state["workspace"] is own
    assert_no_trouble(app)


@pytest.mark.parametrize(
    "query", [{"tour": "nonsense"}, {"tour": "scores", "step": "x"}, {"tour": "customers", "step": 99}]
)
def test_a_link_with_wrong_parts_still_opens(open_app, query):
    app = open_app(starts=1, **query)
    assert ("Leave" in [each.label for each in app.button]) is (query["tour"] in TOURS)
