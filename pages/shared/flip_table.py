"""The borderline rows, and the smallest change of one column that would flip each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared import downloads, on_screen, tagging
from pages.shared.digits import written
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.tables import clear_of, with_cells
from pages.shared.wording import counted, escaped, number, share, size

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.feature_matrix import FeatureMatrix

MOST_SHOWN = 100
"""Borderline rows on screen."""

MOST_IN_FILE = 10_000
"""Borderline rows in the file, a line for each of its columns."""

CHANGE = "what would flip it"
NO_FLIP = "no change of one column alone"
_TOLD = ["becomes", "column", "now", "flips at"]

FINE = 30
"""Digits are fitted to at most so many times the change, so that it shows however small it is."""

_FORMATS: dict[str, Any] = {
    "spreads": st.column_config.Column(help="How large the change is, in standard deviations of all rows"),
    CHANGE: st.column_config.TextColumn(width=300),
}


def section(fitted: Fitted, cut: float, n_unsure: int) -> None:
    """The rows below the threshold, the least certain first."""
    if not n_unsure:
        return
    st.subheader("Borderline rows, and what would flip them", anchor=False)
    shown = _on_screen(fitted, flips(fitted, cut, MOST_SHOWN))
    clear = clear_of(fitted.workspace.table.frame, ["certainty", *_FORMATS])
    on_screen.table(
        written(shown, {clear["certainty"]: share, clear["spreads"]: partial(size, decimals=3)}),
        key="unsure-flips",
        alt="Borderline rows, and what would flip each",
        column_config={clear[name]: each for name, each in _FORMATS.items()},
        hide_index=True,
    )
    st.caption(_caption(n_unsure))
    n = min(n_unsure, MOST_IN_FILE)
    label = f"Download what would flip {counted(n, 'row')}, in every column"
    downloads.button(lambda: flips(fitted, cut, MOST_IN_FILE), "borderline rows", "unsure-flips-csv", label)


def _caption(n_unsure: int) -> str:
    some = f"The {MOST_SHOWN} least certain of {n_unsure:,} rows. " if n_unsure > MOST_SHOWN else ""
    return (
        f"{some}Each with the smallest change of one column, the others as they are, that makes another group as "
        "likely as its own; in columns of whole numbers, the next whole number. Only values between the table's lowest "
        "and highest are looked at."
    )


def flips(fitted: Fitted, cut: float, most: int) -> pd.DataFrame:
    """What would flip the least certain rows, a line a row and column, the smallest change of a row first."""
    from gmm_core.model.certainty import least_certain

    def make() -> pd.DataFrame:
        return flips_at(fitted, fitted.features, fitted.memberships, least_certain(fitted.certainty, cut, most))

    frame: pd.DataFrame = kept("flips", 16, f"{fitted.rows_key}|{cut}|{most}", make)
    return frame


def flips_at(fitted: Fitted, features: FeatureMatrix, memberships: Any, positions: Any) -> pd.DataFrame:
    """What would flip the rows at these positions of some features."""
    from gmm_core.tables.flips import flips_frame

    some = replace(
        features,
        values=features.values[positions],
        table_values=features.table_values[positions],
        rows=features.rows[positions],
    )
    groups = None if fitted.workspace.n_clusters is None else fitted.merged
    own = fitted.features
    return flips_frame(
        some, fitted.fit.mixture, own.working_range, memberships[positions], fitted.names, groups, own.whole
    )


def told(fitted: Fitted, smallest: pd.Series[Any]) -> str:
    """What would flip one row, in a sentence of Markdown, from its first line."""
    if not smallest["becomes"]:
        return "No change of one column alone would flip it."
    change = escaped(_in_words(fitted, smallest["column"], smallest["now"], smallest["flips at"]))
    reach = smallest["spreads"]
    far = size(reach, 3) if reach < 0.001 else f"{reach:.2g}"
    return f"It would flip to {smallest['becomes']} with {change} ({far} spreads)."


def told_each(fitted: Fitted, positions: Any) -> str:
    """What would flip each of some fitted rows, as a list in Markdown."""
    frame = flips_at(fitted, fitted.features, fitted.memberships, positions)
    lines = (line for _, line in frame.iloc[:: len(fitted.features.columns)].iterrows())
    return "\n".join(f"- Row {line['row']}: {told(fitted, line)}" for line in lines)


def _in_words(fitted: Fitted, column: str, now: float, at: float) -> str:
    """A change: "petal_width 1.66 instead of 1.60", with digits enough to see it."""
    j = fitted.features.columns.index(column)
    if fitted.features.whole[j] and now.is_integer() and at.is_integer():
        return f"{column} {at:,.0f} instead of {now:,.0f}"
    spread = float(fitted.spreads[j])
    fine = min(spread, FINE * abs(at - now)) or spread
    return f"{column} {number(at, fine)} instead of {number(now, fine)}"


def _on_screen(fitted: Fitted, frame: pd.DataFrame) -> pd.DataFrame:
    """A line a row, with the smallest change in words, and its cells."""
    smallest = frame.iloc[:: len(fitted.features.columns)].reset_index(drop=True)
    changes = [
        _in_words(fitted, column, now, at) if becomes else NO_FLIP
        for becomes, column, now, at in zip(*(smallest[name] for name in _TOLD), strict=True)
    ]
    shown = smallest[["row", "group", "certainty", "spreads", "becomes"]].copy()
    shown.insert(3, CHANGE, changes)
    return with_cells(fitted.workspace, tagging.with_names(fitted, shown), smallest["row"] - 1)
