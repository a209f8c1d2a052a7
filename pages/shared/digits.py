"""Digits for tables on screen; downloads keep them all."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from pages.shared.wording import number, share, size

if TYPE_CHECKING:
    import pandas as pd

MOST_STYLED = 20_000
"""Cells up to which numbers are written out with their trailing zeros; more would slow the page."""

MOST_DECIMALS = 20
"""Beyond a few a number is written with a power of ten, so these are not seen."""


def decimals_for(spread: float) -> int:
    """Decimals that show three significant digits of a spread, between 0 and ``MOST_DECIMALS``."""
    if not (math.isfinite(spread) and spread > 0):
        return 2
    return min(max(2 - math.floor(math.log10(spread)), 0), MOST_DECIMALS)


def with_shares(frame: pd.DataFrame, names: Collection[str]) -> Any:
    """What ``st.dataframe`` shows: these columns as shares by the rule of the charts, the others as they are."""
    return written(frame, dict.fromkeys(names, share))


def written(frame: pd.DataFrame, how: Mapping[str, Callable[[Any], str]]) -> Any:
    """What ``st.dataframe`` shows: some columns written so, which it still sorts as numbers; the others as they are.

    A frame of more than ``MOST_STYLED`` cells comes back as it is, for the browser to format.
    """
    from gmm_core.tables.plain_days import with_plain_days

    frame = with_plain_days(frame)
    if frame.size > MOST_STYLED:
        return frame
    formats: dict[Any, Any] = {name: how.get(name, str) for name in frame.columns}
    return frame.style.format(formats, na_rep="")


def for_the_eye(frame: pd.DataFrame, decimals: Mapping[str, int | list[int]]) -> Any:
    """What ``st.dataframe`` shows: these columns with so many decimals, or so many a row, and thousands apart.

    What is too small for its decimals says so in a column without negative numbers.
    """
    from gmm_core.tables.plain_days import with_plain_days

    frame = with_plain_days(frame)
    if frame.size > MOST_STYLED:
        return frame.round({name: _most(places) for name, places in decimals.items()})
    as_written = dict.fromkeys(frame.select_dtypes("float").columns, "{:.12g}")
    forms: dict[Any, Any] = {**as_written, **{name: _form(frame[name], _most(n)) for name, n in decimals.items()}}
    styled = frame.style.format(forms, na_rep="")
    for name, places in decimals.items():
        own = places if isinstance(places, list) else []
        for each in set(own) - {_most(places)}:  # the column has that already, and each call takes long
            rows = [label for label, n in zip(frame.index, own, strict=True) if n == each]
            styled = styled.format(_form(frame[name], each), na_rep="", subset=(rows, [name]))
    return styled


def _form(values: pd.Series[Any], decimals: int) -> Callable[[Any], str]:
    if bool((values < 0).any()):
        return partial(number, spread=10.0 ** (2 - decimals))
    return partial(size, decimals=decimals)


def _most(places: int | list[int]) -> int:
    return max(places, default=0) if isinstance(places, list) else places
