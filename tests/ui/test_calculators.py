"""Quick answers for a few numbers, asked for by a person without a browser."""

import pytest

from pages.shared.calculator import modes, solving
from tests.ui.reading import charts, frames, go, group, words


@pytest.fixture(autouse=True)
def _few_starts(monkeypatch):
    """Few starts: for so few numbers they end where many do."""
    for module in (modes, solving):
        monkeypatch.setattr(module, "N_STARTS", 4)


@pytest.fixture
def calculator(open_app):
    """The page, with a list of numbers."""
    return go(open_app(starts=1), "calculators")


def enter(app, text, mode="list"):
    return app.text_area(key=f"calc-{mode}-text").set_value(text).run()


def test_a_list_is_answered_with_table_chart_and_text_and_every_trouble_is_a_sentence(calculator):
    app = calculator
    assert "50 % of the rows around 2.03 and 50 % of the rows around 8.00" in words(app)
    table = next(frame for frame in frames(app) if "weight" in frame)
    assert table["sd value"].round(5).tolist() == [0.19203, 0.15811]
    assert len(charts(app)) == 1
    enter(app, "75 78 80 82 81 92 94 95")
    assert "63 % of the rows" in words(app)
    app.slider(key="calc-list-n_groups").set_value(9).run()
    assert "distinct" in app.error[0].value
    app.button(key="calc-list-reset").click().run()
    assert app.slider(key="calc-list-n_groups").value == 2
    for text, sentence in (("1 2 x", "Entry 3, “x”"), ("", "no numbers yet"), ("5 5 5", "same")):
        enter(app, text)
        assert not app.exception
        assert sentence in app.error[0].value.replace("\\", ""), app.error[0].value


def test_where_there_is_no_sound_answer_the_ways_out_stay_in_reach(calculator):
    app = calculator
    enter(app, "12, 15, 14, 13, 40, 42, 38, 90")  # one group on the last of them, whatever the spreads
    assert "the narrower it gets, the better it fits" in app.error[0].value
    assert "BIC is lowest for K = 1." in words(app)
    enter(app, "1 1.0001 5 6 7 8 9 10")
    app.button(key="calc-way-out").click().run()
    assert not app.error
    assert group(app, "calc-list-shape").value == "tied"


def test_one_far_number_is_named_and_left_out_with_a_click(calculator):
    app = calculator
    enter(app, "waiting times\n2, 3, 2, 8, 9, 8, 90")
    assert "“waiting times” is 90 in 1 row, far above the others, at most 9: a slip" in words(app).replace("\\", "")
    app.button(key="calc-list-text-far").click().run()
    assert not app.error
    assert app.text_area(key="calc-list-text").value == "waiting times\n2, 3, 2, 8, 9, 8"
    assert "around 2.33" in words(app)


def test_a_number_of_groups_that_bic_does_not_ask_for_is_told_beside_the_answer(calculator):
    assert "but BIC is lowest" not in words(calculator)
    enter(calculator, "1 2 3 4 5 6 7 8")
    assert "You asked for K = 2, but BIC is lowest for K = 1" in words(calculator)


def test_a_table_offers_another_shape_where_groups_lie_on_a_line(calculator):
    app = calculator
    group(app, "calc-mode").set_value("table").run()
    assert "average order value 30.0, purchase frequency 10.0" in words(app).replace("\\", "")
    group(app, "calc-table-shape").set_value("full").run()
    assert "without end" in app.error[0].value
    app.button(key="calc-way-out").click().run()
    assert not app.error
    assert group(app, "calc-table-shape").value == "diag"
    app.button(key="calc-table-six-points").click().run()
    assert "(x 1.23, y 1.13)" in words(app).replace("\\", "")
