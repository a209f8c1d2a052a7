"""All rows with their memberships: searched, of some groups, in an order; chosen ones as bars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, flip_table, selected, session, tagging, unsure
from pages.shared.digits import MOST_STYLED, with_shares
from pages.shared.results import Fitted
from pages.shared.selected import Limit
from pages.shared.stores import kept
from pages.shared.tables import name_first

if TYPE_CHECKING:
    import pandas as pd

FIRST_BARS = 8
MOST_BARS = 20
MOST_SELECTABLE = 50_000
"""Rows up to which they can be ticked; beyond, the browser is sent only the rows in view, which rules ticking out."""

ORDERS = ("Least certain first", "Most certain first", "As in the table")
RISING, FALLING = "rising", "falling"

EXPLAINED = (
    "Lead: the largest membership less the next. Entropy: 0 % where one group has all of the row, 100 % where all "
    "groups share it evenly."
)
FEWER = f"Rows can be ticked where at most {MOST_SELECTABLE:,} are left: search, or choose groups."

_PERCENT = st.column_config.NumberColumn(format="percent")
_SELECTABLE: dict[str, Any] = {"on_select": "rerun", "selection_mode": "multi-row"}


@st.fragment
def section(fitted: Fitted) -> None:
    """All rows; looking for some draws only this part of the page anew."""
    session.draw_all_if_due()
    limits = unsure.chosen(fitted)
    chosen = selected.chosen(fitted, limits)
    if chosen is not None:
        selected.told(fitted, chosen, limits, "unsure-clear")
    found, query = _chosen(fitted, limits)
    if found.empty:
        st.markdown("No row is like that. Search for less, or choose other groups.")
        return
    own = fitted.workspace.table.frame.columns
    new = [name for name in found.columns if name not in own]
    at = new.index(fitted.added_columns[1])
    names, (certainty, _, *rest) = new[:at], new[at:]
    shares = [certainty, *rest[-2:], *rest[:-2]]
    ticked = len(found) <= MOST_SELECTABLE
    event = st.dataframe(
        with_shares(found, shares),
        key=f"unsure-rows-{query}",  # rows that were ticked elsewhere are other rows here
        alt="Rows with their memberships",
        column_order=name_first(fitted.workspace, [*names, *shares, *own]),
        column_config={} if found.size <= MOST_STYLED else dict.fromkeys(shares, _PERCENT),
        **(_SELECTABLE if ticked else {}),
    )
    st.caption(EXPLAINED)
    picked = [row for row in event["selection"]["rows"] if row < len(found)] if ticked else []
    _bars(fitted, found.index - 1, picked[:MOST_BARS], ticked)


def _chosen(fitted: Fitted, limits: list[Limit]) -> tuple[pd.DataFrame, str]:
    """The controls, the rows that they choose, and what these are called."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("Search", key="unsure-search", placeholder="a word, a number, a row", width=220)
        order = st.selectbox("Order", _orders(fitted), key=f"unsure-order-{fitted.workspace.table.digest}", width=260)
        selected.groups("unsure-groups", fitted)
    groups, between = list(session.focus()), [(each.low, each.high) for each in limits]
    query = f"{text.strip()}|{order}|{groups}|{between}|{tagging.names_of(fitted)}"
    found = kept("rows-looked-at", 2, f"{fitted.rows_key}|{query}", lambda: rows(fitted, text, order, groups, between))
    return found, query


def _orders(fitted: Fitted) -> list[str]:
    names = map(str, fitted.workspace.table.frame.columns)
    return [*ORDERS, *(f"{name}, {way}" for name in names for way in (RISING, FALLING))]


def rows(
    fitted: Fitted, text: str, order: str, groups: list[str], between: Sequence[tuple[float, float]] = ()
) -> pd.DataFrame:
    """The rows of these groups, or of all, with certainties between these ends, that hold the text, in an order;
    numbered from 1 in the index."""
    from gmm_core.tables.row_views import in_order, matching, numbered

    frame, added = tagging.with_names(fitted, _everyone(fitted), fitted.added_columns[0]), fitted.added_columns
    by_certainty = {ORDERS[0]: (added[1], False), ORDERS[1]: (added[1], True), ORDERS[2]: (None, False)}
    column, falling = by_certainty.get(order) or (order.rpartition(", ")[0], order.endswith(FALLING))
    found = numbered(frame)
    if groups:
        found = found[found[added[0]].isin(groups)]
    for ends in between:
        found = found[found[added[1]].between(*ends)]
    if text.strip():
        found = found[matching(found, list(fitted.workspace.table.frame.columns), text)]
    return in_order(found, column, falling)


def _everyone(fitted: Fitted) -> pd.DataFrame:
    """All rows, with the groups' names, lead and entropy."""
    from gmm_core.tables.row_views import with_certainties

    def make() -> pd.DataFrame:
        return with_certainties(fitted.rows_frame, fitted.features.rows, fitted.memberships)

    frame: pd.DataFrame = kept("rows-in-detail", 2, fitted.rows_key, make)
    return frame


def _bars(fitted: Fitted, order: pd.Index, picked: list[int], ticked: bool) -> None:
    chosen = order[picked] if picked else order[:FIRST_BARS]
    st.subheader("Memberships of the chosen rows" if picked else "Memberships of the first rows", anchor=False)
    bars = partial(charts.memberships, long_frame(fitted, chosen))
    drawing.chart("unsure-bars", None, bars, "Memberships, a bar a row")
    if picked:
        st.markdown(flip_table.told_each(fitted, _places(fitted, chosen)))
    else:
        st.caption("Tick rows in the table to see theirs, and what would flip them." if ticked else FEWER)


def long_frame(fitted: Fitted, positions: pd.Index) -> pd.DataFrame:
    """Memberships of the rows at these positions of the table, a line a row and group; rows with gaps have none."""
    from gmm_core.tables.plotting import responsibilities_frame

    names, shown = fitted.features.names, _places(fitted, positions)
    frame = responsibilities_frame(fitted.memberships[shown], fitted.features.rows[shown], fitted.names)
    return frame if names is None else frame.assign(label=names[shown].repeat(len(fitted.names)))


def _places(fitted: Fitted, positions: pd.Index) -> Any:
    """Places among the fitted rows of rows at these positions of the table, as far as they were fitted."""
    import pandas as pd

    found = pd.Index(fitted.features.rows).get_indexer(positions)
    return found[found >= 0]
