"""Parquet to a table: columns keep their kinds; text is read as the words of a text file would be."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from gmm_core.errors import TableError
from gmm_core.tables.conversion import EXACT, convert, converted
from gmm_core.tables.converted import Cells, Converted
from gmm_core.tables.dates import AS_HOURS
from gmm_core.tables.habits import Habits
from gmm_core.tables.limits import MAX_UNPACKED_BYTES, check_cells, check_columns, check_rows, megabytes
from gmm_core.tables.naming import column_names
from gmm_core.tables.notes import ReadingNotes, ReadTable
from gmm_core.tables.numerals import POINT
from gmm_core.tables.options import ReadOptions


def read_parquet(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    """Read a Parquet file.

    Raises
    ------
    TableError
        Where it is damaged or beyond the limits, or holds no rows.
    """
    try:
        return _read(data, name, options)
    except TableError:  # a ValueError as well
        raise
    except (pa.ArrowException, OSError, MemoryError, ValueError, OverflowError) as error:
        raise TableError(f"{name} is a damaged Parquet file.", "Write it anew, or save the table as CSV.") from error


def _read(data: bytes, name: str, options: ReadOptions) -> ReadTable:
    table = _table(data, name)
    if not len(table) or not table.num_columns:
        raise TableError(f"{name} is a Parquet file without rows.", "Load a file with at least one row of values.")
    columns = dict(zip(column_names(table.column_names), table.columns, strict=True))
    found = converted(columns, options.habits(POINT), _converted)
    notes = ReadingNotes("Parquet", *found.frame.shape)
    notes = replace(notes, unread=found.unread, understood=found.understood, gap_words=found.gap_words)
    return ReadTable(found.frame, name, notes)


def _table(data: bytes, name: str) -> Any:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(data))
    check_rows(file.metadata.num_rows)
    check_columns(len(file.schema_arrow))
    check_cells(file.metadata.num_rows, len(file.schema_arrow))  # however few bytes repeated values take in the file
    size = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
    if size > MAX_UNPACKED_BYTES:
        problem = f"{name} unpacks to {megabytes(size)}; at most {megabytes(MAX_UNPACKED_BYTES)} are read."
        raise TableError(problem, "Keep only the columns and rows you need.", value=size)
    return file.read()


def _converted(cells: Cells, column: str, habits: Habits) -> Converted:
    if types.is_dictionary(cells.type):
        cells = pc.cast(cells, cells.type.value_type)
    make = next((make for holds, make in KINDS if holds(cells.type)), _words)
    return (_words if column in habits.as_text else make)(cells, column, habits)


def _whole(cells: Cells, column: str, habits: Habits) -> Converted:
    """Whole numbers; those that a float would round keep a column with gaps text."""
    size = max((abs(value) for value in pc.min_max(cells).as_py().values() if value is not None), default=0)
    if not cells.null_count and size < 2**63:
        return Converted(pd.Series(pc.cast(cells, pa.int64()).to_numpy()))
    return _numbers(cells, column, habits) if size <= EXACT else _words(cells, column, habits)


def _numbers(cells: Cells, column: str, habits: Habits) -> Converted:
    return Converted(pd.Series(np.asarray(pc.cast(cells, pa.float64(), safe=False).to_numpy(), dtype=float)))


def _dates(cells: Cells, column: str, habits: Habits) -> Converted:
    return Converted(pd.Series(pc.cast(cells, pa.timestamp("us"), safe=False).to_pandas()))


def _times(cells: Cells, column: str, habits: Habits) -> Converted:
    per_hour = 3600 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[cells.type.unit]
    counts = pc.cast(cells, pa.int64() if cells.type.bit_width == 64 else pa.int32())
    return Converted(pd.Series(_numbers(counts, column, habits).series / per_hour), how=AS_HOURS)


def _answers(cells: Cells, column: str, habits: Habits) -> Converted:
    return Converted(pd.Series(cells.to_pandas(), dtype="boolean" if cells.null_count else "bool"))


def _words(cells: Cells, column: str, habits: Habits) -> Converted:
    """Text, and anything else as it is written."""
    if not types.is_string(cells.type):
        cells = pa.chunked_array([[None if cell is None else str(cell) for cell in cells.to_pylist()]], pa.string())
    return convert(cells, column, habits)


KINDS: tuple[tuple[Callable[[Any], bool], Callable[[Cells, str, Habits], Converted]], ...] = (
    (types.is_integer, _whole),
    (lambda kind: types.is_floating(kind) or types.is_decimal(kind), _numbers),
    (lambda kind: types.is_timestamp(kind) or types.is_date(kind), _dates),
    (lambda kind: types.is_time(kind) or types.is_duration(kind), _times),
    (types.is_boolean, _answers),
)
"""Kinds of columns, and what each becomes; the rest is text."""
