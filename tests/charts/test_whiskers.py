"""One parameter of each group, with its interval."""

import pytest

from gmm_core.charts import whiskers
from gmm_core.charts.style import PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


@pytest.fixture
def look():
    return Look(whiskers(group_frames.intervals(), x_title="income"))


def test_a_row_a_group_in_its_colour_with_its_letter(look):
    (line,) = look.views("rule")
    assert [(row["low"], row["high"], row["y"]) for row in look.rows(line)] == [(-1, 1, 0), (8, 12, 1), (17, 23, 2)]
    assert line["encoding"]["color"]["scale"]["range"] == list(PALETTE[:3])
    assert look.texts() == {"A", "B", "C"}


def test_the_axis_holds_every_interval(look):
    low, high = look.domain("x")
    assert low < -1
    assert high > 23


def test_the_first_group_stands_on_top(look):
    first, last = look.domain("y")
    assert first > last


def test_it_grows_with_the_number_of_groups():
    heights = [whiskers(group_frames.intervals(k), x_title="x").to_dict()["height"] for k in (1, 2, 9)]
    assert heights == sorted(set(heights))


def test_shares_are_read_in_per_cent():
    shares = group_frames.intervals(2).assign(estimate=[0.25, 0.75], low=[0.2, 0.7], high=[0.3, 0.8])
    look = Look(whiskers(shares, x_title="Share", shares=True))
    (line,) = look.views("rule")
    assert look.rows(line)[0]["x_text"] == "25\u00a0%"
    assert "%" in look.axis("x")["labelExpr"]
