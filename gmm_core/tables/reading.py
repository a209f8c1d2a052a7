"""A table from bytes, a file or a path: what they are is told from the bytes, and what was decided is kept."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from gmm_core.errors import TableError
from gmm_core.tables.archives import unpacked
from gmm_core.tables.formats import check_readable, is_json, is_parquet, is_workbook
from gmm_core.tables.notes import ReadTable
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.sources import Source, load

MOST_MEASURED = 0.8
"""Share of a column's cells from which their units are what keeps it from being one of numbers."""

_MEASURE = r"\s*[-+]?[0-9][0-9.,]*\s?[A-Za-zµ°Ω%²³/]{1,6}\s*"

Reader = Callable[[bytes, str, str | None, ReadOptions], ReadTable]


def read_table(
    source: Source, name: str | None = None, sheet: str | None = None, options: ReadOptions | None = None
) -> pd.DataFrame:
    """Read a table from a delimited text, a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods), Parquet or JSON, or one packed.

    Parameters
    ----------
    source : bytes, path or file object
    name : str, optional
        What messages call it; by default the file's own name.
    sheet : str, optional
        Sheet of a workbook; by default the first with a table.
    options : ReadOptions, optional
        Decisions to be taken as given instead of found out; ``read_report`` tells which were taken.

    Returns
    -------
    pandas.DataFrame, (N, D)
        Numbers, times as hours among them, are ``int64`` or ``float64``, words ``str``, dates ``datetime64``; gaps are
        NaN or NaT.

    Raises
    ------
    TableError
        Where there is no table to be had; its sentence says why and what to do.
    """
    return read_report(source, name, sheet, options).frame


def read_report(
    source: Source, name: str | None = None, sheet: str | None = None, options: ReadOptions | None = None
) -> ReadTable:
    """Read a table as ``read_table`` does, and keep how it was read.

    Parameters
    ----------
    source, name, sheet, options
        As for ``read_table``.

    Returns
    -------
    ReadTable

    Raises
    ------
    TableError
        As ``read_table`` does; also where no column holds numbers, unless ``options`` allow that.
    """
    options = options or ReadOptions()
    content, shown_name = load(source, name)
    data, remarks = unpacked(content, shown_name)
    read = next((reader for recognises, reader in READERS if recognises(data)), _read_text)
    table = read(data, shown_name, sheet, options).with_remarks(remarks)
    if options.needs_numbers:
        _check_numbers(table.frame)
    return table


def _read_workbook(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    from gmm_core.tables.workbook import read_workbook

    return read_workbook(data, name, sheet, options)


def _read_text(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    from gmm_core.tables.text import read_text

    check_readable(data, name)
    return read_text(data, name, options)


def _read_json(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    from gmm_core.tables.json_records import read_json

    return read_json(data, name, sheet, options)


def _read_parquet(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    from gmm_core.tables.parquet import read_parquet

    return read_parquet(data, name, sheet, options)


READERS: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (is_workbook, _read_workbook),
    (is_parquet, _read_parquet),
    (is_json, _read_json),
)
"""How to tell a format from its bytes, and its reader; the first that recognises them reads, and else they are text."""


def _check_numbers(frame: pd.DataFrame) -> None:
    if len(frame.select_dtypes("number").columns):
        return
    measured = next(((name, cell) for name in frame for cell in _measures(frame[name])), None)
    remedy = "Load a table with at least one numeric column, or check its decimal sign and delimiter."
    if measured:
        remedy = (
            f"In “{measured[0]}” units stand beside the numbers (“{measured[1]}”): put them into the column's name."
        )
    raise TableError(
        "No column of the table holds numbers, so there is nothing to find groups in.",
        remedy,
        columns=list(frame.columns),
    )


def _measures(column: "pd.Series[Any]") -> list[str]:
    """The first of a column's cells, where most are numbers with a unit behind them."""
    cells = column.dropna().astype("str")
    return cells.head(1).tolist() if cells.str.fullmatch(_MEASURE).mean() > MOST_MEASURED else []
