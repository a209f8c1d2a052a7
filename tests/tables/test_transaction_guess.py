"""Whether a table looks like transactions."""

import numpy as np
import pandas as pd
import pytest

from gmm_core import EXAMPLES, load_example, profile_columns
from gmm_core.tables.transaction_guess import TransactionColumns, transaction_columns

N = 300


def guess(table):
    return transaction_columns(profile_columns(table), len(table))


@pytest.fixture
def sales(rng) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "items": rng.poisson(3, N),
            "customer": rng.integers(1_000, 1_060, N),
            "date": pd.to_datetime("2024-01-01") + pd.to_timedelta(rng.integers(0, 90, N), unit="D"),
            "amount": rng.lognormal(3, 1, N),
        }
    )


def test_a_repeated_customer_a_date_and_a_number_are_found_the_likeliest_first(sales):
    assert guess(sales) == TransactionColumns(("customer",), ("date",), ("amount", "items"))


def test_customers_may_be_many_repeated_words_or_codes_under_any_name(sales, rng):
    words = sales.assign(customer=rng.choice([f"shop {i}" for i in range(60)], N)).rename(columns={"customer": "who"})
    assert guess(words).customers == ("who",)
    codes = sales.rename(columns={"customer": "code_id"})
    assert guess(codes).customers == ("code_id",)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.drop(columns="date"),
        lambda table: table.drop(columns=["amount", "items"]),
        lambda table: table.rename(columns={"customer": "age"}),
        lambda table: table.assign(customer=np.arange(N) * 7),
        lambda table: table.assign(customer=np.arange(N) % 3),
        lambda table: table.assign(customer=["a", "b", "c"] * 100).rename(columns={"customer": "fault"}),
    ],
    ids=["no date", "no number", "no customer", "nobody twice", "three customers", "three faults"],
)
def test_other_tables_are_not_taken_for_transactions(sales, change):
    assert guess(change(sales)) is None


def test_no_example_is_taken_for_transactions():
    assert not [name for name in EXAMPLES if guess(load_example(name)) is not None]
