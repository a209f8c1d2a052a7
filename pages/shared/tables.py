"""What is known of the loaded table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd


def profile_of(workspace: Workspace) -> pd.DataFrame:
    """One row a column; see ``gmm_core.profile_columns``."""
    return workspace.table.profile


def usable_columns(workspace: Workspace) -> list[str]:
    """Columns that can be grouped by."""
    profile = profile_of(workspace)
    return profile.loc[profile["usable"], "name"].tolist()


def name_first(workspace: Workspace, columns: Sequence[str]) -> list[str]:
    """Columns of a table of rows, the one that names the rows first."""
    return sorted(columns, key=lambda name: name != workspace.spec.name)
