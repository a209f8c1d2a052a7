"""Transactions made into one row a customer, and back."""

import numpy as np
import pandas as pd
import pytest

from pages.shared.workspace import file_workspace
from tests.ui.reading import go
from tests.ui.test_preparing import press, said


def test_transactions_become_customers_and_back(open_app):
    rng = np.random.default_rng(1)
    day = pd.to_datetime("2024-01-01") + pd.to_timedelta(rng.integers(0, 200, 500), unit="D")
    table = pd.DataFrame({"customer": rng.integers(100, 160, 500), "date": day, "amount": rng.lognormal(3, 1, 500)})
    app = open_app(starts=1)
    app.session_state["workspace"] = file_workspace(table.to_csv(index=False).encode(), "sales.csv")
    app.session_state["sales"] = True
    go(app, "features")
    assert "60 customers" in said(app)
    press(app, "sales-make")
    workspace = app.session_state["workspace"]
    assert workspace.table.frame["value"].sum() == pytest.approx(table["amount"].sum())
    assert workspace.spec.columns == ("recency", "frequency", "value")
    assert "One row a customer, made from 500 transactions in sales.csv" in said(app)
    assert "3 columns and 60 of 60 rows go into the fit" in said(app)
    press(app, "sales-back")
    assert app.session_state["workspace"].table.name == "sales.csv"
