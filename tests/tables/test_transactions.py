"""Customers from their transactions."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError, SettingsError, TableError
from gmm_core.tables.transactions import recency_frequency_value


@pytest.fixture
def sales() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "who": ["b", "a", "b", None, "c", "a"],
            "when": pd.to_datetime(
                ["2024-01-01", "2024-01-10 23:59", "2024-01-05", "2024-01-06", "2024-01-20", None], format="ISO8601"
            ),
            "paid": [10.0, 5.0, -2.5, 7.0, 1.0, 3.0],
        }
    )


def test_each_customer_has_days_since_the_last_how_many_and_how_much(sales):
    found = recency_frequency_value(sales, "who", "when", "paid")
    assert found.reference == "2024-01-21"
    assert found.frame.to_dict("list") == {
        "who": ["a", "b", "c"],
        "recency": [11, 16, 1],
        "frequency": [1, 2, 1],
        "value": [5.0, 7.5, 1.0],
    }
    assert (found.n_gaps, found.n_later) == (2, 0)


def test_transactions_from_the_reference_on_are_left_out_and_counted(sales):
    found = recency_frequency_value(sales, "who", "when", "paid", reference="2024-01-20")
    assert found.frame["who"].tolist() == ["a", "b"]
    assert found.frame["recency"].tolist() == [10, 15]
    assert (found.n_gaps, found.n_later) == (2, 1)


def test_customers_may_be_numbers_and_their_column_may_have_any_name(sales):
    sales["value"] = [2, 1, 2, 3, 3, 1]
    found = recency_frequency_value(sales, "value", "when", "paid")
    assert list(found.frame.columns) == ["value", "recency", "frequency", "value (2)"]
    assert found.frame["value"].tolist() == [1, 2, 3]


def test_what_cant_be_counted_is_told(sales):
    with pytest.raises(TableError, match="no column “gone”"):
        recency_frequency_value(sales, "gone", "when", "paid")
    with pytest.raises(DataError, match="“paid” holds numbers, not dates"):
        recency_frequency_value(sales, "who", "paid", "when")
    with pytest.raises(SettingsError, match="no date"):
        recency_frequency_value(sales, "who", "when", "paid", reference="x")
    with pytest.raises(DataError, match="No transaction"):
        recency_frequency_value(sales, "who", "when", "paid", reference="2020-01-01")
    with pytest.raises(DataError, match="No transaction"):
        recency_frequency_value(sales.assign(paid=np.nan), "who", "when", "paid")
    with pytest.raises(DataError, match="infinite"):
        recency_frequency_value(sales.assign(paid=np.inf), "who", "when", "paid")
