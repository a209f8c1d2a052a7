"""What of a frame is sent."""

import altair as alt
import numpy as np
import pandas as pd
import pytest

from gmm_core.charts import style


def test_only_the_columns_asked_for_are_kept():
    frame = pd.DataFrame({"a": [1], "b": [2], "c": [3]}, index=[7])
    assert style.only(frame, "c", "a").to_dict("records") == [{"c": 3, "a": 1}]
    assert list(style.only(frame, "a").index) == [0]


def test_missing_columns_are_named_together_with_those_there_are():
    with pytest.raises(ValueError, match=r"needs the columns y, z; the frame has: x\."):
        style.only(pd.DataFrame({"x": [1]}), "x", "y", "z")


def test_short_frames_keep_all_digits():
    values = np.linspace(0, np.pi, 100)
    assert (style.only(pd.DataFrame({"v": values}), "v")["v"] == values).all()


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_long_frames_are_cut_by_their_own_size(scale):
    values = scale * np.linspace(0, np.pi, 1_000)
    sent = style.only(pd.DataFrame({"v": values}), "v")["v"].to_numpy()
    assert 0 < np.abs(sent - values).max() <= 1e-4 * np.ptp(values)


def test_constant_and_missing_values_survive_in_long_frames():
    frame = pd.DataFrame({"zero": np.zeros(600), "same": np.full(600, np.pi), "gap": np.full(600, np.nan)})
    sent = style.only(frame, "zero", "same", "gap")
    assert (sent["zero"] == 0).all()
    assert np.allclose(sent["same"], np.pi, rtol=1e-4)
    assert sent["gap"].isna().all()


def test_thinning_is_even_and_keeps_both_ends():
    frame = pd.DataFrame({"row": range(1_001)})
    assert list(style.thinned(frame, 5)["row"]) == [0, 250, 500, 750, 1000]
    assert style.thinned(frame, 2_000) is frame


def test_frames_that_altair_refuses_are_sent_as_rows():
    small, large = (pd.DataFrame({"x": range(n)}) for n in (5_000, 5_001))
    assert style.data_of(small) is small
    assert isinstance(style.data_of(large), alt.InlineData)
    with pytest.raises(alt.MaxRowsError):
        alt.Chart(large).mark_point().encode(x="x:Q").to_dict()


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0.0, 10.0], (-0.4, 10.4)), ([5.0, 5.0], (0.0, 10.0)), ([0.0], (-1.0, 1.0)), ([], (0.0, 1.0))],
)
def test_an_axis_has_room_on_both_sides(values, expected):
    assert style.span([pd.Series(values, dtype=float)]) == pytest.approx(expected)


def test_an_axis_holds_several_columns_and_forgets_what_is_not_finite():
    columns = [pd.Series([1.0, np.inf]), pd.Series([np.nan, 3.0]), pd.Series([2])]
    assert style.span(columns, padding=0.0) == (1.0, 3.0)
