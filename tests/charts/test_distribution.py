"""The small histogram of one column."""

import json

import pandas as pd
import pytest
import vl_convert

from gmm_core.charts import distribution
from gmm_core.charts.style import ACCENT, NEUTRAL
from tests.charts import frames
from tests.charts.looking import Look


def test_bars_stand_on_all_of_the_axis_and_are_grey_while_not_in_use():
    bars = frames.bins()
    look = Look(distribution(bars))
    assert look.domain("x") == [bars["left"].min(), bars["right"].max()]
    assert look.views("bar")[0]["mark"]["color"] == ACCENT
    assert Look(distribution(bars, quiet=True)).views("bar")[0]["mark"]["color"] == NEUTRAL


@pytest.mark.parametrize("texts", [["5"], ["1", "20"], ["1", "4", "20", "300"]])
def test_every_mark_carries_its_own_text(texts):
    ticks = pd.DataFrame({"value": [-1.0, 0.5, 2.0, 5.0][: len(texts)], "text": texts})
    svg = vl_convert.vegalite_to_svg(json.loads(distribution(frames.bins(), ticks=ticks, width=300).to_json()))
    places = [svg.index(f">{text}</text>") for text in texts]
    assert places == sorted(places)


def test_no_bar_is_drawn_for_no_values():
    assert Look(distribution(frames.bins().head(0))).spec["layer"]
