"""The histogram with its groups and their mixture."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.charts import histogram
from gmm_core.charts.style import PALETTE
from tests.charts import frames
from tests.charts.looking import Look


def draw(bins=None, curves=None, **changes):
    bins = frames.bins() if bins is None else bins
    curves = frames.curves() if curves is None else curves
    return Look(histogram(bins, curves, **{"x_title": "duration", **changes}))


def badge_rows(look):
    return look.rows(next(view for view in look.views("point") if view["mark"].get("shape") == "circle"))


def test_every_group_has_a_badge_with_its_letter_in_its_colour():
    look = draw(curves=frames.curves(3))
    assert [row["component"] for row in badge_rows(look)] == ["A", "B", "C"]
    disc = next(view for view in look.views("point") if view["mark"].get("shape") == "circle")
    assert disc["encoding"]["color"]["scale"] == {"domain": ["A", "B", "C"], "range": list(PALETTE[:3])}


def test_a_badge_sits_on_its_own_curve():
    curves = frames.curves()
    for badge in badge_rows(draw(curves=curves)):
        mine = curves[curves["component"] == badge["component"]]
        assert np.interp(badge["x"], mine["x"], mine["density"]) == pytest.approx(badge["y"], rel=1e-6)


def test_badges_of_groups_with_one_centre_keep_apart():
    x = np.linspace(-6, 6, 241)
    wide, narrow = (np.exp(-0.5 * (x / s) ** 2) / s for s in (2.0, 0.5))
    shares = {"A": wide, "B": narrow, "mixture": wide + narrow}
    curves = pd.concat(
        [pd.DataFrame({"x": x, "density": density, "component": name}) for name, density in shares.items()]
    )
    first, second = badge_rows(draw(curves=curves))
    assert abs(first["x"] - second["x"]) > 0.3


def test_the_mixture_lies_behind_the_groups_and_is_broader():
    look = draw()
    mixture, groups = look.views("line")
    assert "color" not in mixture["encoding"]
    assert mixture["mark"]["strokeWidth"] > 2 * groups["mark"]["strokeWidth"]


def test_the_mixture_is_named_in_the_plot_unless_it_is_the_only_group():
    assert "mixture" in draw(curves=frames.curves(2)).texts()
    assert "mixture" not in draw(curves=frames.curves(1)).texts()


def test_areas_of_groups_are_not_stacked():
    # Vega-Lite stacks coloured areas unless told otherwise; the curves already add up to the mixture.
    (area,) = draw().views("area")
    assert area["encoding"]["y"]["stack"] is None
    assert area["mark"]["opacity"] <= 0.08


def test_a_curve_next_to_nothing_doesnt_paint_over_the_base_line():
    look = draw(curves=frames.curves(2, low=-30, high=30))
    groups = look.views("line")[1]
    assert max(abs(row["x"]) for row in look.rows(groups)) < 10


def test_bars_start_at_zero():
    assert draw().domain("y")[0] == 0


def test_up_to_a_hundred_rows_stand_as_ticks_below():
    look = draw(rug=frames.points(100))
    (ticks,) = look.views("tick")
    assert len(look.rows(ticks)) == 100
    assert look.domain("y")[0] < 0
    assert [line["title"] for line in ticks["encoding"]["tooltip"]] == ["Row", "duration", "Group", "Certainty"]


def test_more_rows_have_no_ticks():
    look = draw(rug=frames.points(101))
    assert not look.views("tick")
    assert look.domain("y")[0] == 0


def test_one_group_and_a_single_bar_will_do():
    look = draw(frames.bins(0, 1, 1), frames.curves(1), rug=frames.points(8, 1))
    assert len(look.rows(look.views("bar")[0])) == 1


def test_the_axis_holds_bins_and_curves():
    low, high = draw(frames.bins(-20, 3), frames.curves(low=-4, high=30)).domain("x")
    assert low <= -20
    assert high >= 30
