"""A small table whose rows a person edits: made ready for that, tidied afterwards, and what was changed."""

import hashlib

import numpy as np
import pandas as pd

from gmm_core.errors import TableError
from gmm_core.tables.column_facts import NUMBER, storage_of

MOST_EDITED = 500
"""Rows of a table up to which they can be edited."""

MOST_EDITED_COLUMNS = 50


def can_be_edited(table: pd.DataFrame) -> bool:
    """Whether a table is small enough to be edited cell by cell."""
    return len(table) <= MOST_EDITED and table.shape[1] <= MOST_EDITED_COLUMNS


def editable(table: pd.DataFrame) -> pd.DataFrame:
    """The table with whole numbers as floats, so that a fraction or a gap can be written over one; rows from 1."""
    whole = [name for name in table.columns if pd.api.types.is_integer_dtype(table[name].dtype)]
    return table.astype(dict.fromkeys(whole, float)).set_axis(range(1, len(table) + 1), axis=0)


def tidied(edited: pd.DataFrame) -> pd.DataFrame:
    """The rows as edited, without blank ones, whole numbers as such again.

    Raises
    ------
    TableError
        Where no row is left.
    """
    rows = edited.dropna(how="all").reset_index(drop=True)
    if not len(rows):
        raise TableError("No row is left in the table.", "Fill in at least one.")
    return pd.DataFrame({name: _tidied(rows[name]) for name in rows.columns})


def _tidied(column: "pd.Series[float]") -> "pd.Series[float]":
    if storage_of(column) != NUMBER:
        return column
    numbers = column.to_numpy(dtype=float, na_value=np.nan)
    whole = np.isfinite(numbers).all() and (numbers == np.rint(numbers)).all() and np.abs(numbers).max() < 2**53
    return pd.Series(numbers.astype(np.int64) if whole else numbers)


def digest_of(table: pd.DataFrame) -> str:
    """What tells the content of a small table from any other."""
    return hashlib.sha256(table.to_csv().encode()).hexdigest()


def changes_in_words(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """What was edited, rows told by their index: "2 cells changed, 1 row added"; ``""`` where nothing was."""
    kept = before.index.intersection(after.index)
    one, other = before.loc[kept], after.loc[kept]
    n_cells = int(((one != other) & ~(one.isna() & other.isna())).sum().sum())
    n_added, n_removed = len(after) - len(kept), len(before) - len(kept)
    counts = ((n_cells, "cell", "changed"), (n_added, "row", "added"), (n_removed, "row", "removed"))
    return ", ".join(f"{n:,} {what}{'s' * (n != 1)} {how}" for n, what, how in counts if n)
