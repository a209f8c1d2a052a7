"""Tables to bytes that open right in a spreadsheet and do nothing there."""

import codecs
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gmm_core.tables.column_facts import ANSWER, NUMBER, storage_of
from gmm_core.tables.notes import ReadingNotes

RISKY = "^[ \u00a0\u3000]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""How a cell begins that a spreadsheet would run as a formula, wide forms of East Asia and blanks before among them."""

BLOCK = 100_000
"""Rows that are written at once: bounds the memory."""


@dataclass(frozen=True)
class CsvStyle:
    """How a country's spreadsheets write tables as text.

    Parameters
    ----------
    name : str
        Its key.
    delimiter, decimal : str
    """

    name: str
    delimiter: str
    decimal: str


CSV_STYLES = {
    style.name: style
    for style in (
        CsvStyle("point", ",", "."),
        CsvStyle("comma", ";", ","),
    )
}
"""By decimal sign. The second is what Excel opens right where numbers are written with a decimal comma."""


def style_like(notes: ReadingNotes | None) -> CsvStyle:
    """The style in which a file was written itself, as far as it shows: by its decimal sign, or by its semicolons."""
    if notes is None:
        return CSV_STYLES["point"]
    decimal = notes.decimal or ("," if notes.delimiter == ";" else ".")
    return CSV_STYLES["comma" if decimal == "," else "point"]


def to_csv(frame: pd.DataFrame, style: CsvStyle = CSV_STYLES["point"]) -> bytes:
    """A table as CSV in UTF-8 with a mark, which is what Excel needs to read it as such.

    Numbers are written with all their digits and no more. Text, names of columns among it, that a spreadsheet would
    run as a formula gets an apostrophe in front, which spreadsheets take as "this is text". The index is left out.

    Parameters
    ----------
    frame : pandas.DataFrame
    style : CsvStyle
        Delimiter and decimal sign.

    Returns
    -------
    bytes
    """
    if not frame.shape[1]:
        return codecs.BOM_UTF8
    frame = frame.infer_objects()  # numbers with gaps may be stored as any objects
    names = pd.DataFrame([[str(name) for name in frame.columns]], dtype="str")
    blocks = (frame.iloc[start : start + BLOCK] for start in range(0, len(frame), BLOCK))
    return b"".join([codecs.BOM_UTF8, *(_lines(block, style) for block in (names, *blocks))])


def _lines(frame: pd.DataFrame, style: CsvStyle) -> bytes:
    """The rows as lines, each with its end; there is at least one."""
    columns = [_written(frame.iloc[:, i], style.decimal) for i in range(frame.shape[1])]
    rows = pc.binary_join_element_wise(*columns, style.delimiter, null_handling="replace", null_replacement="")
    rows = rows.combine_chunks() if isinstance(rows, pa.ChunkedArray) else rows
    text: bytes = pc.binary_join(pa.ListArray.from_arrays([0, len(rows)], rows), "\n")[0].as_buffer().to_pybytes()
    return text + b"\n"


def _written(series: "pd.Series[Any]", decimal: str) -> Any:
    """A column's cells as text, missing where they are: numbers and truth values bare, anything else in quotes."""
    if storage_of(series) not in (NUMBER, ANSWER):
        texts = pa.array(_harmless(series.astype("str")), type=pa.string(), from_pandas=True)
        return pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    values = pa.Array.from_pandas(series)
    texts = values.cast(pa.string())
    return pc.replace_substring(texts, ".", decimal) if pa.types.is_floating(values.type) else texts


def _harmless(texts: "pd.Series[str]") -> "pd.Series[str]":
    risky = texts.str.contains(RISKY, regex=True, na=False)
    return texts.mask(risky, "'" + texts)
