"""Tooltip lines."""

import pandas as pd
import pytest

from gmm_core.charts import style


def test_lines_keep_their_order_fields_and_formats():
    made = [line.to_dict() for line in style.lines([("row:Q", "Row", ",d"), ("name:N", "Name", None)])]
    assert [line["field"] for line in made] == ["row", "name"]
    assert made[0]["format"] == ",d"
    assert "format" not in made[1]


def test_a_title_that_is_taken_gets_a_number():
    made = style.lines([("a:Q", "Row", None), ("b:Q", "Row", None), ("c:Q", "Row", None)])
    assert [line.to_dict()["title"] for line in made] == ["Row", "Row (2)", "Row (3)"]


def test_titles_become_one_line_and_are_never_empty():
    made = style.lines([("a:Q", "two\n lines ", None), ("b:Q", " ", None)])
    assert [line.to_dict()["title"] for line in made] == ["two lines", "–"]


@pytest.mark.parametrize("name", ["title", "image"])
def test_a_column_whose_name_means_something_to_vegas_tooltip_looks_the_same_and_is_another(name):
    [line] = style.lines([("x:Q", name, None)])
    assert line.to_dict()["title"] != name
    assert line.to_dict()["title"].rstrip("\u200b") == name


def test_a_columns_values_decide_the_digits():
    assert style.numbered(pd.Series([1.5, 2.25, 9.0]), "x", "length") == ("x:Q", "length", ",.2f")
