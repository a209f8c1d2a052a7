"""Delimited text to a table: parsed in bulk by pyarrow, as words, then converted column by column."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from gmm_core.errors import TableError
from gmm_core.tables.conversion import Cells, Unread, convert
from gmm_core.tables.dialect import NO_DELIMITER, Dialect
from gmm_core.tables.encoding import as_utf8, find_encoding
from gmm_core.tables.limits import check_rows
from gmm_core.tables.mending import Mender, check_closed, refusal
from gmm_core.tables.naming import column_names
from gmm_core.tables.notes import ReadingNotes, ReadTable, counted
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.text_layout import TextLayout, find_layout, without_sep_line

BLOCK_BYTES = 1 << 23
"""Bytes that pyarrow parses at a time; a longer row goes the slow way."""

_SOMETHING = re.compile(rb"\S")


def read_text(data: bytes, name: str, options: ReadOptions) -> ReadTable:
    """Read delimited text.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file.
    options : ReadOptions
        What is not to be found out.

    Raises
    ------
    TableError
        Where there are no rows below the header, a row is longer than the header, a quotation mark is never closed, or
        the table is beyond the limits.
    """
    encoding = options.given_encoding or find_encoding(data)
    text, delimiter = without_sep_line(as_utf8(data, encoding))
    layout = find_layout(text, options, delimiter)
    columns, short = _parse(text, layout)
    del text  # where it was transcoded it is as large as the file, and the words are in columns now
    columns, blank = _without_blank_rows(columns)
    frame, unread = _converted(_named(columns, layout.header), layout.dialect)
    notes = ReadingNotes(
        "text",
        *frame.shape,
        encoding=encoding.words,
        delimiter="" if layout.dialect.delimiter == NO_DELIMITER else layout.dialect.delimiter,
        decimal=layout.dialect.shown_decimal,
        has_header=layout.dialect.has_header,
        unread=unread,
        remarks=short + blank,
    )
    return ReadTable(frame, name, notes)


def _parse(text: bytes, layout: TextLayout) -> tuple[list[Cells], tuple[str, ...]]:
    """The columns as words, and remarks."""
    if not _SOMETHING.search(text, layout.start):
        raise header_only()
    body = pa.py_buffer(text).slice(layout.start)
    remarks: tuple[str, ...] = ()
    try:
        table = _parsed(body, layout)
    except pa.ArrowInvalid:  # rows of several lengths, or one longer than a block
        table, remarks = _parsed_and_mended(body, layout)
    check_rows(len(table))
    if text.count(b'"') % 2 and _spans_lines(table.slice(len(table) - 1)):
        check_closed(text[layout.start :].decode(), layout.dialect.delimiter, layout.lines_above)
    return list(table.columns), remarks


def _parsed(body: Any, layout: TextLayout, mender: Mender | None = None) -> Any:
    """A ``pyarrow.Table`` of words; a mender needs the numbers of rows, which only a single thread knows."""
    names = [f"c{i}" for i in range(len(layout.header))]
    return arrow_csv.read_csv(
        pa.BufferReader(body),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES, use_threads=mender is None),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.dialect.delimiter, newlines_in_values=True, invalid_row_handler=mender
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _parsed_and_mended(body: Any, layout: TextLayout) -> tuple[Any, tuple[str, ...]]:
    width, delimiter = len(layout.header), layout.dialect.delimiter
    mender = Mender(width, delimiter)
    try:
        table = mender.put_back(_parsed(body, layout, mender))
    except pa.ArrowInvalid as error:
        raise refusal(body.to_pybytes().decode(), delimiter, width, layout.lines_above) from error
    short = f"{counted(mender.n_short, 'row')} had fewer cells than the header; the missing ones count as gaps."
    return table, (short,) if mender.n_short else ()


def _spans_lines(row: Any) -> bool:
    return any("\n" in cell or "\r" in cell for cells in row.columns for cell in cells.to_pylist())


def _without_blank_rows(columns: list[Cells]) -> tuple[list[Cells], tuple[str, ...]]:
    """The columns without rows of which every cell is blank, such as spreadsheets leave at the foot of a table."""
    blank = _is_blank(columns[0])
    for column in columns[1:]:
        if not pc.any(blank).as_py():
            return columns, ()
        blank = pc.and_(blank, _is_blank(column))
    n_blank = pc.sum(blank).as_py()
    if n_blank == len(blank):
        raise header_only()
    if not n_blank:
        return columns, ()
    kept = pc.invert(blank)
    return [column.filter(kept) for column in columns], (f"{counted(n_blank, 'blank row')} left out.",)


def _named(columns: Sequence[Cells], header: Sequence[str]) -> dict[str, Cells]:
    """The columns by name, without those that have neither a name nor a cell that isn't blank."""
    named = zip(column_names(header), header, columns, strict=True)
    return {name: column for name, cell, column in named if cell or not pc.all(_is_blank(column)).as_py()}


def _is_blank(column: Cells) -> Cells:
    return pc.equal(pc.utf8_trim_whitespace(column), "")


def _converted(columns: dict[str, Cells], dialect: Dialect) -> tuple[pd.DataFrame, tuple[Unread, ...]]:
    found = {}
    for name in list(columns):
        found[name] = convert(columns.pop(name), name, dialect.numerals)  # popped, so that the words can be freed
    frame = pd.DataFrame({name: series for name, (series, _) in found.items()}, copy=False)
    return frame, tuple(unread for _, unread in found.values() if unread is not None)


def header_only() -> TableError:
    """The error for a table without rows."""
    return TableError("The table has a header but no rows below it.", "Load a file with at least one row of values.")
