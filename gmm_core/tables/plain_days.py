"""Dates without a time of day as days, so that no table shows "00:00:00" beside them."""

import pandas as pd
import pyarrow as pa

DAY = pd.ArrowDtype(pa.date32())


def with_plain_days(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with ``day_columns`` as days: for showing, not for reckoning."""
    return frame.astype(dict.fromkeys(day_columns(frame), DAY))


def day_columns(frame: pd.DataFrame) -> list[str]:
    """Columns of dates, their names unique, none of whose cells has a time of day."""
    dates = frame.select_dtypes("datetime")
    return [name for name in dates.columns if (dates[name].isna() | (dates[name].dt.normalize() == dates[name])).all()]
