"""Marginal densities along the scatter's edges."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.charts import scatter, with_marginals
from tests.charts import frames
from tests.charts.looking import Look, names_used


@pytest.fixture
def inner():
    return scatter(
        frames.points(), x_title="length", y_title="weight", ellipses=frames.ellipses(), centres=frames.centres()
    )


def whole(inner, **changes):
    curves = {"x_curves": frames.curves(), "y_curves": frames.curves(low=-40, high=80)}
    return with_marginals(inner, **{**curves, **changes})


def strip_rows(look, view_number):
    added = [view for view in look.views() if "top" in names_used(view)]
    return look.rows(added[view_number])


def test_it_is_one_view_so_that_it_fills_a_container(inner):
    spec = whole(inner).to_dict()
    assert spec["width"] == "container"
    assert "layer" in spec
    assert not {"hconcat", "vconcat", "concat"} & set(spec)


def test_the_scatter_itself_stays_as_it_was(inner):
    before = inner.to_dict()
    whole(inner)
    assert inner.to_dict() == before


def test_strips_lie_beyond_the_scatters_range_and_within_the_whole(inner):
    low, high = Look(inner).domain("y")
    look = Look(whole(inner))
    tops = [row["top"] for row in strip_rows(look, 1)]
    assert min(tops) > high
    assert max(tops) <= look.domain("y")[1]
    assert look.domain("y")[0] == low


def test_labels_and_grid_lines_end_where_the_scatter_ends(inner):
    high = Look(inner).domain("x")[1]
    axis = Look(whole(inner)).axis("x")
    assert axis["labelExpr"] == f"datum.value <= {high!r} ? datum.label : ''"
    assert axis["gridOpacity"]["condition"]["test"] == f"datum.value <= {high!r}"


def test_the_tallest_curve_fills_the_strip_and_the_others_keep_their_proportion(inner):
    look = Look(whole(inner))
    lines = [view for view in look.views("line") if view["encoding"]["y"].get("field") == "top"]
    mixture, groups = (np.array([row["top"] for row in look.rows(view)]) for view in lines)
    base = Look(inner).domain("y")[1] + 0.03 * np.ptp(Look(inner).domain("y"))
    expected = frames.curves().groupby("component")["density"].max()
    assert max(mixture) == pytest.approx(look.domain("y")[1])
    assert (max(groups) - base) / (max(mixture) - base) == pytest.approx(expected["A"] / expected["mixture"], rel=1e-3)


def test_curves_and_bars_beyond_the_scatters_range_are_cut_off(inner):
    low, high = Look(inner).domain("x")
    far = {"x_curves": frames.curves(low=-100, high=100), "x_bins": frames.bins(-100, 100, 200)}
    rows = Look(whole(inner, **far)).all_rows()
    along = [row[name] for row in rows if "top" in row for name in ("x", "left", "right") if name in row]
    upright = Look(inner).domain("y")
    assert all(low <= place <= high or upright[0] <= place <= upright[1] for place in along)
    assert max(row["right"] for row in rows if "right" in row) == pytest.approx(high)


def test_curves_without_height_are_no_error(inner):
    flat = frames.curves().assign(density=0.0)
    assert whole(inner, x_curves=flat).to_dict()["layer"]


def test_marks_of_a_stretched_axis_stay_where_the_scatter_is(inner):
    low, _ = inner.encoding["x"]["scale"]["domain"]
    marks = pd.DataFrame({"value": [low + 1.0], "text": ["ten"]})
    stretched = scatter(frames.points(), x_title="length", y_title="weight", marks={"x": marks})
    label = whole(stretched).to_dict()["encoding"]["x"]["axis"]["labelExpr"]
    assert '? "ten" :' in label
    assert label.startswith("datum.value <= ")


def test_the_box_of_a_brush_fills_its_part_of_the_histograms(inner):
    look = Look(whole(inner, cells=frames.boxes(8)))
    boxed = [view for view in look.views("rect") if any("filter" in each for each in view.get("transform", []))]
    assert len(boxed) == 2
    for view, axis in zip(boxed, "xy", strict=True):
        assert {"filter": {"param": "brush", "empty": False}} in view["transform"]
        assert any(each.get("groupby") == [f"{axis}0", f"{axis}1"] for each in view["transform"])
        assert any(f"{axis}_share" in str(each.get("aggregate")) for each in view["transform"])
