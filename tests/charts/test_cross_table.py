"""The cross table as a heat map."""

import pytest

from gmm_core.charts import cross_table
from gmm_core.charts.style import PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


def test_every_group_has_its_colour_and_stands_in_the_order_given():
    look = Look(cross_table(group_frames.crossed(), x_title="species"))
    fills = look.views("rect")[0]["encoding"]["fill"]["scale"]
    assert fills == {"domain": ["A", "B", "C"], "range": list(PALETTE[:3])}
    assert look.domain("y") == ["A", "B", "C"]
    assert look.domain("x") == ["label 0", "label 1", "label 2", "label 3"]


def test_groups_of_any_name_take_the_colours_of_their_signs():
    frame = group_frames.crossed().assign(sign=lambda frame: frame["group"]).replace({"group": {"A": "setosa [k$]"}})
    look = Look(cross_table(frame, x_title="Class told", y_title="True class"))
    assert look.views("rect")[0]["encoding"]["fill"]["scale"] == {"domain": ["A", "B", "C"], "range": list(PALETTE[:3])}
    assert look.domain("y") == ["setosa [k$]", "B", "C"]
    assert "Of the true class" in str(look.views("rect")[0]["encoding"]["tooltip"])


def test_empty_cells_stay_empty():
    frame = group_frames.crossed()
    look = Look(cross_table(frame, x_title="species"))
    (text,) = look.views("text")
    assert [row["count"] for row in look.rows(text)] == frame.loc[frame["count"] > 0, "count"].tolist()


def test_a_frame_stands_around_the_label_that_a_group_goes_with():
    look = Look(cross_table(group_frames.crossed(), x_title="species"))
    framed = look.rows(look.views("rect")[1])
    assert [(row["group"], row["label"]) for row in framed] == [("A", "label 0"), ("B", "label 1"), ("C", "label 2")]


@pytest.mark.parametrize(("groups", "labels"), [(1, 1), (2, 2), (20, 20)])
def test_it_grows_with_the_groups_and_long_labels_lean_and_are_cut(groups, labels):
    frame = group_frames.crossed(groups, labels)
    long = frame.assign(label=frame["label"] + " with a name that goes on and on")
    short, leaning = (Look(cross_table(each, x_title="species")) for each in (frame, long))
    assert leaning.axis("x")["labelLimit"] == 110
    assert leaning.axis("x")["labelAngle"] == (-35 if labels > 1 else 0)
    assert short.axis("x")["labelAngle"] == (-35 if labels == 20 else 0)
    assert short.spec["height"] >= 24 * groups


@pytest.mark.parametrize(("divisor", "form"), [(1, ",.0f"), (7, ",.1f"), (1e4, ",.4f")])
def test_shares_of_weights_keep_their_digits_and_whole_counts_have_none(divisor, form):
    frame = group_frames.crossed().assign(count=lambda frame: frame["count"] / divisor)
    assert Look(cross_table(frame, x_title="x")).views("text")[0]["encoding"]["text"]["format"] == form
