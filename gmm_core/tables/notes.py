"""What reading found out and decided, kept to be shown: one line, and the details a click below."""

from dataclasses import dataclass

import pandas as pd

from gmm_core.tables.conversion import Unread
from gmm_core.tables.dialect import in_words


@dataclass(frozen=True)
class ReadingNotes:
    """How a table was read.

    Parameters
    ----------
    kind : str
        ``"text"`` or ``"workbook"``.
    n_rows, n_columns : int
        Of the table that came out.
    encoding : str
        Of a text, in words ("UTF-8").
    delimiter, decimal : str
        Of a text: the signs themselves; ``""`` where there is one column, or where no decimal sign was seen.
    has_header : bool
        Whether the columns' names were found, not made.
    sheet : str
        Of a workbook: the sheet that was read.
    sheets : tuple of str
        Of a workbook: all its sheets, in order.
    unread : tuple of Unread
        For each column with such cells: those that were no numbers and became gaps.
    remarks : tuple of str
        Sentences on what else was done to the rows (blank ones left out, short ones filled).
    """

    kind: str
    n_rows: int = 0
    n_columns: int = 0
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    has_header: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    remarks: tuple[str, ...] = ()

    def summary(self) -> str:
        """How the table was read, in one sentence."""
        return f"Read as {self.kind}: {_listed(self._how())}; {self._size()}."

    def details(self) -> tuple[str, ...]:
        """A sentence for each thing to know beside the summary; none where all went smoothly."""
        made = () if self.has_header else ("No names were found above the columns, so they are numbered.",)
        return (*made, *self.remarks, *(describe(unread) for unread in self.unread))

    def _how(self) -> tuple[str, ...]:
        if self.kind == "workbook":
            return (f"sheet “{self.sheet}”" + (f" of {len(self.sheets)}" if len(self.sheets) > 1 else ""),)
        between = f"{in_words(self.delimiter)} between columns" if self.delimiter else "one column"
        decimal = {"": "", ",": "decimal comma", ".": "decimal point"}[self.decimal]
        return (between, decimal, self.encoding)

    def _size(self) -> str:
        return f"{counted(self.n_rows, 'row')}, {counted(self.n_columns, 'column')}"


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A table as read: the frame, the name of its file, and how it was read."""

    frame: pd.DataFrame
    name: str
    notes: ReadingNotes


def describe(unread: Unread) -> str:
    """One sentence on cells of a numeric column that became gaps."""
    examples = ", ".join(f"“{word}” in row {row:,}" for word, row in zip(unread.examples, unread.rows, strict=True))
    more = ", ..." if unread.count > len(unread.examples) else ""
    what = "is no number and counts as a gap" if unread.count == 1 else "are no numbers and count as gaps"
    return f"Column “{unread.column}”: {counted(unread.count, 'cell')} {what} ({examples}{more})."


def counted(n: int, word: str) -> str:
    """A number of things, such as ``"1 row"`` or ``"1,000 rows"``."""
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(part for part in parts if part)
