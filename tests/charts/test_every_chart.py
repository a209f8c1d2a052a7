"""What holds for every chart: it compiles, sends no more than it draws, and takes any column name."""

import json
from functools import cache
from inspect import isfunction

import altair as alt
import pytest

from gmm_core import charts
from tests.charts import frames, group_frames, stage_frames
from tests.charts.looking import Look, names_used

ODD = "income.total [k$]: <b>gross</b> 'n' \"net\" \\ datum.x"


def a_scatter(**changes):
    options = {"ellipses": frames.ellipses(), "centres": frames.centres(), "tiles": frames.tiles(12)}
    return charts.scatter(frames.points(), x_title=ODD, y_title=f"{ODD} 2", **{**options, **changes})


def differing():
    points = frames.points()
    return points.assign(differs=points["component"] == "A")


def a_truth():
    curves = frames.curves()
    return curves[curves["component"] == "mixture"]


def an_outline():
    ellipses = frames.ellipses()
    return ellipses[ellipses["probability"] == 0.95]


CHARTS = {
    "scatter": a_scatter,
    "scatter alone": lambda **size: charts.scatter(frames.points(), x_title=ODD, y_title=ODD, **size),
    "scatter with a bundle": lambda **size: a_scatter(bundle=frames.outlines(), **size),
    "marginals": lambda **size: charts.with_marginals(
        a_scatter(**size),
        x_curves=frames.curves(),
        y_curves=frames.curves(low=-40, high=80),
        x_bins=frames.bins(),
        y_bins=frames.bins(-20, 60),
    ),
    "marginals of a box": lambda **size: charts.brushed(
        charts.with_marginals(
            a_scatter(**size), x_curves=frames.curves(), y_curves=frames.curves(), cells=frames.boxes(8)
        )
    ),
    "histogram": lambda **size: charts.histogram(
        frames.bins(), frames.curves(), x_title=ODD, rug=frames.points(), **size
    ),
    "handovers": lambda **size: charts.with_handovers(
        charts.histogram(frames.bins(), frames.curves(), x_title=ODD, **size), stage_frames.handovers()
    ),
    "cumulative": lambda **size: charts.cumulative(stage_frames.ranks(), stage_frames.ranks(), x_title=ODD, **size),
    "quantiles": lambda **size: charts.quantile_plot(stage_frames.ranks(), x_title=ODD, **size),
    "convergence": lambda **size: charts.convergence(frames.trace(), **size),
    "correlations": lambda **size: charts.correlations(group_frames.correlated().replace({"column 1": ODD}), **size),
    "correlations of many columns": lambda **size: charts.correlations(group_frames.correlated(12), **size),
    "parallel": lambda **size: charts.parallel(
        group_frames.centre_lines().replace({"column 1": ODD}), x_title="Spreads", **size
    ),
    "criteria": lambda **size: charts.criteria(frames.cells(), pick="pick", **size),
    "certainty": lambda **size: charts.certainty(frames.certainty_bins(), threshold=0.8, note="9 rows below", **size),
    "memberships": lambda **size: charts.memberships(group_frames.memberships(), **size),
    "solutions": lambda **size: charts.solutions(frames.solutions(), **size),
    "whiskers": lambda **size: charts.whiskers(group_frames.intervals(), x_title=ODD, **size),
    "whiskers of shares": lambda **size: charts.whiskers(
        group_frames.intervals(), x_title="Share", shares=True, **size
    ),
    "chance": lambda **size: charts.chance(frames.statistics(), observed=31.6, x_title=ODD, note="p = 0.01", **size),
    "entropy": lambda **size: charts.entropy(group_frames.entropies(), **size),
    "merge tree": lambda **size: charts.merge_tree(group_frames.joins(), group_frames.leaves(), n_clusters=3, **size),
    "cross table": lambda **size: charts.cross_table(group_frames.crossed(), x_title=ODD, **size),
    "differences": lambda **size: charts.differences(group_frames.unlike(), **size),
    "group histograms": lambda **size: charts.group_histograms(group_frames.group_bins(), x_title=ODD, **size),
    "flow": lambda **size: charts.flow(group_frames.moved_bands(), group_frames.moved_blocks(), **size),
    "distribution": lambda **size: charts.distribution(frames.bins(), **size),
    "transformed distribution": lambda **size: charts.distribution(frames.bins(), ticks=stage_frames.ticks(), **size),
    "loadings": lambda **size: charts.loadings(group_frames.loadings(), **size),
    "bound": lambda **size: charts.bound(stage_frames.way(), **size),
    "climb": lambda **size: charts.climb(frames.trace(), **size),
    "stage line": lambda **size: charts.stage_line(
        stage_frames.states(), stage_frames.courses(), frames.bins(), x_title=ODD, picked=3, truth=a_truth(), **size
    ),
    "stage plane": lambda **size: charts.stage_plane(
        stage_frames.states(), stage_frames.courses(), x_title=ODD, y_title=ODD, picked=3, truth=an_outline(), **size
    ),
    "pair": lambda **size: charts.same_axes(charts.ringed(a_scatter(**size), differing()), a_scatter())[0],
    "pair matrix": lambda **size: charts.pair_matrix(
        stage_frames.pair_points(),
        stage_frames.pair_ellipses(),
        stage_frames.pair_curves(),
        stage_frames.pair_overlaps(),
        titles=[ODD, "b", "c"],
        pick="pick",
        **size,
    ),
    "rarity": lambda **size: charts.rarity(frames.rarities(), threshold=2.0, note="9 rows", **size),
    "flagged": lambda **size: charts.flagged(a_scatter(**size), frames.odd_rows()),
    "shaded": lambda **size: charts.shaded(a_scatter(**size), stage_frames.ground()),
    "shares": lambda **size: charts.shares(group_frames.two_shares(), **size),
    "small scatter": lambda **size: charts.thumbnail_scatter(frames.points(), **size),
    "small histogram": lambda **size: charts.thumbnail_histogram(frames.bins(), **size),
}
MAKERS = [
    (module, name)
    for module in (frames, group_frames, stage_frames)
    for name, made in vars(module).items()
    if isfunction(made) and made.__module__ == module.__name__
]
every_chart = pytest.mark.parametrize("name", CHARTS)


