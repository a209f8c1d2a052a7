"""The scatter: fixed signs, fading, ellipses with their probabilities, badges, tiles, bounded size."""

import json

import numpy as np
import pandas as pd
import pytest

from gmm_core.charts import scatter, to_spec
from gmm_core.charts.style import PALETTE
from gmm_core.model.geometry import ellipse_outline
from tests.charts import frames
from tests.charts.looking import Look


def draw(points=None, **changes):
    points = frames.points() if points is None else points
    options = {"x_title": "length", "y_title": "weight", "ellipses": frames.ellipses(), "centres": frames.centres()}
    return Look(scatter(points, **{**options, **changes}))


def rows_view(look):
    return next(view for view in look.views("point") if "opacity" in view["encoding"])


def outline_view(look):
    return next(view for view in look.views("line") if "strokeWidth" in view["encoding"])


def test_colours_and_shapes_follow_the_letters_whatever_the_order_of_the_rows():
    look = draw(frames.points().iloc[::-1])
    assert all(scale["domain"] == ["A", "B"] for scale in look.scales("color"))
    assert all(scale["range"] == list(PALETTE[:2]) for scale in look.scales("color"))
    assert look.scales("shape") == [{"domain": ["A", "B"], "range": ["circle", "square"]}]


def test_a_group_keeps_its_colour_where_others_have_no_rows():
    points = frames.points(groups=4)
    encoding = rows_view(draw(points[points["component"].isin(["B", "D"])]))["encoding"]
    assert encoding["color"]["scale"] == {"domain": ["B", "D"], "range": [PALETTE[1], PALETTE[3]]}


def test_layers_with_different_groups_dont_share_one_list_of_colours():
    points = frames.points().assign(component=lambda frame: frame["component"].where(frame["row"] % 5 != 0, "noise"))
    look = draw(points)
    assert rows_view(look)["encoding"]["color"]["scale"]["domain"] == ["A", "B", "noise"]
    assert look.spec["resolve"]["scale"]["color"] == "independent"
    assert look.spec["resolve"]["scale"]["shape"] == "independent"


def test_unsure_rows_are_fainter():
    opacity = rows_view(draw())["encoding"]["opacity"]
    assert opacity["field"] == "certainty"
    assert opacity["scale"]["domain"] == [0.5, 1.0]
    unsure, sure = opacity["scale"]["range"]
    assert unsure < 0.3
    assert sure >= 0.6


def test_the_outermost_outline_is_two_pixels_and_the_inner_ones_thinner():
    width = outline_view(draw())["encoding"]["strokeWidth"]
    assert width["type"] == "ordinal"  # a nominal one makes Vega-Lite warn in the browser's console
    # "ordinal": on a point scale Vega takes the first two widths for the ends of a range.
    assert width["scale"] == {
        "type": "ordinal",
        "domain": ["95\u00a0%", "80\u00a0%", "50\u00a0%"],
        "range": [2.0, 1.3, 0.8],
    }


def test_only_the_outermost_ellipse_is_filled_and_faintly():
    look = draw()
    filled = [view for view in look.views("line") if view["mark"].get("filled")]
    assert len(filled) == 1
    assert filled[0]["mark"]["fillOpacity"] <= 0.08
    assert len(look.rows(filled[0])) == 2 * 40


def test_outlines_are_closed_and_drawn_in_the_order_of_their_vertices():
    shuffled = frames.ellipses().sample(frac=1, random_state=3)
    look = draw(ellipses=shuffled)
    view = outline_view(look)
    assert view["mark"]["interpolate"] == "cardinal-closed"
    assert view["mark"]["order"] is False  # else Vega-Lite sorts the vertices by x
    first = [(row["x"], row["y"]) for row in look.rows(view) if row["outline"] == 0]
    in_order = frames.ellipses().query("outline == 0").sort_values("order")
    np.testing.assert_allclose(first, in_order[["x", "y"]], atol=1e-9)


