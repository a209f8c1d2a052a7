"""JSON to a table: records in a list or one a line, or lists by column name."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gmm_core.errors import TableError
from gmm_core.tables.cells import convert_cells
from gmm_core.tables.conversion import converted
from gmm_core.tables.encoding import as_utf8, find_encoding
from gmm_core.tables.limits import MAX_JSON_BYTES, MAX_SHEET_CELLS, check_cells, check_columns, check_rows, megabytes
from gmm_core.tables.naming import column_names
from gmm_core.tables.notes import ReadingNotes, ReadTable
from gmm_core.tables.numerals import POINT
from gmm_core.tables.options import ReadOptions

Columns = dict[str, list[Any]]


def read_json(data: bytes, name: str, sheet: str | None, options: ReadOptions) -> ReadTable:
    """Read a JSON document; values that are lists or objects stay text.

    Raises
    ------
    TableError
        Where it isn't well formed, holds no records, or is beyond the limits.
    """
    if len(data) > MAX_JSON_BYTES:
        problem = f"{name} is a JSON document of more than {megabytes(MAX_JSON_BYTES)}, the most that is read."
        raise TableError(problem, "Save the table as CSV or Parquet.", value=len(data))
    columns = _columns(_parsed(as_utf8(data, find_encoding(data)), name), name)
    check_columns(len(columns))
    check_rows(len(next(iter(columns.values()), ())))
    cells = dict(
        zip(column_names(columns), ([_cell(value) for value in each] for each in columns.values()), strict=True)
    )
    found = converted(cells, options.habits(POINT), convert_cells)
    notes = ReadingNotes("JSON", *found.frame.shape)
    notes = replace(notes, unread=found.unread, understood=found.understood, gap_words=found.gap_words)
    return ReadTable(found.frame, name, notes)


def _parsed(text: bytes, name: str) -> Any:
    for parse in (json.loads, _lines):
        try:
            return parse(text)
        except (ValueError, RecursionError):
            continue
    raise TableError(f"{name} is a JSON document that isn't well formed.", "Write it anew, or save the table as CSV.")


def _lines(text: bytes) -> list[Any]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _columns(document: Any, name: str) -> Columns:
    """The columns of a document in the first of the shapes that it has."""
    found = next((columns for shape in SHAPES if (columns := shape(document))), None)
    if found:
        return found
    raise TableError(
        f"{name} is a JSON document without a list of records in it.",
        'Give a list of objects such as [{"x": 1, "y": 2}], or save the table as CSV.',
    )


def _records(document: Any) -> Columns | None:
    if not isinstance(document, list) or not all(isinstance(record, dict) for record in document):
        return None
    names = dict.fromkeys(name for record in document for name in record)
    check_columns(len(names))
    check_cells(len(document), len(names), MAX_SHEET_CELLS)
    return {name: [record.get(name) for record in document] for name in names}


def _lists(document: Any) -> Columns | None:
    if not isinstance(document, dict) or not all(isinstance(values, list) for values in document.values()):
        return None
    lengths = set(map(len, document.values()))
    return document if len(lengths) == 1 and lengths != {0} and not _records(next(iter(document.values()))) else None


def _records_inside(document: Any) -> Columns | None:
    """Records in the one list of an object, beside whatever else it says."""
    lists = [value for value in document.values() if isinstance(value, list)] if isinstance(document, dict) else []
    return _records(lists[0]) if len(lists) == 1 else None


def _one_record(document: Any) -> Columns | None:
    is_flat = isinstance(document, dict) and not any(isinstance(value, list | dict) for value in document.values())
    return _records([document]) if is_flat else None


SHAPES: tuple[Callable[[Any], Columns | None], ...] = (_records, _lists, _records_inside, _one_record)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
