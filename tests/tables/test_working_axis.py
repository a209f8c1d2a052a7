"""Marks on the axis of a transformed column."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.working_axis import MARKS, ticks_frame

NUMBERS = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-6)


def marks(kind, *values):
    transform = TRANSFORMS[kind].fit(np.array(values, float))
    return ticks_frame(transform, min(values), max(values))["text"].tolist()


def test_a_logarithms_marks_are_round_values_far_apart():
    frame = ticks_frame(TRANSFORMS["log"](), 1.2, 1_400)
    assert frame["text"].tolist() == ["10", "30", "100", "300", "1,000"]
    np.testing.assert_allclose(frame["value"], np.log([10, 30, 100, 300, 1_000]))
    assert marks("log", 52, 98_773) == ["100", "1,000", "10,000"]
    assert marks("log", 3, 40) == ["5", "10", "20"]


@pytest.mark.parametrize("low", [1.0, 1.7, 3.0, 7.0, 27.0])
@pytest.mark.parametrize("decades", [1.0, 1.5, 2.2, 3.0, 6.5])
def test_no_end_of_a_logarithms_axis_has_an_odd_mark(low, decades):
    """Marks go on by the same steps or factors from end to end: 5, 10, 15 or 1, 3, 10, 30, never 2, 20, 200, 900."""
    found = np.exp(ticks_frame(TRANSFORMS["log"](), low, low * 10**decades)["value"].to_numpy())
    first_digits = {f"{value:e}"[0] for value in found}
    assert np.ptp(np.diff(found)) < 1e-9 * found[-1] or first_digits in ({"1"}, {"1", "3"}, {"1", "2", "5"})
    assert found[0] / low < 10 ** (0.58 * decades)


def test_narrow_ranges_have_marks_evenly_apart():
    assert marks("log", 20.3, 79.7) == ["30", "50", "70"]
    assert marks("sqrt", 1_234_567, 1_234_590) == ["1.23457M", "1.234575M", "1.23458M", "1.234585M", "1.23459M"]


def test_a_range_that_is_three_steps_but_for_rounding_has_marks_too():
    assert 0.3 / 3 < 0.1  # and yet its logarithm is -1
    assert marks("sqrt", 0, 0.3) == ["0", "0.1", "0.2", "0.3"]
    assert marks("log", 0.3, 0.6)[0] == "0.3"


def test_a_range_that_a_transform_makes_one_place_has_one_mark():
    assert ticks_frame(TRANSFORMS["yeo-johnson"](-5.0), 1e6, 2e6)["text"].tolist() == ["1M"]


def test_a_bent_axis_has_marks_all_along():
    found = marks("yeo-johnson", *np.linspace(22_000, 79_000, 200), 999_999)
    assert found == ["50,000", "100,000", "200,000", "500,000"]


def test_a_range_on_both_sides_of_zero_has_round_marks_too():
    assert marks("yeo-johnson", -35, *range(5, 900, 5), 1_100) == ["0", "500", "1,000"]
    assert marks("yeo-johnson", *np.arange(-3_300, 2_400, 100)) == ["-2,000", "0", "2,000"]


def test_many_are_told_in_millions_and_an_end_that_is_zero_stays():
    assert ticks_frame(TRANSFORMS["log1p"](), 0, 5.3e6)["text"].tolist() == ["0", "10", "1,000", "100,000"]


@settings(max_examples=60)
@given(
    kind=st.sampled_from(list(TRANSFORMS.values())),
    x=st.lists(NUMBERS, min_size=2, max_size=20, unique=True),
)
def test_marks_are_few_rise_and_lie_within_the_values(kind, x):
    values = np.array(x)
    taken = values[~kind.refused(values)]
    assume(len(taken) > 1)
    transform = kind.fit(taken)
    frame = ticks_frame(transform, taken.min(), taken.max())
    assert len(frame) <= MARKS
    assert frame["value"].is_monotonic_increasing
    assert frame["text"].is_unique
    low, high = transform.forward(np.array([taken.min(), taken.max()]))
    assert frame["value"].between(low, high).all()
    assert np.isfinite(frame["value"]).all()
