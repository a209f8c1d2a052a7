"""EM at work, and how it climbs: charts that play."""

import json

import pandas as pd
import pytest

from gmm_core import charts
from tests.charts import frames, stage_frames
from tests.charts.looking import Look


def line(**changes):
    options = {"states": stage_frames.states(), "courses": stage_frames.courses(), "bins": frames.bins(), **changes}
    return charts.stage_line(**options, x_title="x", picked=3)


def plane():
    return charts.stage_plane(stage_frames.states(), stage_frames.courses(), x_title="x", y_title="y", picked=3)


def drawn_at(chart, position):
    """What Vega draws once so many half steps are taken."""
    vl_convert = pytest.importorskip("vl_convert", reason="install the test extra: it brings vl-convert-python")
    spec = charts.to_spec(chart, width=400)
    (slider,) = [param for param in spec["params"] if param["name"] == "position"]
    slider["value"] = position
    return vl_convert.vegalite_to_svg(json.dumps(spec))


@pytest.mark.parametrize("chart", [line(), plane(), charts.climb(frames.trace())], ids=["line", "plane", "climb"])
def test_one_slider_goes_from_the_start_to_the_last_e_step(chart):
    params = chart.to_dict()["params"]
    (bind,) = [param["bind"] for param in params if "bind" in param]
    n_steps = 4 if len(params) > 2 else len(frames.trace())
    assert (bind["input"], bind["min"], bind["max"]) == ("range", 0, 2 * n_steps - 1)


@pytest.mark.parametrize("make", [line, plane])
def test_an_e_step_changes_the_rows_and_an_m_step_the_groups(make):
    start, shared_out, halfway = (drawn_at(make(), position) for position in (0, 1, 1.5))
    assert len({start, shared_out, halfway}) == 3
    assert shared_out.count("#0072B2") > start.count("#0072B2")
    assert halfway.count("#0072B2") == shared_out.count("#0072B2")


def test_no_row_has_a_colour_before_the_first_e_step():
    groups = Look(line()).views("point")[0]["encoding"]["color"]["scale"]
    assert groups["domain"] == ["–", "A", "B"]
    assert groups["range"][0] == "#868b94"


def test_a_click_tells_the_row_and_one_has_the_ring_at_first():
    (pick,) = [node for node in Look(plane()).nodes() if node.get("name") == charts.PICK]
    assert pick["select"]["fields"] == ["row"]
    assert pick["value"] == [{"row": 3}]


def test_axes_follow_groups_only_so_far_beyond_the_rows():
    far = stage_frames.states().assign(x=1e6)
    rows = stage_frames.courses()["x"]
    low, high = Look(line(states=far)).domain("x")
    assert high - rows.max() < 0.7 * (rows.max() - rows.min())
    assert low <= rows.min()


def test_a_spike_does_not_flatten_the_rest():
    spiky = stage_frames.states().assign(sx=1e-6)
    assert Look(line(states=spiky)).domain("y")[1] < 3 * frames.bins()["density"].max()
    assert "NaN" not in drawn_at(line(states=spiky), 3)


def test_before_a_steep_first_gain_an_arrow_points_below_the_axis():
    trace = pd.DataFrame({"iteration": range(6), "log_likelihood": [-9e9, -50.0, -40.0, -35.0, -33.0, -32.0]})
    look = Look(charts.climb(trace))
    assert look.domain("y")[0] > -60
    arrows = [view for view in look.views("point") if view["mark"].get("shape") == "triangle-down"]
    assert [len(look.rows(view)) for view in arrows] == [1, 1]
    short = pd.DataFrame({"iteration": [0], "log_likelihood": [-3.0]})
    assert Look(charts.climb(short)).domain("y")[0] < -3
