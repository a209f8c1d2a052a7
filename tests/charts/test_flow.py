"""The flow from the groups before to the groups now."""

import pytest

from gmm_core.charts import dimmed, flow, to_spec, with_names
from gmm_core.charts.style import PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


@pytest.fixture
def look():
    return Look(flow(group_frames.moved_bands(), group_frames.moved_blocks()))


def test_bands_have_the_colour_of_the_group_now_and_those_that_moved_stand_out(look):
    (bands,) = look.views("area")
    assert bands["encoding"]["fill"]["scale"] == {"domain": ["A", "B", "C"], "range": list(PALETTE[:3])}
    faint, full = bands["encoding"]["fillOpacity"]["scale"]["range"]
    assert faint < full / 2
    assert {row["stayed"] for row in look.rows(bands) if row["after"] == "C"} == {False}


def test_groups_before_are_grey_with_their_letters_and_groups_now_have_badges(look):
    before, now = look.views("rect")
    assert "color" not in before["encoding"]
    assert now["encoding"]["color"]["scale"]["range"] == list(PALETTE[:3])
    assert look.texts() == {"A", "B", "C", "Before", "Now"}


def test_groups_before_have_the_names_of_their_own_fit_whatever_groups_are_called_now():
    spec = with_names(
        to_spec(flow(group_frames.moved_bands(), group_frames.moved_blocks(), called={"A": "Loyal"})), {"A": "New"}
    )
    bands, before, *_ = spec["layer"]
    assert {row["was"] for row in spec["datasets"][bands["data"]["name"]]} >= {"A, Loyal"}
    assert [entry["field"] for entry in before["encoding"]["tooltip"]] == ["was", "rows"]
    assert "named_after" in {entry["field"] for entry in bands["encoding"]["tooltip"]}


def test_where_a_group_steps_back_its_bands_do_and_no_group_of_before_with_its_letter():
    spec = dimmed(to_spec(flow(group_frames.moved_bands(), group_frames.moved_blocks())), ["A"])
    bands, before, now, letters, *_ = (layer["encoding"].get("opacity") for layer in spec["layer"])
    assert "datum.after" in bands["condition"]["test"]
    assert "datum.group" in now["condition"]["test"]
    assert before is letters is None
