"""How numbers read."""

import pandas as pd
import pytest

from gmm_core.charts import style


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0\u00a0%"),
        (1e-48, "< 0.1\u00a0%"),
        (0.00049, "< 0.1\u00a0%"),
        (0.004, "0.4\u00a0%"),
        (0.0956, "9.6\u00a0%"),
        (0.1, "10\u00a0%"),
        (0.356, "36\u00a0%"),
        (0.95, "95\u00a0%"),
        (0.0996, "10\u00a0%"),
        (0.9949, "99\u00a0%"),
        (0.9951, "99.5\u00a0%"),
        (0.99996, "> 99.9\u00a0%"),
        (1.0, "100\u00a0%"),
        (1 - 2e-16, "100\u00a0%"),
    ],
)
def test_a_share_has_no_decimals_from_ten_percent_and_never_becomes_all_or_nothing_by_rounding(share, text):
    assert style.percent(share) == text


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ([54.0, 79.0, 43.0], ",.0f"),
        ([1.8, 3.6, 4.5], ",.2f"),
        ([51.25, 79.5, 96.0], ",.1f"),
        ([1000.5, 2500.0, 4000.0], ",.0f"),
        ([1e9 + 0.01, 1e9 + 0.05, 1e9], ",.4f"),
        ([1.2e-7, 3.4e-7], ".2e"),
        ([7.5, 7.5], ",.2f"),
        ([float("nan"), 1.5, 2.5], ",.3f"),
        ([], ",.0f"),
    ],
)
def test_values_show_three_digits_against_their_spread(values, chosen):
    assert style.value_format(pd.Series(values, dtype=float)) == chosen


@pytest.mark.parametrize(
    ("low", "high", "chosen"),
    [(0, 100, ""), (-5, 5e5, ""), (0, 2.5e6, "~s"), (-4e6, 0, "~s"), (0, 5e-4, "~e"), (0, 1e16, "~e"), (0, 0, "")],
)
def test_long_tick_labels_are_shortened(low, high, chosen):
    assert style.axis_format(low, high) == chosen
