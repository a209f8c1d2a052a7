"""Charts on which rows and groups are chosen: the brush, groups that step back, one row pointed out."""

import copy
import json

import pandas as pd
import pytest
import vl_convert

from gmm_core import charts
from tests.charts import frames
from tests.charts.test_every_chart import CHARTS

HIDDEN = 'indexof(["A"], datum.component) < 0'


@pytest.mark.parametrize(("name", "axes"), [("marginals", ("x", "y")), ("histogram", ("x",)), ("certainty", ("x",))])
def test_a_brush_tells_its_ends_as_x_and_y_whatever_is_drawn(name, axes):
    spec = charts.to_page(charts.brushed(CHARTS[name](), axes))
    (param,) = spec["params"]
    drag = param["select"].pop("on")
    assert drag.endswith("> window:pointermove!")
    assert (param["name"], param["select"]) == ("brush", {"type": "interval", "encodings": list(axes)})
    ground = spec["layer"][0]["layer"][0]
    assert param["views"] == [ground["name"]]
    assert {axis: channel["field"] for axis, channel in ground["encoding"].items()} == {axis: axis for axis in axes}


@pytest.mark.parametrize("name", ["marginals", "histogram"])
def test_badges_lie_above_a_box_so_that_a_click_in_it_meets_them(name):
    spec = charts.to_spec(charts.brushed(CHARTS[name]()))
    marks = [mark.get("name") for mark in vl_convert.vegalite_to_vega(spec)["marks"]]
    assert marks.index("badges_marks") > marks.index("brush_brush") > marks.index("brush_brush_bg") == 0


def test_a_box_that_was_dragged_on_the_chart_beside_is_drawn_and_leaves_the_chart_as_it_is():
    spec = charts.to_page(charts.brushed(CHARTS["scatter alone"]()))
    shown = charts.boxed(spec, {"x": (1.0, 2.0), "y": (0.5, 1.5)})
    assert shown["layer"][0]["data"]["values"] == [{"x0": 1.0, "x1": 2.0, "y0": 0.5, "y1": 1.5}]
    assert shown["layer"][1:] == spec["layer"]
    assert charts.boxed(spec, {}) is spec
    vl_convert.vegalite_to_svg({**shown, "datasets": {name: [] for name in spec["datasets"]}})


def test_letters_above_a_heat_map_tell_their_groups():
    click = charts.clickable(charts.to_page(CHARTS["differences"]()))["params"][0]
    assert (click["select"]["fields"], click["views"]) == (["group"], ["badges"])


@pytest.mark.parametrize("name", ["marginals", "histogram", "parallel"])
def test_a_click_on_a_badge_tells_its_group_and_begins_no_box(name):
    page = charts.to_page(charts.brushed(CHARTS[name]()))
    before = copy.deepcopy({**page, "datasets": None})
    spec = charts.clickable(page)
    brush, click = spec["params"]
    assert (click["name"], click["select"]["fields"]) == ("group", ["component"])
    (badges,) = (layer for layer in spec["layer"] if layer.get("name") in click["views"])
    assert badges["mark"]["cursor"] == "pointer"
    on_badge = click["select"]["on"].removeprefix("click[").removesuffix("]")
    assert f"{badges['name']}_marks" in on_badge
    assert brush["select"]["on"].startswith(f"[pointerdown[!({on_badge})]")
    assert {**page, "datasets": None} == before
    assert charts.to_svg(charts.to_file(spec))


def test_a_chart_without_badges_has_none_to_click():
    page = charts.to_page(CHARTS["convergence"]())
    assert charts.clickable(page) is page


def test_a_brush_adds_nothing_to_the_table_of_a_chart():
    plain, brushed = (charts.to_page(each) for each in (CHARTS["marginals"](), charts.brushed(CHARTS["marginals"]())))
    assert charts.rows_behind(plain).equals(charts.rows_behind(brushed))


def test_rows_chosen_stand_out_among_the_bars_of_all():
    bins = frames.rarities().assign(chosen=lambda bins: bins["count"] // 3)
    faint, solid = charts.to_page(charts.rarity(bins))["layer"][:2]
    assert [each["encoding"]["y"]["field"] for each in (faint, solid)] == ["count", "chosen"]
    assert faint["mark"]["opacity"] < solid["mark"]["opacity"]
    (bars,) = (each for each in charts.to_page(CHARTS["rarity"]())["layer"] if "color" in each["encoding"])
    assert bars["mark"]["opacity"] == solid["mark"]["opacity"]


def test_groups_step_back_in_every_layer_that_tells_them_apart():
    spec = charts.to_page(CHARTS["marginals"]())
    before = copy.deepcopy({**spec, "datasets": None})
    shown = charts.dimmed(spec, ["A"])
    told = [
        layer
        for layer in shown["layer"]
        if "component" in [layer["encoding"].get(channel, {}).get("field") for channel in ("color", "fill")]
    ]
    assert told
    for layer in shown["layer"]:
        opacity = layer["encoding"].get("opacity", {})
        assert ("condition" in opacity) == (layer in told)
        if layer in told:
            assert opacity["condition"]["test"] == HIDDEN
            is_sign = layer.get("name") == "badges" or layer["mark"]["type"] == "text"
            assert (opacity["value"] == 0.4) if is_sign else (opacity["value"] < 0.2)
    assert {**spec, "datasets": None} == before


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_any_kind_may_be_asked_to_dim_groups(name):
    spec = charts.to_page(CHARTS[name]())
    shown = charts.dimmed(spec, ["A"])
    assert len(shown.get("layer", ())) == len(spec.get("layer", ()))
    assert charts.dimmed(spec, []) == spec
    assert json.dumps({**shown, "datasets": None})


def test_a_faint_group_is_drawn():
    page = charts.dimmed(charts.to_page(CHARTS["marginals"]()), ["A"])
    assert b"0.12" in charts.to_svg(charts.to_file(page))


@pytest.mark.parametrize("row", [{"x": 1.0, "y": 0.5, "told": "row 7"}, {"x": 1.0, "told": "row 7"}])
def test_a_row_is_pointed_out_by_name(row):
    on = CHARTS["scatter alone" if "y" in row else "histogram"]()
    chart = charts.pointed_out(on, pd.DataFrame([row]))
    assert b"row 7" in charts.to_svg(charts.to_file(charts.to_page(chart)))


def test_a_row_with_a_gap_is_not_pointed_out():
    chart = charts.scatter(frames.points(), x_title="x", y_title="y")
    assert charts.pointed_out(chart, pd.DataFrame(columns=["x", "y", "told"])) is chart
