"""What lies below the cards: the heat map, other columns, categories, small histograms, downloads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.charts.style import NOISE
from gmm_core.tables.describing import CLEAR
from pages.shared import (
    downloads,
    drawing,
    firm_centres,
    on_screen,
    segment_changes,
    segment_files,
    segmenting,
    tabbed,
    tagging,
)
from pages.shared.digits import written
from pages.shared.placing import in_rows
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, listed, number, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_ROWS = 30
"""Columns in a heat map; of more the ones in which the groups differ most."""

_NOTES = {
    "centre": st.column_config.Column(help="With its 95\u00a0% interval"),
    "its rows": st.column_config.Column(help="Centre less and plus a standard deviation"),
    "all rows": st.column_config.Column(help="Their mean; of a transformed column their median"),
    "difference": st.column_config.Column(
        help="From the value of all rows, with its 95\u00a0% interval: rather wide where the column is transformed, as "
        "centre and median are taken as independent (Zou and Donner 2008)"
    ),
    "standardised": st.column_config.Column(
        help="Difference from the mean of all rows in standard deviations of all rows"
    ),
    "above": st.column_config.Column(
        help="How often a row of the segment lies above a row outside of it; the file has the 95\u00a0% interval, too, "
        "which takes the segments as given (Newcombe 2006)"
    ),
}
_ABOVE = ("above", "above from", "above to")

MOST_HISTOGRAMS = 12
CHANCE = 3.0
"""Standard errors beyond which a category is more or less frequent than chance would have it."""


def tabs(fitted: Fitted) -> None:
    """The tabs; each is built only while it is open."""
    drawers = {
        "Numbers": _numbers,
        "Other columns": _others,
        "Categories": _categories,
        "Histograms": _histograms,
        "Changes": segment_changes.section,
        "Download": segment_files.section,
    }
    tabbed.tabs("segment-tabs", {title: partial(draw, fitted) for title, draw in drawers.items()})


def heat_map(fitted: Fitted) -> None:
    """The fitted columns, and how unlike the others each segment is in them."""
    _heat("segments-heat", fitted, segmenting.profile(fitted))
    st.caption(
        "Each cell: the segment's centre. Blue ▲: its rows lie above the other segments' rows, orange ▼: below them; "
        "the fuller the colour, the more often (Cliff's delta)."
    )


def _heat(key: str, fitted: Fitted, profile: pd.DataFrame) -> None:
    names = _most_different(profile)
    frame = profile[profile["column"].isin(names)]
    cells = [
        (number(centre, grain), f"above {share(above)} of the other rows ({share(low)} to {share(high)})")
        for grain, (centre, above, low, high) in zip(
            segmenting.grains(frame), frame[["centre", *_ABOVE]].itertuples(index=False), strict=True
        )
    ]
    clear = frame["delta"].abs() >= CLEAR
    content, alt = f"{fitted.rows_key}|{'|'.join(names)}", "How the segments differ in each column"
    _draw(key, content, frame, cells, clear, alt, fitted)


def _draw(
    key: str,
    content: str,
    frame: pd.DataFrame,
    cells: list[tuple[str, str]],
    clear: pd.Series[bool],
    alt: str,
    fitted: Fitted,
) -> None:
    """A heat map of ``column``, ``group``, ``delta``, with words and a note for each cell; arrows where it is clear."""
    arrows = [(" ▲" if delta > 0 else " ▼") * told for delta, told in zip(frame["delta"], clear, strict=True)]
    texts = [f"{text}{arrow}" for (text, _), arrow in zip(cells, arrows, strict=True)]
    shown = frame[["column", "group", "delta"]].assign(text=texts, note=[note for _, note in cells])
    drawing.chart(key, content, partial(charts.differences, shown), alt, groups=fitted.names, legend=False)


def _most_different(profile: pd.DataFrame) -> list[str]:
    """The columns for which there is room, in their order."""
    reach = profile["delta"].abs().groupby(profile["column"], sort=False).max()
    chosen = set(reach.nlargest(MOST_ROWS).index)
    return [str(name) for name in reach.index if name in chosen]


def _numbers(fitted: Fitted) -> None:
    _table(fitted, segmenting.profile(fitted), "segments in numbers", "segment-numbers")
    st.caption(f"In brackets: intervals. Point at the name of a column for what it is. {firm_centres.source(fitted)}")


def _table(fitted: Fitted, profile: pd.DataFrame, name: str, key: str) -> None:
    """What is to be read of each segment in each column; the file has more."""
    shown = written(tagging.with_names(fitted, readable(profile)), {"standardised": "{:.2f}".format, "above": share})
    on_screen.table(shown, hide_index=True, key=key, alt="Each segment in each column", column_config=_NOTES)
    downloads.button(lambda: tagging.with_names(fitted, profile), name, f"{key}-csv")


def readable(profile: pd.DataFrame) -> pd.DataFrame:
    """The profile in few columns: ends of intervals beside what they belong to, with digits that suit each row."""
    own, usual = segmenting.grains(profile), segmenting.usual_grains(profile)

    def told(name: str, grains: pd.Series[float]) -> list[str]:
        return [number(value, grain) for value, grain in zip(profile[name], grains, strict=True)]

    def between(low: str, high: str, grains: pd.Series[float]) -> list[str]:
        return [" to ".join(ends) for ends in zip(told(low, grains), told(high, grains), strict=True)]

    def with_ends(name: str, grains: pd.Series[float]) -> list[str]:
        ends, known = between(f"{name} from", f"{name} to", grains), profile[f"{name} from"].notna()
        parts = zip(told(name, grains), ends, known, strict=True)
        return [f"{value} ({both})" if held else value for value, both, held in parts]

    texts = {
        "centre": with_ends("centre", own),
        "its rows": between("from", "to", own),
        "all rows": told("all", usual),
        "difference": with_ends("difference", usual),
    }
    return profile[["column", "group"]].assign(**texts, standardised=profile["standardised"], above=profile["above"])


def _others(fitted: Fitted) -> None:
    profile = segmenting.others(fitted)
    if profile.empty:
        st.markdown("This table has no other columns of numbers.")
        return
    _heat("segments-others", fitted, profile)
    st.caption("Columns that played no part in making the groups: where these differ, the groups tell something new.")
    _table(fitted, profile, "segments in other columns", "segment-others")


def _categories(fitted: Fitted) -> None:
    names = segmenting.other_columns(fitted, segmenting.COUNTED)
    if not names:
        st.markdown("This table has no column of categories beside those that were fitted.")
        return
    name = st.selectbox(
        "Column", names, key=f"segment-category-{fitted.workspace.table.digest}", persist_state="session"
    )
    frame = _shares(fitted, str(name))
    st.markdown(f"**{_told(fitted, frame)}**")
    cells = [
        (share(part), f"{share(part)}; {share(overall)} of all rows; {lift:.2f} times as frequent")
        for part, overall, lift in zip(frame["share"], frame["overall"], frame["lift"], strict=True)
    ]
    alt = f"Shares of {name} within each segment"
    clear, shown = frame["residual"].abs() > CHANCE, frame.rename(columns={"category": "column"})
    _draw("segments-categories", f"{fitted.rows_key}|{name}", shown, cells, clear, alt, fitted)
    places = {"share": 3, "overall": 3, "lift": 2, "delta": 3, "residual": 1}
    downloads.table(tagging.with_names(fitted, frame), f"segments by {name}", "segment-categories", alt, places)
    st.caption(
        "Arrows: more or less frequent than chance would have it (residual beyond 3).",
        help="Lift: how many times as frequent as among all rows. Residual: the difference in standard errors "
        "(Haberman 1973).",
    )


def _shares(fitted: Fitted, name: str) -> pd.DataFrame:
    from gmm_core.tables.segments import categories_frame

    def make() -> pd.DataFrame:
        series = fitted.workspace.table.frame[name].iloc[fitted.features.rows]
        return categories_frame(series, segmenting.soft_groups(fitted), fitted.names)

    frame: pd.DataFrame = kept("segment-categories", 16, f"{name}|{fitted.rows_key}", make)
    return frame


def _told(fitted: Fitted, frame: pd.DataFrame) -> str:
    """Of each segment the category that it has most beyond the others, where that is no chance."""
    names = tagging.names_of(fitted)
    telling = frame[(frame["residual"] > CHANCE) & (frame["group"] != NOISE)]
    found = telling.loc[telling.groupby("group")["delta"].idxmax()] if len(telling) else telling
    best = found.sort_values("group", key=lambda letters: letters.map(fitted.names.index))
    told = [
        f"{escaped(names.get(group, group))} has more {escaped(category)} ({share(part)}; all rows {share(overall)})"
        for group, category, part, overall in zip(
            best["group"], best["category"], best["share"], best["overall"], strict=True
        )
    ]
    return f"{listed(told)}." if told else "No segment has more of any of these than chance would do."


def _histograms(fitted: Fitted) -> None:
    features = fitted.features
    names = list(features.columns)[:MOST_HISTOGRAMS]
    for j, (place, name) in enumerate(zip(in_rows(len(names)), names, strict=True)):
        with place:
            make = partial(_histogram, fitted, j)
            key, alt = f"segment-histogram-{j}", f"Histograms of {name} by segment"
            drawing.chart(key, f"{fitted.rows_key}|{j}", make, alt, groups=fitted.names, legend=False)
    st.caption(
        "Coloured: the segment's rows, counted by their memberships; grey: all rows. Each segment is drawn to one "
        "height. The outermost bars hold what lies beyond them."
    )
    if len(features.columns) > len(names):
        st.caption(f"The first {counted(len(names), 'column')} of {len(features.columns)}.")


def _histogram(fitted: Fitted, j: int) -> View:
    from gmm_core.tables.segments import histograms_frame

    features = fitted.features
    bins = histograms_frame(features.table_values[:, j], segmenting.soft_groups(fitted), fitted.names)
    return charts.group_histograms(bins, x_title=features.columns[j])
