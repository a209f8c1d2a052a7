"""Small histograms by group."""

import pytest

from gmm_core.charts import group_histograms
from gmm_core.charts.style import NOISE_COLOUR, PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


@pytest.fixture
def look():
    return Look(group_histograms(group_frames.group_bins(), x_title="income"))


def test_each_group_has_a_band_of_its_own_in_its_colour_and_noise_is_grey(look):
    behind, own = look.views("bar")
    assert own["encoding"]["color"]["scale"]["range"] == [*PALETTE[:2], NOISE_COLOUR]
    for row in look.rows(own):
        rank = ["A", "B", "noise"].index(row["group"])
        assert row["base"] == rank + 1
        assert rank < row["top_share"] < rank + 1
    assert behind["mark"]["tooltip"] is None
    assert look.texts() == {"A", "B", "✕"}


def test_within_a_band_both_kinds_of_bars_have_one_scale(look):
    behind, own = (look.rows(view) for view in look.views("bar"))
    overall, first = (1 - behind[0]["top_overall"]), 1 - own[0]["top_share"]
    assert overall / first == pytest.approx((1 / 5) / (1 / 15))


def test_bars_without_rows_are_left_out():
    bins = group_frames.group_bins().assign(share=lambda frame: frame["share"].where(frame["left"] > 3, 0.0))
    look = Look(group_histograms(bins, x_title="x"))
    assert len(look.rows(look.views("bar")[1])) == 9


def test_a_group_without_rows_has_an_empty_band():
    bins = group_frames.group_bins().assign(share=0.0, overall=0.0)
    look = Look(group_histograms(bins, x_title="x"))
    assert look.rows(look.views("bar")[1]) == []
