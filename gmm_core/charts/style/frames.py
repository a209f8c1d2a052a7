"""What of a frame goes to the browser: the columns drawn, the digits a screen shows, a bounded number of rows."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

ALTAIR_LIMIT = 5_000
"""Rows from which Altair's default data transformer refuses a frame."""

_LONG, _DIGITS = 500, 4
"""Longer frames are cut to 1e-4 of a column's span, a tenth of a pixel: half the bytes for the browser."""


def only(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The columns that a chart draws; in a long frame, floats rounded to what a screen can show.

    Parameters
    ----------
    frame : pandas.DataFrame
        A tidy frame; further columns are left behind.
    *columns : str
        The columns wanted, in this order.

    Returns
    -------
    pandas.DataFrame
        With a fresh index.

    Raises
    ------
    ValueError
        Where a column is missing: the sentence names it.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise ValueError(f"This chart needs the columns {', '.join(missing)}; the frame has: {there}.")
    chosen = frame.loc[:, list(columns)].reset_index(drop=True)
    if len(chosen) <= _LONG:
        return chosen
    floats = [name for name in columns if chosen[name].dtype.kind == "f"]
    return chosen.assign(**{name: _rounded(chosen[name]) for name in floats})


def thinned(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most `most` rows, evenly spaced from the first to the last."""
    if len(frame) <= most:
        return frame
    return frame.iloc[np.linspace(0, len(frame) - 1, most).round().astype(int)]


def data_of(frame: pd.DataFrame) -> pd.DataFrame | alt.InlineData:
    """The frame itself, or its rows where Altair would refuse the frame for its length."""
    return frame if len(frame) <= ALTAIR_LIMIT else inline(frame)


def inline(frame: pd.DataFrame) -> alt.InlineData:
    """The rows as plain values, which no data transformer touches; missing values become null."""
    values: list[Any] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return alt.InlineData(values=values)


def span(columns: Iterable[pd.Series], padding: float = 0.04) -> tuple[float, float]:
    """Smallest and largest finite value of some columns, with room on both sides.

    Parameters
    ----------
    columns : iterable of pandas.Series
        Columns of one axis.
    padding : float
        Room on each side, as a share of the range.

    Returns
    -------
    tuple of float
        Where all values agree, one unit of their size around them; (0, 1) for no values.
    """
    values = pd.concat([column.astype(float) for column in columns], ignore_index=True)
    finite = values[np.isfinite(values)]
    if finite.empty:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = padding * (high - low) if high > low else abs(low) or 1.0
    return low - room, high + room


def _rounded(column: pd.Series) -> pd.Series:
    finite = column[np.isfinite(column)]
    extent = float(finite.max() - finite.min()) if len(finite) else 0.0
    size = extent or (float(finite.abs().max()) if len(finite) else 0.0)
    return column.round(_DIGITS - int(np.floor(np.log10(size)))) if size else column
