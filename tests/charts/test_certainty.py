"""The histogram of certainty."""

from gmm_core.charts import certainty
from gmm_core.charts.style import PALETTE
from tests.charts import frames
from tests.charts.looking import Look


def draw(**changes):
    return Look(certainty(frames.certainty_bins(), **changes))


def test_a_bar_is_parted_by_group_and_paler_from_the_threshold():
    look = draw(threshold=0.8)
    (bars,) = look.views("bar")
    encoding = bars["encoding"]
    assert encoding["color"]["scale"] == {"domain": ["A", "B"], "range": list(PALETTE[:2])}
    assert any(each.get("stack") == "count" for each in bars["transform"])
    assert [encoding[end]["field"] for end in ("y", "y2")] == ["base", "top"]
    assert encoding["fillOpacity"]["condition"][0] == {"test": "(datum.left + datum.right) / 2 < 0.8", "value": 1}
    assert encoding["fillOpacity"]["value"] < 0.5
    assert sum(row["count"] for row in look.rows(bars)) == 272


def test_the_rule_stands_at_the_threshold_and_says_what_it_is():
    look = draw(threshold=0.8, note="9 rows below")
    (rule,) = look.views("rule")
    assert [row["threshold"] for row in look.rows(rule)] == [0.8]
    assert "80\u00a0%: 9 rows below" in look.texts()


def test_without_a_threshold_there_is_no_rule_and_no_row_is_unsure():
    look = draw()
    assert not look.views("rule")
    assert "< 0.0" in str(look.views("bar")[0]["encoding"]["fillOpacity"])


def test_low_bars_can_be_read_by_their_number():
    look = draw()
    (counts,) = look.views("text")
    assert [row["count"] for row in look.rows(counts)] == [1, 2, 1, 3, 2, 5, 8, 20, 230]


def test_many_bars_carry_no_numbers():
    bins = frames.bins(0.3, 1.0, 30).assign(count=range(30), component="A")
    assert not Look(certainty(bins)).views("text")


def test_the_axis_is_in_percent_and_counts_are_whole():
    look = draw()
    assert "'\u00a0%'" in look.axis("x")["labelExpr"]
    assert look.axis("y")["values"] == [0, 20, 50, 100, 200]


def test_bins_without_rows_are_no_error():
    low, high = Look(certainty(frames.certainty_bins().assign(count=0))).domain("y")
    assert (low, high) == (0, 1.25)
