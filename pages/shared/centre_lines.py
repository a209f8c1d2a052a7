"""The groups' centres in all columns at once, the most telling columns first: parallel coordinates and their table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.separation import column_overlaps
from pages.shared import downloads, drawing, firm_centres, tagging
from pages.shared.digits import decimals_for
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import counted, number

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_COLUMNS = 12
"""Columns that the chart has room for; the table has them all."""

SCALE = "Spreads from the mean of all rows"


def section(fitted: Fitted) -> None:
    """The chart, what its lines mean, and the table."""
    columns = fitted.features.columns
    if len(columns) < 2:
        st.caption("Choose two columns or more to see the centres of the groups across them.")
        return
    frame = kept("centre-lines", 16, firm_centres.key(fitted), partial(_frame, fitted))
    alt = f"The centre of each group in {', '.join(_drawn(frame))}, on one scale"
    make = partial(_chart, fitted, frame)
    drawing.chart("fit-centres", firm_centres.key(fitted), make, alt, groups=fitted.names)
    st.caption(_legend(fitted))
    titles = {"component": "group", "low": "centre from", "high": "centre to", "x": "standardised"}
    shown = frame.drop(columns=["x_from", "x_to", "x_low", "x_high"]).rename(columns=titles)
    spreads = dict(zip(fitted.features.columns, fitted.spreads.tolist(), strict=True))
    digits = [decimals_for(spreads[column]) for column in frame["column"]]
    places: dict[str, int | list[int]] = dict.fromkeys(("centre", "from", "to", "centre from", "centre to"), digits)
    places["standardised"] = 2
    downloads.table(tagging.with_names(fitted, shown), "centres", "fit-centres-table", alt, places)


def _frame(fitted: Fitted) -> pd.DataFrame:
    """All columns, the one in which groups stand apart most by itself first."""
    from gmm_core.tables.centre_lines import lines_frame

    features, names = fitted.features, fitted.names[: len(fitted.merged)]
    order = column_overlaps(fitted.mixture).argsort(kind="stable")
    columns, transforms = ([each[j] for j in order] for each in (features.columns, features.transforms))
    ends = firm_centres.mean_ends(fitted)[:, :, order]
    return lines_frame(fitted.mixture.marginal(order.tolist()), fitted.merged, names, columns, ends, transforms)


def _chart(fitted: Fitted, frame: pd.DataFrame) -> View:
    drawn = frame[frame["column"].isin(_drawn(frame))]
    digits = dict(zip(fitted.features.columns, fitted.spreads.tolist(), strict=True))

    def told(name: str) -> list[str]:
        return [number(value, digits[column]) for value, column in zip(drawn[name], drawn["column"], strict=True)]

    def between(low: str, high: str) -> list[str]:
        return [" to ".join(ends) for ends in zip(told(low), told(high), strict=True)]

    texts = {"centre": told("centre"), "rows": between("from", "to"), "interval": between("low", "high")}
    return charts.parallel(drawn.assign(**texts), x_title=SCALE)


def _drawn(frame: pd.DataFrame) -> list[str]:
    """The columns for which there is room."""
    return list(dict.fromkeys(frame["column"]))[:MOST_COLUMNS]


def _legend(fitted: Fitted) -> str:
    features = fitted.features
    columns = features.columns
    parts = [
        "Dots: centres. Thin lines: a standard deviation to either side, the middle 68\u00a0% of a Gaussian group. "
        "Thick lines: the interval of the centre. All count standard deviations of all rows, so that columns compare. "
        f"{firm_centres.source(fitted)} The most telling column stands first."
    ]
    if features.working_names != columns:
        parts.append("Transformed columns are compared as transformed; the table has their own units.")
    if len(columns) > MOST_COLUMNS:
        parts.append(f"{counted(len(columns) - MOST_COLUMNS, 'column')} in which groups differ less: in the table.")
    return " ".join(parts)