def test_an_outline_of_many_vertices_is_a_spline_through_some_and_comes_back_to_none_twice():
    outline = ellipse_outline(np.array([1e6, -3.0]), np.array([[4.0, 1.0], [1.0, 9.0]]), 0.95)
    places = {"order": range(len(outline)), "x": outline[:, 0], "y": outline[:, 1]}
    ellipses = pd.DataFrame({"component": "A", "probability": 0.95, "outline": 0, **places})
    points = frames.points(20).assign(x=lambda frame: 1e6 + frame["x"])  # of few rows no ellipse is cut off
    look = draw(points, ellipses=ellipses, centres=None)
    for view in look.views("line"):
        drawn = np.array([(row["x"], row["y"]) for row in look.rows(view)])
        assert view["mark"]["interpolate"] == "cardinal-closed"
        assert 25 <= len(drawn) <= 40
        steps = np.hypot(*(drawn - np.roll(drawn, 1, axis=0)).T)
        assert steps.min() > 0.3 * steps.max()  # a place twice would make the spline stand still there


def test_each_probability_is_written_once_upon_an_outline():
    look = draw()
    labels = [row for row in look.all_rows() if str(row.get("text", "")).endswith("%")]
    assert sorted(label["text"] for label in labels) == ["50\u00a0%", "80\u00a0%", "95\u00a0%"]
    for label in labels:
        level = float(label["text"].removesuffix("\u00a0%")) / 100
        outlines = frames.ellipses().loc[lambda frame, level=level: frame["probability"] == level]
        assert np.isclose(outlines[["x", "y"]], [label["x"], label["y"]]).all(axis=1).any()


def test_probability_labels_keep_off_each_other_and_off_the_badges():
    look = draw()
    x_span, y_span = np.ptp(look.domain("x")), np.ptp(look.domain("y"))
    labels = [(row["x"], row["y"]) for row in look.all_rows() if str(row.get("text", "")).endswith("%")]
    places = np.array([*labels, *frames.centres()[["x", "y"]].to_numpy()]) / [x_span, y_span]
    apart = np.abs(places[:, None] - places[None])
    touching = (apart < [0.09, 0.05]).all(axis=2) & ~np.eye(len(places), dtype=bool)
    assert not touching[: len(labels)].any()


def test_centres_carry_their_letter_and_their_share():
    look = draw()
    letters = [view for view in look.views("text") if view["encoding"].get("fill", {}).get("field") == "component"]
    assert [row["text"] for row in look.rows(letters[0])] == ["A", "B"]
    disc = next(view for view in look.views("point") if view["mark"].get("shape") == "circle")
    assert {row["share"] for row in look.rows(disc)} == {"50\u00a0%"}


def test_a_tooltip_tells_row_group_certainty_and_both_values():
    tooltip = rows_view(draw())["encoding"]["tooltip"]
    assert [line["title"] for line in tooltip] == ["Row", "Group", "Certainty", "length", "weight"]


def test_a_tooltip_names_the_row_where_rows_have_names():
    named = frames.points().assign(label=lambda frame: "penguin " + frame["row"].astype(str))
    tooltip = rows_view(draw(named))["encoding"]["tooltip"]
    assert [line["title"] for line in tooltip][:2] == ["Row", "Name"]


def test_a_column_called_group_loses_no_tooltip_line():
    tooltip = rows_view(draw(x_title="Group", y_title="Row"))["encoding"]["tooltip"]
    assert [line["title"] for line in tooltip] == ["Row", "Group", "Certainty", "Group (2)", "Row (2)"]


def test_axes_start_where_the_data_do_and_nothing_is_cut_off():
    far = frames.points().assign(x=lambda frame: frame["x"] + 1000)
    low, high = draw(far, ellipses=None, centres=None).domain("x")
    assert 0 < low < far["x"].min() <= far["x"].max() < high
    both = draw(far)
    assert both.domain("x")[0] < frames.ellipses()["x"].min()


def test_tiles_lie_behind_everything_and_are_darker_where_there_are_more_rows():
    look = draw(tiles=frames.tiles(10))
    first = look.views()[0]
    assert first["mark"]["type"] == "rect"
    assert first["encoding"]["fillOpacity"]["field"] == "count"
    assert first["encoding"]["fillOpacity"]["scale"]["type"] == "sqrt"


