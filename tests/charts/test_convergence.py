"""The climb of the log-likelihood."""

import pytest

from gmm_core.charts import convergence
from tests.charts import frames
from tests.charts.looking import Look


def test_the_axis_says_that_higher_is_better():
    assert Look(convergence(frames.trace())).axis("y")["title"] == "Log-likelihood (higher is better)"


def test_the_last_value_is_written_at_the_end_with_one_decimal():
    look = Look(convergence(frames.trace(12)))
    (text,) = look.views("text")
    assert look.rows(text) == [{"iteration": 12, "log_likelihood": pytest.approx(-1130.264 - 100 / 144)}]
    assert text["encoding"]["text"]["format"] == ",.1f"


def test_iterations_are_counted_in_whole_numbers():
    axis = Look(convergence(frames.trace(3))).axis("x")
    assert axis["format"] == ",d"
    assert axis["tickMinStep"] == 1


def test_a_long_climb_is_thinned_but_keeps_both_ends():
    look = Look(convergence(frames.trace(4_321)))
    (line,) = look.views("line")
    steps = [row["iteration"] for row in look.rows(line)]
    assert len(steps) == 500
    assert (steps[0], steps[-1]) == (1, 4_321)


def test_values_keep_their_digits_however_far_the_climb():
    trace = frames.trace(400).assign(log_likelihood=lambda frame: -1e7 / frame["iteration"] - 0.123)
    look = Look(convergence(trace))
    assert look.rows(look.views("text")[0])[0]["log_likelihood"] == pytest.approx(-1e7 / 400 - 0.123, abs=1e-6)


def test_a_single_iteration_will_do():
    low, high = Look(convergence(frames.trace(1))).domain("y")
    assert low < high
