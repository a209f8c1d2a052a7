"""A table of customers made from one of transactions."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError
from pages.shared.customers import customers_workspace
from pages.shared.workspace import file_workspace


@pytest.fixture
def sales():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "customer": rng.integers(100, 140, 400),
            "date": pd.to_datetime("2024-01-01") + pd.to_timedelta(rng.integers(0, 90, 400), unit="D"),
            "amount": rng.lognormal(3, 1, 400),
        }
    )
    return file_workspace(table.to_csv(index=False).encode(), "sales.csv")


def test_it_has_its_own_digest_by_all_choices_and_knows_where_it_comes_from(sales):
    made = [
        customers_workspace(sales, "customer", "date", "amount", reference)
        for reference in (None, "2024-03-31", "2024-02-01")
    ]
    first = made[0]
    assert first.spec.columns == ("recency", "frequency", "value")
    assert first.spec.name == "customer"
    assert first.table.made_from is sales
    assert first.table.frame["frequency"].sum() == 400
    assert "400 transactions in sales.csv" in first.table.how_read
    assert len({sales.table.digest, *(each.table.digest for each in made)}) == len({*map(len_of, made)}) + 1


def len_of(workspace):
    return workspace.table.frame["frequency"].sum()


def test_customers_that_are_all_alike_are_refused():
    rows = "".join(f"{who},2024-01-0{day},5\n" for who in range(100, 112) for day in (1, 2))
    sales = file_workspace(f"customer,date,amount,x\n{rows.replace('5', '5,1', 3)}".encode(), "sales.csv")
    with pytest.raises(DataError, match="the same recency, frequency and value"):
        customers_workspace(sales, "customer", "date", "amount")
