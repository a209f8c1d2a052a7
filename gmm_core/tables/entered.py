"""Numbers that a person typed or pasted into a small field: a list, or a little table; text among them by its place."""

import math
import re

import numpy as np
import pandas as pd

from gmm_core.errors import TableError
from gmm_core.tables.column_facts import NUMBER, storage_of
from gmm_core.tables.reading import read_table

MOST_ENTERED = 5_000
"""Cells that a field takes; longer tables are files."""

VALUE = "value"
"""What a list without a title is called."""

_ENDS_WITH_COMMA = re.compile(r",(?=\s|$)")
_BETWEEN = re.compile(r"[;\s]+")


def entered_list(text: str) -> pd.DataFrame:
    """A column of numbers from a text with blanks, commas, semicolons or new lines between them.

    A first line of words only is the column's title. A comma inside a number is a decimal sign where something else
    stands between the numbers and none of them has a point.

    Raises
    ------
    TableError
        Where there is no number, or an entry that is none; it names the entry and its line.
    """
    title, entries = _title_and_entries(text)
    if not entries:
        raise TableError("There are no numbers yet.", "Type or paste some, such as 1.8, 2.1, 7.9.")
    _check_size(len(entries))
    if _commas_are_decimal([entry for _, entry in entries]):
        entries = [(line, entry.replace(",", ".")) for line, entry in entries]
    else:
        entries = [(line, part) for line, entry in entries for part in entry.split(",") if part]
    return pd.DataFrame({title: [_number(line, entry, place) for place, (line, entry) in enumerate(entries, start=1)]})


def entered_table(text: str) -> pd.DataFrame:
    """A little table from a text with tabs, commas, semicolons or blanks between its columns.

    Raises
    ------
    TableError
        Where there is no table in it.
    """
    if not text.strip():
        raise TableError("There are no rows yet.", "Type or paste some, with a column for each quantity.")
    table = read_table(text.encode(), name="The text")
    _check_size(table.size)
    return table


def numbers_only(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every column as floats; gaps are NaN, and rows of gaps only are left out.

    Raises
    ------
    TableError
        For a cell that is no number, by its column and row.
    """
    rows = table.dropna(how="all").reset_index(drop=True)
    if rows.empty:
        raise TableError("There are no numbers yet.", "Fill in some cells.")
    return pd.DataFrame({str(name): _as_floats(str(name), rows[name]) for name in rows.columns})


def _title_and_entries(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The column's title, and what stands below it: each entry with its line, from 1."""
    split = [[each for each in _BETWEEN.split(_ENDS_WITH_COMMA.sub(" ", line)) if each] for line in text.splitlines()]
    entries = [(line, entry) for line, parts in enumerate(split, start=1) for entry in parts]
    first = entries[0][0] if entries else 0
    below = [each for each in entries if each[0] > first]
    if below and not any(_parsed(part) is not None for entry in split[first - 1] for part in entry.split(",")):
        return text.splitlines()[first - 1].strip().strip(";,"), below
    return VALUE, entries


def _commas_are_decimal(entries: list[str]) -> bool:
    several = len(entries) > 1 and any("," in entry for entry in entries)
    return several and all(entry.count(",") <= 1 and "." not in entry for entry in entries)


def _number(line: int, entry: str, place: int) -> float:
    value = _parsed(entry)
    if value is None:
        raise TableError(f"Entry {place}, “{entry}” in line {line}, is no number.", "Correct it, or take it out.")
    return value


def _parsed(entry: str) -> float | None:
    try:
        value = float(entry.replace("\u2212", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in entry else None


def _as_floats(name: str, column: "pd.Series[float]") -> "pd.Series[float]":
    if storage_of(column) == NUMBER:
        return pd.Series(column.to_numpy(dtype=float, na_value=np.nan))
    values = [math.nan if gap else _parsed(str(cell)) for cell, gap in zip(column, column.isna(), strict=True)]
    if None in values:
        row = values.index(None)
        raise TableError(
            f"{name}, row {row + 1}: “{column.iloc[row]}” is no number.", "Correct it, or take the column out."
        )
    return pd.Series(values, dtype=float)


def _check_size(n_cells: int) -> None:
    if n_cells > MOST_ENTERED:
        raise TableError(
            f"These are {n_cells:,} numbers; this page takes {MOST_ENTERED:,}.",
            "Load them as a file on the Table page.",
        )
