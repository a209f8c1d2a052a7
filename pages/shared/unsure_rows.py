"""All rows with their memberships: searched, of some groups, in an order; chosen ones as bars."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, flip_table, on_screen, selected, session, tagging, unsure
from pages.shared.digits import MOST_STYLED, with_shares
from pages.shared.results import Fitted
from pages.shared.selected import Chosen
from pages.shared.stores import kept
from pages.shared.tables import name_first
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

FIRST_BARS = 8
MOST_BARS = 20

ROWS_A_PAGE = 100
"""Rows that the browser is sent at a time."""

ORDERS = ("Least certain first", "Most certain first", "As in the table")
RISING, FALLING = "rising", "falling"

EXPLAINED = (
    "Lead: how far the likeliest group is ahead of the next. Entropy: 0\u00a0% where one group has all of the row, "
    "100\u00a0% where all groups share it evenly."
)

_PERCENT = st.column_config.NumberColumn(format="percent")


@st.fragment
def section(fitted: Fitted) -> None:
    """All rows; looking for some draws only this part of the page anew."""
    session.draw_all_if_due()
    limits = unsure.chosen(fitted)
    chosen = selected.chosen(fitted, limits)
    if chosen is not None:
        selected.told(fitted, chosen, limits, "unsure-clear")
    found, query = _asked(fitted, chosen)
    if not len(found):
        st.markdown("No row is like that. Search for less, or choose other groups.")
        return
    page = _page(len(found), query)
    shown = found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    picked = _table(fitted, shown, f"unsure-rows-{query}-{page}")  # rows ticked elsewhere are other rows here
    st.caption(EXPLAINED)
    _bars(fitted, shown, picked[:MOST_BARS])


def _table(fitted: Fitted, shown: Any, key: str) -> list[int]:
    """The rows at these positions of the table, and which of them are ticked."""
    frame = _view(fitted, shown)
    own = fitted.workspace.table.frame.columns
    new = [name for name in frame.columns if name not in own]
    at = new.index(fitted.added_columns[1])
    names, (certainty, _, *rest) = new[:at], new[at:]
    shares = [certainty, *rest[-2:], *rest[:-2]]
    event = on_screen.table(
        with_shares(frame, shares),
        key=key,
        alt="Rows with their memberships",
        column_order=name_first(fitted.workspace, [*names, *shares, *own]),
        column_config={} if frame.size <= MOST_STYLED else dict.fromkeys(shares, _PERCENT),
        on_select="rerun",
        selection_mode="multi-row",
    )
    return [row for row in event["selection"]["rows"] if row < len(shown)]


def _page(n_rows: int, query: str) -> int:
    """Choose which rows of many to show, counted in pages from 1; few are shown at once."""
    n_pages = -(-n_rows // ROWS_A_PAGE)
    if n_pages == 1:
        return 1
    with st.container(horizontal=True, vertical_alignment="center"):
        page = min(st.pagination(n_pages, max_visible_pages=5, key=f"unsure-page-{query}"), n_pages)
        first, last = (page - 1) * ROWS_A_PAGE + 1, min(page * ROWS_A_PAGE, n_rows)
        st.caption(f"{first:,} to {last:,} of {counted(n_rows, 'row')} in this order", width="content")
    return page


def _asked(fitted: Fitted, chosen: Chosen | None) -> tuple[Any, str]:
    """The controls, the positions of the rows that they ask for, in order, and what these are called."""
    with st.container(horizontal=True, key="options-beside-search"):
        text = st.text_input("Search", key="unsure-search", placeholder="a word, a number, a row", width=220)
        order = st.selectbox("Order", _orders(fitted), key=f"unsure-order-{fitted.workspace.table.digest}", width=260)
        selected.groups("unsure-groups", fitted)
    query = f"{text.strip()}|{order}|{chosen.key if chosen else ''}"
    places = None if chosen is None else chosen.places
    found = kept("rows-looked-at", 2, f"{fitted.rows_key}|{query}", lambda: positions(fitted, text, order, places))
    return found, query


def _orders(fitted: Fitted) -> list[str]:
    names = map(str, fitted.workspace.table.frame.columns)
    return [*ORDERS, *(f"{name}, {way}" for name in names for way in (RISING, FALLING))]


def positions(fitted: Fitted, text: str, order: str, places: Any = None) -> Any:
    """Positions in the table of all rows, or of those at places among the fitted, that hold the text, in an order."""
    from gmm_core.tables.row_views import marked, matching

    table, found = fitted.workspace.table.frame, _in_order(fitted, order)
    if places is not None:
        found = found[marked(fitted.features.rows[places], len(table))[found]]
    return found[matching(table, text)[found]] if text.strip() else found


def _in_order(fitted: Fitted, order: str) -> Any:
    """Positions of all rows of the table in an order."""
    import pandas as pd

    from gmm_core.tables.results import in_all_rows
    from gmm_core.tables.row_views import order_of

    table = fitted.workspace.table.frame
    if order == ORDERS[2]:
        return order_of(pd.Series(range(len(table))))
    if order in ORDERS:
        certainty = pd.Series(in_all_rows(fitted.certainty, fitted.features.rows, len(table)))
        return order_of(certainty, falling=order == ORDERS[1])
    return order_of(table[order.rpartition(", ")[0]], order.endswith(FALLING))


def _view(fitted: Fitted, shown: Any) -> pd.DataFrame:
    """The rows at these positions of the table, with group, memberships, lead and entropy."""
    from gmm_core.tables.row_views import rows_view

    table, rows = fitted.workspace.table.frame, fitted.features.rows
    frame = rows_view(table, rows, fitted.memberships, fitted.names, shown)
    return tagging.with_names(fitted, frame, fitted.added_columns[0])


def _bars(fitted: Fitted, shown: Any, picked: list[int]) -> None:
    chosen = shown[picked] if picked else shown[:FIRST_BARS]
    st.subheader("Memberships of the chosen rows" if picked else "Memberships of the first rows", anchor=False)
    content = f"{fitted.rows_key}|{chosen.tolist()}"
    drawing.chart("unsure-bars", content, partial(_drawn, fitted, chosen), "Memberships, a bar a row")
    if picked:
        st.markdown(flip_table.told_each(fitted, _places(fitted, chosen)))
    else:
        st.caption("Tick rows in the table to see theirs, and what would flip them.")


def _drawn(fitted: Fitted, chosen: Any) -> View:
    return charts.memberships(long_frame(fitted, chosen))


def long_frame(fitted: Fitted, positions: Any) -> pd.DataFrame:
    """Memberships of the rows at these positions of the table, a line a row and group; rows with gaps have none."""
    from gmm_core.tables.plotting import responsibilities_frame

    names, shown = fitted.features.names, _places(fitted, positions)
    frame = responsibilities_frame(fitted.memberships[shown], fitted.features.rows[shown], fitted.names)
    return frame if names is None else frame.assign(label=names[shown].repeat(len(fitted.names)))


def _places(fitted: Fitted, positions: Any) -> Any:
    """Places among the fitted rows of rows at these positions of the table, as far as they were fitted."""
    from gmm_core.tables.row_views import places_among

    found = places_among(fitted.features.rows, positions)
    return found[found >= 0]