@pytest.mark.parametrize("groups", [2, 9])
def test_two_thousand_points_and_six_thousand_tiles_stay_below_a_megabyte(groups):
    chart = scatter(
        frames.points(2_000, groups),
        x_title="length",
        y_title="weight",
        ellipses=frames.ellipses(groups, 120),
        centres=frames.centres(groups),
        tiles=frames.tiles(80),
    )
    # UTF-8 without blanks, as it goes over the wire.
    assert len(json.dumps(to_spec(chart), separators=(",", ":")).encode()) < 1_000_000


def test_no_more_than_five_thousand_points_are_drawn_from_first_to_last():
    look = draw(frames.points(20_001))
    drawn = [row["row"] for row in look.rows(rows_view(look))]
    assert len(drawn) == 5_000
    assert (drawn[0], drawn[-1]) == (1, 20_001)


def test_many_points_are_small_and_few_are_large():
    few, many = (rows_view(draw(frames.points(rows)))["mark"]["size"] for rows in (8, 4_000))
    assert many < 20
    assert few > 50


@pytest.mark.parametrize("rows", [1, 8])
def test_one_group_and_few_rows_will_do(rows):
    look = draw(frames.points(rows, 1), ellipses=frames.ellipses(1), centres=frames.centres(1))
    assert len(look.rows(rows_view(look))) == rows


def test_rows_that_agree_in_a_column_still_get_an_axis():
    low, high = draw(frames.points().assign(x=7.0), ellipses=None, centres=None).domain("x")
    assert low < 7.0 < high


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="needs the columns certainty"):
        scatter(frames.points().drop(columns="certainty"), x_title="x", y_title="y")


def test_positions_are_cut_to_a_tenth_of_a_pixel_and_no_further():
    points = frames.points(2_000).assign(x=lambda frame: 1e6 * np.pi + frame["x"])
    look = draw(points, ellipses=None, centres=None)
    sent = pd.DataFrame(look.rows(rows_view(look)))["x"].to_numpy()
    error = np.abs(sent - points["x"].to_numpy())
    assert 0 < error.max() <= 1e-4 * np.ptp(points["x"])


def test_an_ellipse_that_dwarfs_the_rows_is_cut_off_at_the_pictures_edge():
    far = frames.ellipses()
    far.loc[far["component"] == "B", "x"] += np.linspace(0, 1e3, (far["component"] == "B").sum())
    look = draw(frames.points(200), ellipses=far)
    low, high = look.domain("x")
    assert high < 100
    lines = [row["x"] for row in look.rows(outline_view(look))]
    assert any(x is None or np.isnan(x) for x in lines)
    assert all(low <= x <= high for x in lines if x is not None and not np.isnan(x))


def test_a_bundle_is_hair_lines_that_make_no_room_and_stop_at_the_edge():
    plain = draw()
    wide = frames.outlines().assign(x=lambda outlines: 3 * outlines["x"])
    look = draw(bundle=wide)
    assert look.domain("x") == plain.domain("x")
    (bundle,) = [view for view in look.views("line") if view["mark"].get("strokeOpacity")]
    low, high = look.domain("x")
    places = [row["x"] for row in look.rows(bundle)]
    assert None in places
    assert all(place is None or low <= place <= high for place in places)


def test_a_stretched_axis_has_the_given_marks_and_tooltips_tell_what_is_read_off():
    marks = pd.DataFrame({"value": [-1.0, 0.5, 2.25, 99.0], "text": ["ten", 'a "b"', "forty", "far away"]})
    shown = {"x_shown": 7.0, "y_shown": 8.0}
    look = draw(frames.points().assign(**shown), centres=frames.centres().assign(**shown), marks={"x": marks})
    axis = look.spec["encoding"]["x"]["axis"]
    assert (axis["values"], axis["tickCount"]) == ([-1.0, 0.5, 2.25], 3)
    label = axis["labelExpr"]
    assert label.startswith('datum.value == -1.0 ? "ten" : datum.value == 0.5 ? "a \\"b\\"" : ')
    assert label.endswith("datum.value == 2.25 ? \"forty\" : ''")
    assert "values" not in look.spec["encoding"]["y"]["axis"]
    for view in (rows_view(look), next(each for each in look.views() if "share" in json.dumps(each["encoding"]))):
        told = [line["field"] for line in view["encoding"]["tooltip"]]
        assert {"x_shown", "y_shown"} <= set(told)
        assert not {"x", "y"} & set(told)
