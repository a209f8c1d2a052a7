"""Tables to bytes that open right in a spreadsheet and do nothing there."""

import codecs
import io
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from gmm_core.tables.column_facts import ANSWER, NUMBER, storage_of

RISKY = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""How a cell begins that a spreadsheet would run as a formula, wide forms of East Asia among them."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a mark, which is what Excel needs to read it as such.

    Numbers are written with all their digits and no more. Text, names of columns among it, that a spreadsheet would
    run as a formula gets an apostrophe in front, which spreadsheets take as "this is text". The index is left out.

    Parameters
    ----------
    frame : pandas.DataFrame

    Returns
    -------
    bytes
    """
    columns = [_written(frame.iloc[:, i]) for i in range(frame.shape[1])]
    names = pd.Series([str(name) for name in frame.columns], dtype="str")
    out = io.BytesIO(codecs.BOM_UTF8)
    out.seek(0, io.SEEK_END)
    arrow_csv.write_csv(pa.Table.from_arrays(columns, names=_harmless(names).to_list()), out)
    return out.getvalue()


def _written(series: "pd.Series[Any]") -> Any:
    """A column as pyarrow writes it: numbers and truth values as they are, anything else as text."""
    if storage_of(series) in (NUMBER, ANSWER):
        return pa.Array.from_pandas(series)
    return pa.array(_harmless(series.astype("str")), type=pa.string(), from_pandas=True)


def _harmless(texts: "pd.Series[str]") -> "pd.Series[str]":
    risky = texts.str.contains(RISKY, regex=True, na=False)
    return texts.mask(risky, "'" + texts)
