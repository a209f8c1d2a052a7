"""Small pictures for galleries."""

import pytest

from gmm_core.charts import thumbnail_histogram, thumbnail_scatter
from gmm_core.charts.style import PALETTE
from tests.charts import frames


@pytest.mark.parametrize(
    "chart", [thumbnail_scatter(frames.points()), thumbnail_histogram(frames.bins())], ids=["scatter", "histogram"]
)
def test_a_small_picture_has_neither_axes_nor_tooltips_nor_a_frame(chart):
    spec = chart.to_dict()
    assert all(spec["encoding"][axis]["axis"] is None for axis in "xy")
    assert spec["mark"]["tooltip"] is None
    assert spec["view"] == {"stroke": None}
    assert spec["padding"]["bottom"] == 2


def test_groups_have_their_colours_where_they_are_known():
    spec = thumbnail_scatter(frames.points()).to_dict()
    assert spec["encoding"]["color"]["scale"]["range"] == list(PALETTE[:2])
    plain = thumbnail_scatter(frames.points().drop(columns="component")).to_dict()
    assert "color" not in plain["encoding"]


def test_no_more_than_four_hundred_points_are_drawn():
    (rows,) = thumbnail_scatter(frames.points(5_000)).to_dict()["datasets"].values()
    assert len(rows) == 400


def test_bars_fill_the_picture_from_edge_to_edge():
    spec = thumbnail_histogram(frames.bins(1.6, 5.1)).to_dict()
    assert spec["encoding"]["x"]["scale"]["domain"] == [1.6, 5.1]
