"""Marks on the axis of a transformed column."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.working_axis import MARKS, ticks_frame

NUMBERS = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-6)


def test_a_logarithms_marks_are_round_values_far_apart():
    frame = ticks_frame(TRANSFORMS["log"](), 1.2, 1_400)
    assert frame["text"].tolist() == ["2", "10", "100", "1,000"]
    np.testing.assert_allclose(frame["value"], np.log([2, 10, 100, 1_000]))


def test_many_are_told_in_millions_and_an_end_that_is_zero_stays():
    assert ticks_frame(TRANSFORMS["log1p"](), 0, 5.3e6)["text"].tolist() == ["0", "200", "30,000", "5M"]


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
