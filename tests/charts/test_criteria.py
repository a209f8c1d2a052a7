"""Criterion curves."""

import numpy as np
import pytest

from gmm_core.charts import criteria
from gmm_core.charts.style import ACCENT, NEUTRAL
from tests.charts import frames
from tests.charts.looking import Look, names_used


def draw(cells=None, **changes):
    return Look(criteria(frames.cells() if cells is None else cells, **changes))


def rings(look):
    return [view for view in look.views("point") if view["mark"].get("size", 0) > 200]


def dots(look):
    return next(view for view in look.views("point") if "shape" in view["encoding"])


def hollow(look):
    unfilled = [view for view in look.views("point") if view["mark"].get("filled") is False]
    return [view for view in unfilled if view not in rings(look)]


def unsound(cells, n_components, family, value, reason):
    which = (cells["n_components"] == n_components) & (cells["family"] == family)
    changed = cells.assign(sound=cells["sound"] & ~which, reason=cells["reason"].mask(which, reason))
    return changed.assign(value=changed["value"].mask(which, value))


@pytest.mark.parametrize("criterion", ["BIC", "ICL"])
def test_the_axis_says_that_lower_is_better(criterion):
    assert draw(criterion=criterion).axis("y")["title"] == f"{criterion} (lower is better)"


def test_exactly_one_cell_wears_the_ring_and_it_is_the_best():
    look = draw()
    (ring,) = rings(look)
    best = frames.cells()["value"].min()
    assert [row["value"] for row in look.rows(ring)] == [best]
    assert "best: 2 groups, free shape" in look.texts()


def test_one_group_is_not_called_groups():
    cells = frames.cells().query("n_components == 1").assign(best=[True, False, False])
    assert "best: 1 group, free shape" in draw(cells).texts()


def test_without_a_best_there_is_no_ring():
    look = draw(frames.cells().assign(best=False))
    assert not rings(look)
    assert not [text for text in look.texts() if text.startswith("best")]


def test_the_number_of_groups_is_counted_in_whole_numbers_each_shown():
    axis = draw().axis("x")
    assert axis["values"] == [1, 2, 3, 4, 5, 6]
    assert axis["tickCount"] == 6  # Vega thins even stated values to its tick count
    assert axis["format"] == ",d"


def test_many_numbers_of_groups_keep_whole_labels():
    cells = frames.cells().query("family == 'round'").assign(n_components=range(1, 60, 10), best=False)
    values = draw(cells).axis("x")["values"]
    assert values == list(range(1, 52, 4))


def test_the_family_of_the_best_is_in_colour_above_the_grey_others():
    others, lead = draw().views("line")
    assert (others["mark"]["color"], lead["mark"]["color"]) == (NEUTRAL, ACCENT)
    assert {row["family"] for row in draw().rows(lead)} == {"free shape"}


def test_every_family_is_named_at_its_end_and_no_two_names_touch():
    close = frames.cells().assign(value=lambda frame: frame["value"] - 30 * (frame["family"] == "same shape"))
    look = draw(close, height=400)
    named = {row["family"]: row["value"] for row in look.all_rows() if set(row) == {"family", "value", "n_components"}}
    names = [view for view in look.views("text") if view["encoding"]["text"]["field"] == "family"]
    places = {row["family"]: row["value"] for view in names for row in look.rows(view)}
    assert set(places) == set(named) == {"free shape", "same shape", "round"}
    line = np.ptp(look.domain("y")) * 14 / 330
    assert min(np.diff(sorted(places.values()))) >= line
    ends = close.query("n_components == 6").set_index("family")["value"]
    assert places["round"] == pytest.approx(ends["round"])


def test_an_unsound_cell_is_no_dot_and_breaks_its_line():
    look = draw(unsound(frames.cells(), 4, "round", 1100.0, "a group collapsed"))
    grey = look.views("line")[0]
    broken = [row["value"] for row in look.rows(grey) if row["family"] == "round" and row["n_components"] == 4]
    assert broken == [None]
    assert (4, "round") not in {(row["n_components"], row["family"]) for row in look.rows(dots(look))}


def test_an_unsound_cell_stands_hollow_at_its_value_and_says_why():
    look = draw(unsound(frames.cells(), 4, "round", 1100.0, "a group collapsed on 3 rows"))
    (mark,) = hollow(look)
    (row,) = look.rows(mark)
    assert (row["value"], row["reason"]) == (1100.0, "a group collapsed on 3 rows")
    assert "reason" in {line["field"] for line in mark["encoding"]["tooltip"]}


@pytest.mark.parametrize("value", [np.nan, -np.inf, -1e9])
def test_an_unsound_cell_without_a_place_on_the_scale_stands_on_the_upper_edge(value):
    look = draw(unsound(frames.cells(), 4, "round", value, "a group collapsed"))
    (mark,) = hollow(look)
    assert mark["encoding"]["y"] == {"value": 0}
    assert look.rows(mark)[0]["reason"] == "a group collapsed"
    assert look.domain("y") == draw(frames.cells().query("not (n_components == 4 and family == 'round')")).domain("y")


def test_unsound_cells_of_one_number_of_groups_share_a_mark():
    cells = unsound(frames.cells(), 6, "round", np.nan, "a group collapsed")
    look = draw(unsound(cells, 6, "same shape", np.nan, "a saddle"))
    (mark,) = hollow(look)
    (row,) = look.rows(mark)
    assert row["family"] == "same shape; round"
    assert row["reason"] == "a saddle; a group collapsed"


def test_an_unsound_best_gets_no_ring():
    best = frames.cells()["best"]
    cells = frames.cells().assign(sound=~best, reason=best.map({True: "a spike", False: ""}))
    assert not rings(draw(cells))


def test_nothing_sound_is_no_error():
    look = draw(frames.cells().assign(sound=False, reason="a spike", best=False, value=np.nan))
    assert not look.rows(dots(look))


def test_a_close_up_shows_the_better_half_and_the_best():
    whole, close = draw(), draw(close_up=True)
    assert close.domain("y")[1] < whole.domain("y")[1]
    assert len(rings(close)) == 1
    assert max(row["value"] for row in close.rows(dots(close))) <= frames.cells()["value"].median()
    assert all(view["mark"]["clip"] for view in close.views("line"))


def test_a_click_gives_the_number_of_groups_and_the_family():
    look = draw(pick="pick")
    (param,) = [node for node in look.nodes() if node.get("name") == "pick"]
    assert param["select"] == {"type": "point", "fields": ["n_components", "family"]}
    assert {"n_components", "family"} <= names_used(dots(look))


def test_the_ring_and_the_words_dont_catch_the_click():
    # Vega-Lite makes layers without tooltips deaf to the pointer where another layer has the selection.
    look = draw(pick="pick")
    above = [*rings(look), *(view for view in look.views("text"))]
    assert above
    assert all(view["mark"]["tooltip"] is None for view in above)
    assert all("tooltip" not in view["encoding"] for view in above)


def test_values_that_differ_by_rounding_alone_lie_on_a_line():
    cells = frames.cells()
    look = draw(cells.assign(value=378.3 + np.linspace(0.0, 1e-13, len(cells))))
    low, high = look.domain("y")
    assert low < 378.3 < high
    assert 1.0 <= high - low < 3.0
