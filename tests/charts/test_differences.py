"""The heat map of differences."""

import pytest

from gmm_core.charts import differences
from gmm_core.charts.style import HIGH, LOW, PALETTE, contrast
from tests.charts import group_frames
from tests.charts.looking import Look


def test_colours_run_both_ways_from_none():
    look = Look(differences(group_frames.unlike()))
    (cells,) = look.views("rect")
    assert cells["encoding"]["fill"]["scale"] == {"domain": [False, True], "range": [LOW, HIGH]}
    assert [(row["high"], row["size"]) for row in look.rows(cells)][:3] == [
        (False, pytest.approx(1 / 3)),
        (False, 0),
        (True, pytest.approx(1 / 3)),
    ]


@pytest.mark.parametrize("background", ["#ffffff", "#0e1117"])
def test_both_colours_stand_out_in_both_themes(background):
    assert min(contrast(HIGH, background), contrast(LOW, background)) > 3


def test_columns_stand_below_each_other_under_the_groups_badges():
    look = Look(differences(group_frames.unlike()))
    assert look.domain("y")[1:] == ["column 0", "column 1"]
    assert look.domain("x") == ["A", "B", "C"]
    (badges,) = look.views("point")
    assert badges["encoding"]["color"]["scale"]["range"] == list(PALETTE[:3])
    assert {"A", "B", "C", "1,234 ▲"} == look.texts()


def test_it_grows_with_the_columns_and_many_groups_leave_the_words_out():
    assert (
        Look(differences(group_frames.unlike(2, 9))).spec["height"]
        > Look(differences(group_frames.unlike(2, 3))).spec["height"]
    )
    assert "1,234 ▲" not in Look(differences(group_frames.unlike(10))).texts()


def test_badges_have_room_for_the_names_of_merged_groups_and_noise():
    cells = group_frames.unlike(3, 1).assign(group=["A+C", "AB", "noise"])
    assert {"A+", "AB", "✕"} < Look(differences(cells)).texts()
