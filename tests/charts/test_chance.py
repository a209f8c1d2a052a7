"""The statistics of replicates, with the observed one marked."""

import pytest

from gmm_core.charts import chance
from tests.charts import frames
from tests.charts.looking import Look


@pytest.mark.parametrize("observed", [-5.0, 7.0, 300.0])
def test_the_axis_holds_the_replicates_and_what_was_observed(observed):
    look = Look(chance(frames.statistics(), observed=observed, x_title="Rise"))
    low, high = look.domain("x")
    assert low < min(0.0, observed)
    assert high > max(20.0, observed)
    (rule,) = look.views("rule")
    assert look.rows(rule)[0]["observed"] == observed


@pytest.mark.parametrize(("observed", "side"), [(1.0, "left"), (60.0, "right")])
def test_the_words_at_the_rule_keep_inside_the_plot(observed, side):
    look = Look(chance(frames.statistics(), observed=observed, x_title="Rise", note="p = 0.01"))
    assert look.texts() == {"p = 0.01"}
    assert {view["mark"]["align"] for view in look.views("text")} == {side}
