"""What is known of the loaded table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pages.shared.stores import kept
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd


def profile_of(workspace: Workspace) -> pd.DataFrame:
    """One row a column; see ``gmm_core.profile_columns``."""
    return workspace.table.profile


def usable_columns(workspace: Workspace) -> list[str]:
    """Columns that can be grouped by, those made from others last; not what is kept aside as label."""
    profile, spec = profile_of(workspace), workspace.spec
    names = [*profile.loc[profile["usable"], "name"].tolist(), *(each.name for each in spec.derived)]
    return [name for name in names if name != spec.label]


def frame_of(workspace: Workspace) -> pd.DataFrame:
    """The table with the columns made from others.

    Raises
    ------
    GmmError
        Where one cannot be made.
    """
    from gmm_core.tables.derived import derive

    made = workspace.spec.derived
    if not made:
        return workspace.table.frame
    key = f"{workspace.table.digest}|{made!r}"
    return kept("made columns", 4, key, lambda: derive(workspace.table.frame, made)[0])


def profile_of_all(workspace: Workspace) -> pd.DataFrame:
    """One row a column, those made from others last."""
    import pandas as pd

    from gmm_core import profile_columns

    made = [each.name for each in workspace.spec.derived]
    if not made:
        return profile_of(workspace)
    key = f"{workspace.table.digest}|{workspace.spec.derived!r}"
    of_made = kept("profiles", 8, key, lambda: profile_columns(frame_of(workspace)[made]))
    return pd.concat([profile_of(workspace), of_made], ignore_index=True)


def name_first(workspace: Workspace, columns: Sequence[str]) -> list[str]:
    """Columns of a table of rows, the one that names the rows first."""
    return sorted(columns, key=lambda name: name != workspace.spec.name)


def with_cells(workspace: Workspace, told: pd.DataFrame, positions: Any) -> pd.DataFrame:
    """A table of the rows at these positions: what is told of each, and its cells; the column that names them first."""
    both = beside_cells(workspace.table.frame, told, positions)
    return both[name_first(workspace, list(both.columns))]


def beside_cells(table: pd.DataFrame, told: pd.DataFrame, positions: Any) -> pd.DataFrame:
    """What is told of the rows at these positions, under names clear of the table's, and their cells."""
    cells = table.iloc[positions].reset_index(drop=True)
    return told.rename(columns=clear_of(table, map(str, told))).join(cells)


def clear_of(table: pd.DataFrame, names: Iterable[str]) -> dict[str, str]:
    """What columns of these names are called beside a table's own."""
    from gmm_core.tables.results import clear_names

    own = list(names)
    return dict(zip(own, clear_names(own, table.columns), strict=True))
