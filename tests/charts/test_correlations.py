"""Correlations of one group as a heat map."""

import pytest

from gmm_core.charts import correlations
from gmm_core.charts.style import HIGH, LOW
from tests.charts import group_frames
from tests.charts.looking import Look


def test_every_pair_has_a_cell_on_either_side_of_the_diagonal_in_one_order():
    look = Look(correlations(group_frames.correlated()))
    own, between = (look.rows(view) for view in look.views("rect"))
    assert len(between) == 6
    assert [(cell["row"], cell["sd"]) for cell in own] == [("column 1", 2.0), ("column 2", 4.0), ("column 3", 6.0)]
    assert look.domain("x") == look.domain("y") == ["column 1", "column 2", "column 3"]


def test_blue_rises_and_orange_falls_and_the_strong_are_full():
    look = Look(correlations(group_frames.correlated()))
    view = look.views("rect")[1]
    scale = view["encoding"]["fill"]["scale"]
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    for cell in look.rows(view):
        assert colours[cell["high"]] == (HIGH if cell["correlation"] > 0 else LOW)
        assert cell["size"] == abs(cell["correlation"])


@pytest.mark.parametrize(("columns", "form", "spread"), [(4, ".2f", "2.00"), (8, ".1f", "2.0")])
def test_few_columns_have_numbers_with_the_digits_that_there_is_room_for(columns, form, spread):
    look = Look(correlations(group_frames.correlated(columns)))
    numbers, spreads = look.views("text")
    assert numbers["encoding"]["text"]["format"] == form
    assert look.rows(spreads)[0]["text"] == spread


def test_of_many_columns_those_that_fall_have_a_sign_so_that_colour_is_not_alone():
    look = Look(correlations(group_frames.correlated(9)))
    (signs,) = look.views("text")
    strong = [cell for cell in look.rows(look.views("rect")[1]) if cell["correlation"] <= -0.1]
    assert len(look.rows(signs)) == len(strong) > 0
    assert {row["text"] for row in look.rows(signs)} == {"\N{MINUS SIGN}"}


def test_a_single_column_is_one_cell():
    look = Look(correlations(group_frames.correlated(1)))
    assert [view["mark"]["type"] for view in look.views()] == ["rect", "text"]


def test_spreads_of_any_size_are_short():
    frame = group_frames.correlated(4)
    diagonal = frame["row"] == frame["column"]
    frame.loc[diagonal, "covariance"] = [1e-12, 0.0625, 12_345.6**2, 1e14]
    spreads = Look(correlations(frame)).rows(Look(correlations(frame)).views("text")[1])
    assert [row["text"] for row in spreads] == ["1.0e-06", "0.250", "12,346", "1.0e+07"]
