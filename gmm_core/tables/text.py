"""Delimited text to a table: parsed in bulk by pyarrow, as words, then converted column by column."""

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from gmm_core.errors import TableError
from gmm_core.model.words import counted
from gmm_core.tables.conversion import converted
from gmm_core.tables.converted import Cells
from gmm_core.tables.decimal_sign import DecimalSign, find_decimal_sign
from gmm_core.tables.dialect import BLANKS, NO_DELIMITER, find_delimiter, without_blanks
from gmm_core.tables.encoding import as_utf8, find_encoding
from gmm_core.tables.foot import LOOKED_AT_FOOT, find_foot, n_sums, sure_totals
from gmm_core.tables.limits import check_rows
from gmm_core.tables.mending import Mender, check_closed, refusal
from gmm_core.tables.naming import column_names
from gmm_core.tables.notes import ReadingNotes, ReadTable
from gmm_core.tables.numerals import given_numerals
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.text_layout import TextLayout, find_layout, sample_of, without_lines, without_sep_line

BLOCK_BYTES = 1 << 23
"""Bytes that pyarrow parses at a time; a longer row goes the slow way."""

MOST_CELLS, FEWEST_ROWS = 20_000, 20
"""First cells, and rows of these, on which the decimal sign is looked for, before all are."""

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
    text, named = without_sep_line(as_utf8(data, encoding))
    text, skipped = without_lines(text, options.skip_lines or 0)
    delimiter = options.delimiter or named or find_delimiter(sample_of(text))
    if delimiter in BLANKS:
        text = without_blanks(text, delimiter)
    layout = find_layout(text, NO_DELIMITER if delimiter in BLANKS else delimiter, options)
    columns, remarks = _table(text, layout)
    del text  # where it was transcoded it is as large as the file, and the words are in columns now
    columns, foot = _without_foot(columns, options.skip_foot)
    sign = _decimal_sign(columns, delimiter)
    habits = options.habits(sign.numerals, 0 if options.skip_foot else len(foot))
    words = _named(columns, layout.header)
    del columns  # so that each can be freed once it is converted
    found = converted(words, habits)
    notes = ReadingNotes(
        "text",
        *found.frame.shape,
        encoding=encoding.words,
        delimiter="" if delimiter == NO_DELIMITER else delimiter,
        decimal=options.decimal or (sign.numerals.decimal if sign.shown else ""),
        header_rows=layout.header_rows,
        top=(options.skip_lines or 0) + layout.top,
        skipped=skipped + layout.skipped,
        foot=foot,
        foot_left_out=options.skip_foot > 0,
        ends_in_sums=not foot and n_sums(found.frame) > 0,
        n_totals=0 if options.skip_foot else sure_totals(found.frame, foot),
        unread=found.unread,
        understood=found.understood,
        gap_words=found.gap_words,
        remarks=(*remarks, *_remarks(sign, options)),
    )
    return ReadTable(found.frame, name, notes)


def _remarks(sign: DecimalSign, options: ReadOptions) -> tuple[str, ...]:
    return sign.remark() if given_numerals(options.decimal, options.thousands) is None else ()


def _table(text: bytes, layout: TextLayout) -> tuple[list[Cells], tuple[str, ...]]:
    """The columns as words, without blank rows, and remarks."""
    columns, short = _parse(text, layout)
    columns, blank = _without_blank_rows(columns)
    return columns, short + blank


def _without_foot(columns: list[Cells], n_left_out: int) -> tuple[list[Cells], tuple[str, ...]]:
    """The columns without so many rows at the end, and the labels of these or of what looks like totals and notes."""
    n_rows = len(columns[0])
    tail = [column.slice(max(n_rows - LOOKED_AT_FOOT, 0)).to_pylist() for column in columns]
    rows = [[cell.strip() for cell in row] for row in zip(*tail, strict=True)]
    if not n_left_out:
        return columns, find_foot(rows)
    if n_left_out >= n_rows:
        raise header_only()
    labels = tuple(next(filter(None, row), "") for row in rows[-n_left_out:])
    return [column.slice(0, n_rows - n_left_out) for column in columns], labels


def _decimal_sign(columns: list[Cells], delimiter: str) -> DecimalSign:
    """From the first rows, or from all where these leave it open."""
    n_first = max(MOST_CELLS // len(columns), FEWEST_ROWS)
    first = find_decimal_sign([pc.utf8_trim_whitespace(column.slice(0, n_first)) for column in columns], delimiter)
    return find_decimal_sign([pc.utf8_trim_whitespace(c) for c in columns], delimiter) if first.example else first


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
        check_closed(text[layout.start :].decode(), layout.delimiter, layout.lines_above)
    return list(table.columns), remarks


def _parsed(body: Any, layout: TextLayout, mender: Mender | None = None) -> Any:
    """A ``pyarrow.Table`` of words; a mender needs the numbers of rows, which only a single thread knows."""
    names = [f"c{i}" for i in range(len(layout.header))]
    return arrow_csv.read_csv(
        pa.BufferReader(body),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES, use_threads=mender is None),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, invalid_row_handler=mender
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _parsed_and_mended(body: Any, layout: TextLayout) -> tuple[Any, tuple[str, ...]]:
    width, delimiter = len(layout.header), layout.delimiter
    mender = Mender(width, delimiter)
    try:
        table = mender.put_back(_parsed(body, layout, mender))
    except pa.ArrowInvalid as error:
        raise refusal(body.to_pybytes().decode(), delimiter, width, layout.lines_above) from error
    short = f"{counted(mender.n_short, 'row')} had fewer cells than the header; the missing ones count as gaps."
    joined = f"{counted(mender.n_joined, 'row')} longer than the header and like a note, so joined to one cell."
    return table, ((short,) if mender.n_short else ()) + ((joined,) if mender.n_joined else ())


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


def header_only() -> TableError:
    """The error for a table without rows."""
    return TableError("The table has a header but no rows below it.", "Load a file with at least one row of values.")
