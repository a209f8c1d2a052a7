"""Charts as files: the table of what is drawn, and the picture."""

import struct

import numpy as np
import pandas as pd
import pytest

from gmm_core import charts
from tests.charts import frames
from tests.charts.test_every_chart import CHARTS


@pytest.fixture(scope="module")
def map_with_rows():
    names = frames.points().assign(label="Ann")
    drawn = charts.scatter(names, x_title="length", y_title="weight", ellipses=frames.ellipses(), tiles=frames.tiles(5))
    return charts.to_page(charts.brushed(drawn))


def test_the_table_holds_the_rows_under_the_words_that_a_person_reads(map_with_rows):
    found = charts.rows_behind(map_with_rows)
    rows = found[found["part"] == "point"].dropna(axis="columns", how="all")
    points = frames.points()
    assert rows["length"].tolist() == points["x"].tolist()
    assert rows["weight"].tolist() == points["y"].tolist()
    assert rows["Group"].tolist() == points["component"].tolist()
    assert rows["Certainty"].tolist() == points["certainty"].tolist()
    assert rows["Row"].tolist() == points["row"].tolist()
    assert set(rows["Name"]) == {"Ann"}
    assert {"length, from", "length, to", "weight, from", "weight, to"} <= set(found.columns)


def test_what_one_layer_draws_alone_needs_no_parts():
    found = charts.rows_behind(charts.to_page(CHARTS["convergence"]()))
    assert list(found.columns) == ["Iteration", "Log-likelihood (higher is better)"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_table_of_something_with_each_name_once(name):
    found = charts.rows_behind(charts.to_page(CHARTS[name]()))
    assert len(found)
    assert found.columns.is_unique


def test_the_picture_is_light_whatever_the_page_is(map_with_rows):
    spec = charts.to_file(map_with_rows)
    assert spec["config"]["background"] == "#ffffff"
    drawn = charts.to_svg(spec).decode()
    assert drawn.startswith("<svg")
    assert 'width="760"' in drawn
    assert 'fill="#ffffff"' in drawn


def test_a_png_has_two_pixels_for_each_of_the_screen(map_with_rows):
    drawn = charts.to_png(charts.to_file(map_with_rows))
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">I", drawn[16:20]) == (1_520,)


def test_a_chart_of_its_own_size_keeps_it():
    points = frames.points()
    page = charts.to_page(charts.scatter(points, x_title="x", y_title="y", width=300, height=200))
    assert charts.to_file(page)["width"] == 300


def test_gaps_stay_gaps():
    trace = pd.DataFrame({"iteration": [0, 1, 2], "log_likelihood": [-3.0, np.nan, -1.0]})
    spec = charts.to_file(charts.to_page(charts.convergence(trace)))
    values = [row for rows in spec["datasets"].values() for row in rows]
    assert [row for row in values if None in row.values()]
    assert not any(isinstance(value, float) and np.isnan(value) for row in values for value in row.values())
