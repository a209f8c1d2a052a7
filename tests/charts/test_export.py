"""Specifications that stand on their own."""

import copy
import json
from concurrent.futures import ThreadPoolExecutor

import altair as alt
import numpy as np
import pandas as pd
import pytest
from altair.utils import schemapi

from gmm_core import charts
from gmm_core.charts import criteria, scatter, stage_plane, to_page, to_spec
from gmm_core.charts.export import MOST_ELEMENTS
from tests.charts import frames, group_frames, stage_frames


@pytest.fixture
def chart():
    return scatter(frames.points(), x_title="length", y_title="weight", ellipses=frames.ellipses())


def test_the_rows_are_inside(chart):
    rows = [row for rows in to_spec(chart)["datasets"].values() for row in rows]
    assert {row["row"] for row in rows if "row" in row} == set(range(1, 61))


def test_altairs_global_transformer_is_not_asked(chart):
    # Streamlit swaps it while it serves other sessions, and rows went missing.
    def refuse(data, **options):
        raise AssertionError("asked")

    alt.data_transformers.register("refusing", refuse)
    with alt.data_transformers.enable("refusing"):
        with pytest.raises(AssertionError, match="asked"):
            chart.to_dict()
        assert to_spec(chart)["datasets"]


def test_other_threads_that_swap_the_transformer_change_nothing(chart):
    alt.data_transformers.register("emptying", lambda data, **options: {"name": "gone"})
    wanted = to_spec(chart)

    def compile_once(number):
        if number % 2:
            with alt.data_transformers.enable("emptying"):
                chart.to_dict()
            return wanted
        return to_spec(chart)

    before = alt.data_transformers.active
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(spec == wanted for spec in pool.map(compile_once, range(24)))
    finally:
        alt.data_transformers.enable(before)


def test_drawing_in_several_threads_never_turns_the_checks_on_again(chart):
    schemapi.enable_debug_mode()
    try:
        charts.skip_checks()
        with ThreadPoolExecutor(4) as pool:
            seen = list(pool.map(lambda _: (to_page(chart), schemapi.DEBUG_MODE)[1], range(12)))
        assert not any(seen)
        with pytest.raises(
            schemapi.SchemaValidationError, match="nonsense"
        ):  # files and tests are held against the schema all the same
            to_spec(alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x=alt.X("x:Q", sort="nonsense")))
    finally:
        schemapi.enable_debug_mode()


def test_missing_values_become_null_so_that_it_is_strict_json():
    cells = frames.cells().assign(value=lambda frame: frame["value"].mask(frame["n_components"] == 3, np.nan))
    spec = to_spec(criteria(cells.assign(sound=cells["value"].notna())))
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_sizes_and_colours_are_settled(chart):
    spec = to_spec(chart, width=500, height=300, theme="dark")
    assert (spec["width"], spec["height"]) == (500, 300)
    assert spec["config"]["background"] == "#0e1117"
    assert spec["config"]["axis"]["labelColor"] == spec["config"]["title"]["color"] == "#fafafa"


def test_without_a_theme_no_colour_is_stated(chart):
    assert to_spec(chart, theme=None)["config"] == {}


def test_the_chart_given_still_holds_its_frames(chart):
    to_spec(chart)
    assert all(hasattr(layer.data, "columns") for layer in chart.layer)


def test_more_rows_than_altair_takes_are_written_into_the_chart():
    tiled = scatter(frames.points(), x_title="x", y_title="y", tiles=frames.tiles(80))
    sent = [rows for rows in tiled.to_dict()["datasets"].values() if len(rows) == 6_400]
    assert len(sent) == 1


def test_a_page_gets_the_frames_themselves_under_names_that_the_layers_use(chart):
    spec = to_page(chart)
    used = {layer["data"]["name"] for layer in spec["layer"]}
    assert used == set(spec["datasets"])
    assert {len(frame) for frame in spec["datasets"].values()} >= {len(frames.points()), len(frames.ellipses())}
    assert all("values" not in json.dumps(layer["data"]) for layer in spec["layer"])


@pytest.mark.parametrize(("n_rows", "as_picture"), [(100, False), (MOST_ELEMENTS + 1, True)])
def test_many_rows_are_drawn_as_one_picture_without_words_for_each(n_rows, as_picture):
    spec = to_page(scatter(frames.points(n_rows), x_title="x", y_title="y"))
    assert (spec.get("usermeta", {}).get("embedOptions") == {"renderer": "canvas"}) == as_picture
    assert (spec["config"] == {"mark": {"aria": False}}) == as_picture


def test_long_lines_do_not_make_a_chart_a_picture():
    ellipses = frames.ellipses(groups=8)
    assert len(ellipses) > MOST_ELEMENTS
    assert "usermeta" not in to_page(scatter(frames.points(), x_title="x", y_title="y", ellipses=ellipses))


NAME = 'Big "baskets" </script> \' \\ <b>${x}'


def test_names_stand_beside_letters_where_a_mark_is_asked_for_them():
    spec = charts.with_names(charts.to_spec(charts.scatter(frames.points(), x_title="x", y_title="y")), {"A": NAME})
    told = [view for view in spec["layer"] if "transform" in view]
    assert told
    for view in told:
        (step,) = view["transform"]
        assert step["as"] == "named_component"
        assert "named_component" in [entry["field"] for entry in view["encoding"]["tooltip"]]
        assert json.loads(step["calculate"].split("[datum")[0]) == {"A": f"A, {NAME}"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: charts.flow(group_frames.moved_bands(), group_frames.moved_blocks()),
        lambda: charts.differences(group_frames.unlike()),
    ],
)
def test_a_name_of_any_characters_is_drawn(make):
    vl_convert = pytest.importorskip("vl_convert", reason="install the test extra: it brings vl-convert-python")
    spec = charts.with_names(charts.to_spec(make()), {"A": NAME, "B": "x"})
    assert "<svg" in vl_convert.vegalite_to_svg(json.dumps(spec))


def test_names_stand_above_a_chart_of_groups_and_on_axes_of_letters_but_make_no_axis():
    named = charts.with_names(charts.to_spec(charts.differences(group_frames.unlike())), {"A": NAME, "B": "y" * 40})
    assert named["title"]["text"] == [f"A: {NAME}", f"B: {'y' * 40}"]
    assert "labelExpr" not in json.dumps(named)
    cross = charts.with_names(charts.to_spec(charts.cross_table(group_frames.crossed(), x_title="x")), {"A": "Z"})
    assert json.dumps(cross).count("labelExpr") == 1


def test_without_names_nothing_changes():
    spec = charts.to_spec(charts.whiskers(group_frames.intervals(), x_title="x"))
    assert charts.with_names(copy.deepcopy(spec), {}) == spec


def test_rows_with_lists_in_their_cells_stay_inside_a_pages_specification():
    courses = stage_frames.courses(5)
    page = to_page(stage_plane(stage_frames.states(), courses, x_title="x", y_title="y", picked=1))
    inside = [layer["data"]["values"] for layer in page["layer"] if "values" in layer["data"]]
    assert [row["likeliest"][1:] for row in inside[0]] == courses["likeliest"].tolist()
    assert all(isinstance(frame, pd.DataFrame) for frame in page["datasets"].values())
