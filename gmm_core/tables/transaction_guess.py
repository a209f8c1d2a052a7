"""Whether a table looks like one of transactions, and which of its columns say who, when and how much."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

FEWEST_CUSTOMERS = 5
MOST_SHARE = 0.7
"""Distinct customers by rows, at most: each should have bought more than once, on the whole."""

UNNAMED_CUSTOMERS = 30
"""Different values from which texts may be customers though the column's name doesn't say so."""

_WHO = re.compile(
    r"customer|client|buyer|member|account|user|household|donor|guest|patient|kunde|cliente|konto|email", re.I
)
_HOW_MUCH = re.compile(
    r"amount|total|value|price|paid|revenue|sales?\b|spend|spent|sum\b|cost|betrag|umsatz|preis|montant|importe", re.I
)


@dataclass(frozen=True)
class TransactionColumns:
    """The columns of a table of transactions: those that may be each of the three, the likeliest first."""

    customers: tuple[str, ...]
    dates: tuple[str, ...]
    amounts: tuple[str, ...]


def transaction_columns(profile: pd.DataFrame, n_rows: int) -> TransactionColumns | None:
    """The columns that say who, when and how much; None where the table looks like no transactions.

    Parameters
    ----------
    profile : pandas.DataFrame
        See ``profile_columns``.
    n_rows : int
        Of the table.
    """
    customers = [str(each.name) for each in profile.itertuples() if _may_be_customer(each, n_rows)]
    dates = profile.loc[profile["kind"] == "date", "name"].tolist()
    amounts = profile.loc[profile["usable"] & ~profile["name"].isin(customers), "name"].tolist()
    if not (customers and dates and amounts):
        return None
    return TransactionColumns(_named_first(customers, _WHO), tuple(dates), _named_first(amounts, _HOW_MUCH))


def _may_be_customer(column: Any, n_rows: int) -> bool:
    repeats = FEWEST_CUSTOMERS <= column.distinct <= MOST_SHARE * n_rows
    many_words = column.kind in ("category", "text") and column.distinct >= UNNAMED_CUSTOMERS
    named = _WHO.search(str(column.name)) is not None and column.kind != "date"
    return bool(repeats and (named or many_words or column.kind == "identifier"))


def _named_first(names: Iterable[str], pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: pattern.search(name) is None))
