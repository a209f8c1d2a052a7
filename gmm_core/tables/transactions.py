"""From a table of transactions to one of customers: how recently, how often and for how much they bought."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gmm_core.errors import DataError
from gmm_core.tables.derived import day_of
from gmm_core.tables.feature_checks import check_chosen, check_finite, date_column, numeric_column
from gmm_core.tables.results import clear_names

FIGURES = ("recency", "frequency", "value")


@dataclass(frozen=True, eq=False)
class Customers:
    """Customers and what they bought.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer, by name: the customer, ``recency`` (whole days from the last transaction to the reference),
        ``frequency`` (transactions) and ``value`` (sum of the amounts). Names that the customer's column has are
        followed by a number.
    reference : str
        The day from which recency is counted back.
    n_gaps, n_later : int
        Transactions left out: those without customer, date or amount, and those on the reference day or later.
    """

    frame: pd.DataFrame
    reference: str
    n_gaps: int
    n_later: int


def recency_frequency_value(
    table: pd.DataFrame, customer: str, date: str, amount: str, reference: str | None = None
) -> Customers:
    """Recency, frequency and value of each customer.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a transaction.
    customer, date, amount : str
        Its columns.
    reference : str, optional
        A day such as "2024-01-31"; by default the day after the last transaction.

    Raises
    ------
    TableError
        For a column that isn't there.
    DataError
        For dates or amounts that are none, or where no transaction is left.
    SettingsError
        For a reference that is no day.
    """
    check_chosen(table, [customer, date, amount])
    days, amounts = date_column(table, date).dt.normalize(), numeric_column(table, amount)
    check_finite(amounts[:, None], [amount], np.arange(len(amounts)))
    whole = table[customer].notna() & days.notna() & ~np.isnan(amounts)
    last = days[whole].max() + pd.Timedelta(days=1)
    end = last if reference is None else day_of(reference).normalize()
    kept = whole & (days < end)
    if not kept.any():
        remedy = "Choose a later reference date, or other columns."
        raise DataError("No transaction has a customer, a date and an amount before that day.", remedy)
    sales = pd.DataFrame({"who": table[customer], "day": days, "amount": amounts})[kept]
    groups = sales.groupby("who", observed=True, sort=True)
    figures = ((end - groups["day"].max()).dt.days, groups.size(), groups["amount"].sum())
    frame = pd.DataFrame(dict(zip(clear_names(FIGURES, [customer]), figures, strict=True)))
    frame.insert(0, customer, frame.index)
    n_gaps = len(table) - int(whole.sum())
    return Customers(frame.reset_index(drop=True), str(end.date()), n_gaps, int((whole & ~kept).sum()))
