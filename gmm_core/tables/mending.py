"""Rows of a text that are shorter or longer than its header, and the line on which a row starts.

pyarrow hands over such rows one by one. Short ones are filled with gaps, blank cells beyond the last column are cut,
notes ("Source: ...") become one cell, and anything else beyond the last column is an error that names the line.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from gmm_core.errors import TableError
from gmm_core.tables.foot import is_remark

Row = list[str]


class Mender:
    """Takes the rows that pyarrow will not, mends them, and puts them back in their places.

    Parameters
    ----------
    width : int
        Cells of the header.
    delimiter : str
    """

    def __init__(self, width: int, delimiter: str) -> None:
        self.width = width
        self.delimiter = delimiter
        self.numbers: list[int] = []
        self.rows: list[Row] = []
        self.n_short = self.n_joined = 0

    def __call__(self, invalid: Any) -> str:
        """What to do with a row, in pyarrow's words: ``"skip"`` where it was mended."""
        try:
            row = next(csv.reader(io.StringIO(invalid.text, newline=""), delimiter=self.delimiter), [])
        except csv.Error:
            return "error"
        if _is_too_long(row, self.width):
            if not is_remark(row):
                return "error"
            row = [self.delimiter.join(row)]  # one sentence, though the sign between columns stands in it
            self.n_joined += 1
        else:
            self.n_short += len(row) < self.width
        self.numbers.append(invalid.number - 1)
        self.rows.append(row[: self.width] + [""] * (self.width - len(row)))
        return "skip"

    def put_back(self, table: Any) -> Any:
        """A ``pyarrow.Table`` of the other rows, with the mended rows where they were."""
        if not self.rows:
            return table
        mended = pa.table(
            [pa.array(cells, type=pa.string()) for cells in zip(*self.rows, strict=True)], schema=table.schema
        )
        order = np.empty(len(table) + len(mended), dtype=np.int64)
        others = np.ones(len(order), dtype=bool)
        others[self.numbers] = False
        order[self.numbers] = len(table) + np.arange(len(mended))
        order[others] = np.arange(len(table))
        return pa.concat_tables([table, mended]).take(pa.array(order))


def numbered_rows(text: str, delimiter: str, lines_above: int) -> Iterator[tuple[Row, int, int]]:
    """Each row of a text with the lines of the file on which it starts and ends, from 1.

    Raises
    ------
    TableError
        Where a cell runs on without end, as it does behind a quotation mark that is never closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = lines_above + 1
    try:
        for row in reader:
            yield row, line, lines_above + reader.line_num
            line = lines_above + reader.line_num + 1
    except csv.Error as error:  # beyond csv's limit of 128 KB for a cell
        raise _never_closed(line) if '"' in text else _endless(line) from error


def refusal(text: str, delimiter: str, width: int, lines_above: int) -> TableError:
    """The error for a text with a row that can't be mended, which is looked for here, the slow way."""
    try:
        for row, line, _ in numbered_rows(text, delimiter, lines_above):
            if _is_too_long(row, width) and not is_remark(row):
                return _too_long(line, len(row), width)
    except TableError as error:
        return error
    return TableError("A row of the file is too long to be read.", "Check its quotation marks.")


def check_closed(text: str, delimiter: str, lines_above: int) -> None:
    """Raise ``TableError`` where the last row runs on over several lines: the quotation mark it begins never closes."""
    [(row, line, _)] = deque(numbered_rows(text, delimiter, lines_above), maxlen=1)
    if any("\n" in cell or "\r" in cell for cell in row):
        raise _never_closed(line)


def _is_too_long(row: Row, width: int) -> bool:
    return any(cell.strip() for cell in row[width:])


def _never_closed(line: int) -> TableError:
    return TableError(
        f"A quotation mark in line {line:,} of the file is never closed, so the rows after it can't be told apart.",
        "Close it, or take it out, and load the file again.",
        value=line,
    )


def _too_long(line: int, n_cells: int, width: int) -> TableError:
    return TableError(
        f"Line {line:,} of the file has {n_cells} cells where the first row has {width}.",
        "Put quotation marks around cells that contain the sign between columns, and remove lines above the header.",
        value=line,
    )


def _endless(line: int) -> TableError:
    return TableError(
        f"Line {line:,} of the file has a cell of more than 128 KB, so this is hardly a table.",
        "Check the sign between its columns.",
        value=line,
    )