@cache
def look_at(name):
    return Look(CHARTS[name]())


@every_chart
def test_it_is_valid_vega_lite(name):
    spec = CHARTS[name]().to_dict(validate=True)
    assert spec["$schema"].endswith(f"{alt.SCHEMA_VERSION}.json")


@every_chart
def test_its_frames_hold_only_what_is_drawn(name):
    look = look_at(name)
    for view in look.views():
        for row in look.rows(view):
            unused = set(row) - names_used(view)
            assert unused <= {"text"}, (view["mark"], unused)  # a mark and its words share one row


@every_chart
def test_it_fills_its_container_and_takes_a_width_in_pixels(name):
    assert look_at(name).spec["width"] == "container"
    assert Look(CHARTS[name](width=321)).spec["width"] == 321


@pytest.mark.parametrize("name", [name for name in CHARTS if not name.startswith("small")])
def test_it_states_nothing_that_forbids_to_join_it_with_others(name):
    joined = alt.hconcat(CHARTS[name](width=100), CHARTS["convergence"](width=100))
    assert len(joined.to_dict(validate=False)["hconcat"]) == 2


@every_chart
def test_it_names_no_colour_for_text_axes_or_grid(name):
    # Streamlit's theme, or the notebook's, supplies them; a stated colour would vanish on dark or on light.
    look = look_at(name)
    axes = [node["axis"] for node in look.nodes() if isinstance(node.get("axis"), dict)]
    assert not [name for axis in axes for name in axis if name.endswith("Color")]
    for view in look.views("text"):
        themed = view["mark"].get("style") == "group-title" and view["mark"]["filled"] is False
        assert themed or "fill" in view["encoding"], view["mark"]


@every_chart
def test_no_title_is_taken_for_a_field(name):
    look = look_at(name)
    fields = {node["field"] for node in look.nodes() if "field" in node}
    assert all(name.isidentifier() for name in fields), fields


@every_chart
def test_it_needs_no_legend(name):
    look = look_at(name)
    coloured = [
        encoded
        for view in look.views()
        for channel, encoded in view["encoding"].items()
        if channel in {"color", "fill", "shape", "opacity", "fillOpacity", "strokeDash", "strokeWidth"}
    ]
    assert all(encoded.get("legend") is None for encoded in coloured if "field" in encoded)


@every_chart
def test_it_leaves_the_frames_it_was_given_as_they_were(name, monkeypatch):
    kept = []
    for module, maker in MAKERS:
        made = getattr(module, maker)

        def keeping(*arguments, made=made, **named):
            frame = made(*arguments, **named)
            kept.append((frame, frame.copy()))
            return frame

        monkeypatch.setattr(module, maker, keeping)
    CHARTS[name]()
    assert kept
    for frame, before in kept:
        assert frame.equals(before)


@pytest.mark.parametrize(
    "name", ["scatter", "marginals", "histogram", "whiskers", "chance", "cross table", "group histograms"]
)
def test_the_columns_name_stands_as_an_axis_title_whatever_its_characters(name):
    assert ODD in look_at(name).titles()


@every_chart
def test_long_titles_are_cut_to_the_plots_width_and_not_clipped(name):
    look = look_at(name)
    axes = [node["axis"] for node in look.nodes() if isinstance(node.get("axis"), dict) and node["axis"].get("title")]
    assert all(axis["titleLimit"] == {"expr": "width"} for axis in axes)


@every_chart
def test_vega_draws_it(name):
    vl_convert = pytest.importorskip("vl_convert", reason="install the test extra: it brings vl-convert-python")
    drawn = vl_convert.vegalite_to_svg(json.dumps(charts.to_spec(CHARTS[name](), width=350, theme="dark")))
    assert 'width="350"' in drawn
    assert "NaN" not in drawn
