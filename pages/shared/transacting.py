"""From transactions to customers: offered where a table looks like one of who bought what when."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import session
from pages.shared.stores import kept
from pages.shared.tables import profile_of
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

ONE_ROW_A_CUSTOMER = (
    "Makes a new table with a row for each customer: recency (days since the last transaction), frequency (how many) "
    "and value (their sum)."
)


def offer(workspace: Workspace) -> None:
    """The way to one row a customer, or back from there."""
    if workspace.table.made_from is not None:
        _way_back(workspace)
        return
    columns = _columns(workspace)
    if columns is None:
        return
    label = "This table looks like transactions: make one row a customer"
    with st.expander(label, key="sales", icon=":material/groups:", on_change="rerun") as place:
        if place.open:
            _choose(workspace, columns)


def _columns(workspace: Workspace) -> Any:
    from gmm_core.tables.transaction_guess import transaction_columns

    return transaction_columns(profile_of(workspace), len(workspace.table.frame))


def _way_back(workspace: Workspace) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(escaped(workspace.table.how_read), width="content")
        st.button(
            "Back to the transactions",
            key="sales-back",
            type="tertiary",
            icon=":material/undo:",
            on_click=session.go_back,
        )


def _choose(workspace: Workspace, columns: Any) -> None:
    """Which columns say who, when and how much, and the reference date."""
    st.caption(ONE_ROW_A_CUSTOMER)
    places = st.columns(4)
    customer = str(places[0].selectbox("Customer", columns.customers, key="sales-customer"))
    date = str(places[1].selectbox("Date", columns.dates, key="sales-date"))
    amount = str(places[2].selectbox("Amount", columns.amounts, key="sales-amount"))
    last: Any = workspace.table.frame[date].max().date()
    help_text = "Recency is counted back from this day. Transactions on it or later are left out."
    day = places[3].date_input(
        "Reference date", _day_after(last), key=f"sales-day-{date}", format="YYYY-MM-DD", help=help_text
    )
    try:
        made = _customers(workspace, customer, date, amount, str(day or _day_after(last)))
    except GmmError as error:
        st.error(escaped(error), icon=":material/error:")
        return
    st.markdown(_preview(made))
    choice = (customer, date, amount, made.reference)
    st.button("Make the customers' table", key="sales-make", on_click=session.make_customers, args=choice)


def _day_after(day: Any) -> Any:
    from datetime import timedelta

    return day + timedelta(days=1)


def _customers(workspace: Workspace, customer: str, date: str, amount: str, reference: str) -> Any:
    from gmm_core.tables.transactions import recency_frequency_value

    key = repr((workspace.table.digest, customer, date, amount, reference))
    table = workspace.table.frame
    return kept("customers", 4, key, lambda: recency_frequency_value(table, customer, date, amount, reference))


def _preview(made: Any) -> str:
    left_out = [
        f"{counted(made.n_gaps, 'transaction')} without customer, date or amount" if made.n_gaps else "",
        f"{counted(made.n_later, 'transaction')} on the reference date or later" if made.n_later else "",
    ]
    named = " and ".join(each for each in left_out if each)
    return f"{counted(len(made.frame), 'customer')}{f'; left out: {named}' if named else ''}."
