"""From transactions to customers: a table made from the loaded one, with its own digest and a way back."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pages.shared.workspace import LoadedTable, Workspace, first_family


def customers_workspace(
    workspace: Workspace, customer: str, date: str, amount: str, reference: str | None = None
) -> Workspace:
    """The customers of a table of transactions, as a table of its own.

    Raises
    ------
    GmmError
        Where the columns say no customers, or their figures are all alike.
    """
    from gmm_core.errors import DataError
    from gmm_core.tables.features import FeatureSpec
    from gmm_core.tables.profile import suggest_columns
    from gmm_core.tables.transactions import recency_frequency_value

    made = recency_frequency_value(workspace.table.frame, customer, date, amount, reference)
    columns = suggest_columns(made.frame.drop(columns=customer), limit=3)
    if not columns:
        raise DataError("All customers have the same recency, frequency and value.", "Choose other columns.")
    before = workspace.table
    digest = hashlib.sha256(repr((before.digest, customer, date, amount, made.reference)).encode()).hexdigest()
    how = f"One row a customer, made from {len(before.frame):,} transactions in {before.name} before {made.reference}."
    table = LoadedTable(made.frame, f"Customers of {before.name}", digest, how, made_from=workspace)
    settings = replace(workspace.settings, n_components=2, covariance_type=first_family(len(made.frame)))
    return Workspace(table, FeatureSpec(columns, name=customer), settings)
