"""Tooltips: what a person asks of a mark, with the table's own column names as titles."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from gmm_core.charts.style.axes import plain
from gmm_core.charts.style.numbers import value_format

TAKEN_BY_VEGA = ("title", "image")
"""Titles that Vega's tooltip shows as a heading or loads as a picture; with a mark without width they are plain."""

_NO_WIDTH = "\u200b"


def lines(entries: Sequence[tuple[str, str, str | None]]) -> list[alt.Tooltip]:
    """Tooltip lines in order.

    Parameters
    ----------
    entries : sequence of (field, title, format)
        The field with its type ("x:Q"), its title, and a d3 format or None for text. A title that is taken already
        gets a number: Vega keeps only one of two lines with one title.

    Returns
    -------
    list of altair.Tooltip
    """
    taken: list[str] = []
    for _, title, _ in entries:
        taken.append(_free(_tame(plain(title)), taken))
    return [_line(field, title, form) for (field, _, form), title in zip(entries, taken, strict=True)]


def numbered(values: pd.Series, field: str, title: str) -> tuple[str, str, str | None]:
    """Entry for `lines` with the digits that the column deserves."""
    return f"{field}:Q", title, value_format(values)


def _line(field: str, title: str, form: str | None) -> alt.Tooltip:
    return alt.Tooltip(field, title=title) if form is None else alt.Tooltip(field, title=title, format=form)


def _tame(title: str) -> str:
    return title + _NO_WIDTH if title in TAKEN_BY_VEGA else title


def _free(title: str, taken: Sequence[str]) -> str:
    number = 2
    candidate = title
    while candidate in taken:
        candidate, number = f"{title} ({number})", number + 1
    return candidate
