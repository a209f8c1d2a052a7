"""Bars of memberships."""

import pytest

from gmm_core.charts import memberships
from gmm_core.charts.style import PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


def bars(look):
    return look.rows(look.views("bar")[0])


def test_rows_keep_the_order_they_were_given_in():
    assert Look(memberships(group_frames.memberships(3))).domain("y") == ["Row 30", "Row 20", "Row 10"]


def test_parts_lie_end_to_end_in_the_order_of_the_letters():
    shuffled = group_frames.memberships(4, 3).sample(frac=1, random_state=1)
    for row in {row["name"] for row in bars(Look(memberships(shuffled)))}:
        parts = [part for part in bars(Look(memberships(shuffled))) if part["name"] == row]
        parts.sort(key=lambda part: part["component"])
        assert [part["start"] for part in parts] == pytest.approx([0.0, *(part["end"] for part in parts[:-1])])
        assert parts[-1]["end"] == pytest.approx(1.0)


def test_colours_follow_the_letters():
    (view,) = Look(memberships(group_frames.memberships(2, 3))).views("bar")
    assert view["encoding"]["color"]["scale"] == {"domain": ["A", "B", "C"], "range": list(PALETTE[:3])}


def test_wide_parts_carry_letter_and_share_and_slivers_nothing():
    frame = group_frames.memberships(1, 3).assign(responsibility=[0.8, 0.15, 0.05])
    look = Look(memberships(frame))
    assert look.texts() == {"A  80\u00a0%", "B"}


def test_a_share_short_of_all_is_not_called_all():
    frame = group_frames.memberships(1, 2).assign(responsibility=[0.99996, 0.00004])
    assert "A  > 99.9\u00a0%" in Look(memberships(frame)).texts()


def test_names_stand_in_place_of_numbers_and_twins_get_both():
    frame = group_frames.memberships(4, 2)
    frame["label"] = ["Ada [x]:y", "Ada [x]:y", "Bo", "Bo", "Bo", "Bo", "", ""]
    names = Look(memberships(frame)).domain("y")
    assert names == ["Ada [x]:y", "Bo (row 30)", "Bo (row 20)", "Row 10"]


def test_height_follows_from_the_rows_and_forty_are_drawn_at_most():
    few, many = (memberships(group_frames.memberships(rows)).to_dict()["height"] for rows in (3, 40))
    assert many - few == 37 * 28
    assert len(Look(memberships(group_frames.memberships(300))).domain("y")) == 40


def test_a_group_beyond_the_alphabet_and_the_noise_have_their_place():
    frame = group_frames.memberships(1, 3).assign(component=["noise", "AA", "Z"])
    (view,) = Look(memberships(frame)).views("bar")
    assert view["encoding"]["color"]["scale"]["domain"] == ["Z", "AA", "noise"]


def test_one_group_will_do():
    assert Look(memberships(group_frames.memberships(1, 1))).texts() == {"A  100\u00a0%"}
