"""Dates are shown without a time of day where they have none."""

import pandas as pd

from gmm_core.tables.plain_days import day_columns, with_plain_days


def test_days_lose_their_midnight_and_moments_keep_their_time():
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-03-01", None]),
            "moment": pd.to_datetime(["2024-03-01 10:30", "2024-03-02 00:00"]),
            "x": [1.5, 2.5],
        }
    )
    assert day_columns(frame) == ["day"]
    shown = with_plain_days(frame).astype(str)
    assert shown["day"].iloc[0] == "2024-03-01"
    assert shown["moment"].iloc[0] == "2024-03-01 10:30:00"
    assert with_plain_days(frame)["x"].tolist() == [1.5, 2.5]
    assert day_columns(frame) == ["day"], "the frame itself stays"
