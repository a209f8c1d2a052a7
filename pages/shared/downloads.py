"""Tables with their download: every number on screen can be taken along as CSV, with more digits than are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared import controls, on_screen, session
from pages.shared.digits import for_the_eye
from pages.shared.tags import SEGMENT

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.selecting import Rows

MOST_SHOWN = 1_000
"""Rows of the table on screen where there may be many; the file has all."""


def table(
    frame: pd.DataFrame,
    name: str,
    key: str,
    alt: str,
    decimals: Mapping[str, int | list[int]],
    notes: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """A table with these columns rounded for the eye, notes on what columns are, and their download below."""
    columns = {column: st.column_config.Column(help=note) for column, note in notes.items()}
    columns |= {SEGMENT: st.column_config.Column(width="medium")} if SEGMENT in frame.columns else {}
    on_screen.table(for_the_eye(frame, decimals), hide_index=True, key=key, alt=alt, column_config=columns or None)
    button(lambda: frame, name, f"{key}-csv")


def rows(
    make: Callable[[Rows], pd.DataFrame],
    places: Rows,
    name: str,
    key: str,
    alt: str,
    written: Callable[[pd.DataFrame], Any] = lambda frame: for_the_eye(frame, {}),
) -> None:
    """A table of the first of many rows, which ``make`` makes of those at some places, and a download of all."""
    on_screen.table(written(make(places[:MOST_SHOWN])), hide_index=True, key=key, alt=alt)
    if len(places) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN:,} of {len(places):,} rows; the file has all.")
    button(lambda: make(places), name, f"{key}-csv")


def counts(frame: pd.DataFrame, name: str, key: str, alt: str) -> None:
    """A table of numbers of rows; sums of weights have one decimal."""
    numbers = frame.select_dtypes("number")
    decimals = int((numbers % 1 > 0).any(axis=None))
    table(frame, name, key, alt, dict.fromkeys(numbers.columns, decimals))


def button(
    make: Callable[[], pd.DataFrame],
    name: str,
    key: str,
    label: str = "Download CSV",
    own: Collection[str] | None = None,
) -> None:
    """A download of all rows, built when it is clicked, and how such files are written, for all downloads alike.

    ``own`` names columns that are a table's own and keep all their digits; by default those of the loaded one.
    """
    from gmm_core.tables.export import CSV_STYLES, to_csv
    from gmm_core.tables.written_digits import sensible

    style = CSV_STYLES[session.csv_style()]
    exact = set(session.workspace().table.frame.columns if own is None else own)
    with st.container(horizontal=True, vertical_alignment="center", key=f"download-{key}"):
        st.download_button(
            label,
            data=lambda: to_csv(sensible(make(), exact), style),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=key,
            icon=":material/download:",
            on_click="ignore",
        )
        controls.csv_style(f"{key}-style")
