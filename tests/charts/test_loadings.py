"""What principal components are made of."""

from gmm_core.charts import loadings
from gmm_core.charts.style import HIGH, LOW
from tests.charts import group_frames
from tests.charts.looking import Look


def test_a_cell_for_each_column_and_component_with_the_share_that_it_holds():
    look = Look(loadings(group_frames.loadings()))
    cells = look.rows(look.views("rect")[0])
    assert [(cell["column"], cell["head"]) for cell in cells[:3]] == [
        ("column 1", "1: 70\u00a0%"),
        ("column 2", "1: 70\u00a0%"),
        ("column 3", "1: 70\u00a0%"),
    ]
    assert look.spec["encoding"]["y"]["scale"]["domain"] == ["column 1", "column 2", "column 3"]
    assert look.views("text")


def test_the_sign_has_its_colour_and_the_size_its_strength():
    look = Look(loadings(group_frames.loadings()))
    (view,) = look.views("rect")
    scale = view["encoding"]["fill"]["scale"]
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    found = {(row["loading"] > 0, colours[row["high"]]) for row in look.rows(view)}
    assert found == {(True, HIGH), (False, LOW)}
    assert all(row["size"] == abs(row["loading"]) for row in look.rows(view))


def test_many_components_have_no_numbers_and_many_columns_more_height():
    wide = loadings(group_frames.loadings(components=9, columns=20))
    assert not Look(wide).views("text")
    assert wide.to_dict()["height"] > loadings(group_frames.loadings()).to_dict()["height"]
