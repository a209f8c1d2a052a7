"""What reading found out and decided, kept to be shown: one line, and the details a click below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from gmm_core.model.words import counted
from gmm_core.tables.converted import Unread
from gmm_core.tables.dates import DAY_FIRST, MONTH_FIRST
from gmm_core.tables.dialect import in_words
from gmm_core.tables.foot import means_total

MOST_QUOTED = 3
MOST_GAP_WORDS = 6
LONGEST = 60
"""Letters of a line that are shown."""


@dataclass(frozen=True)
class ReadingNotes:
    """How a table was read.

    Parameters
    ----------
    kind : str
        ``"text"``, ``"workbook"``, ``"Parquet"`` or ``"JSON"``.
    n_rows, n_columns : int
        Of the table that came out.
    encoding : str
        Of a text, in words ("UTF-8").
    delimiter, decimal : str
        Of a text: the signs themselves; ``""`` where there is one column, or where no decimal sign was seen.
    header_rows : int
        Rows of names that were found; where there are none, names were made.
    top : int
        Lines of a text, or rows of a sheet's used range, above the table, blank ones among them.
    skipped : tuple of str
        What stands in them.
    foot : tuple of str
        Labels of the last rows, where these look like totals and notes, or were left out.
    foot_left_out : bool
        Whether those rows were left out; otherwise they are in the table.
    ends_in_sums : bool
        Whether the last row gives the sums of those above it, without saying so.
    n_totals : int
        Rows at the end that are totals beyond doubt, with notes among them, and are in the table.
    sheet : str
        Of a workbook: the sheet that was read.
    sheets : tuple of str
        Of a workbook: all its sheets, in order.
    unread : tuple of Unread
        For each column with such cells: those that were no numbers and became gaps.
    understood : tuple of (str, str)
        Columns, and how their cells were understood where that isn't plain.
    gap_words : tuple of (str, int)
        Words and numbers that were taken as gaps, the commonest first, and how often.
    remarks : tuple of str
        Sentences on what else was done to the rows (blank ones left out, short ones filled).
    """

    kind: str
    n_rows: int = 0
    n_columns: int = 0
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    header_rows: int = 1
    top: int = 0
    skipped: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    foot_left_out: bool = False
    ends_in_sums: bool = False
    n_totals: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    understood: tuple[tuple[str, str], ...] = ()
    gap_words: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def has_header(self) -> bool:
        """Whether the columns' names were found, not made."""
        return self.header_rows > 0

    @property
    def n_foot(self) -> int:
        """Rows at the end that are no cases, or look like it."""
        return len(self.foot) or int(self.ends_in_sums)

    @property
    def day_first(self) -> bool | None:
        """Whether the day stands before the month in the first column of dates where that had to be decided."""
        orders = (how.startswith(DAY_FIRST) for _, how in self.understood if how.startswith((DAY_FIRST, MONTH_FIRST)))
        return next(orders, None)

    def summary(self) -> str:
        """How the table was read, in one sentence."""
        how = f": {_listed(self._how())}" if self._how() else ""
        return f"Read as {self.kind}{how}; {self._size()}."

    def details(self) -> tuple[str, ...]:
        """A sentence for each thing to know beside the summary; none where all went smoothly."""
        made = () if self.has_header else ("No names were found above the columns, so they are numbered.",)
        two = ("The names stand in two rows, which were joined.",) if self.header_rows == 2 else ()
        understood = (f"Column “{name}”: {how}." for name, how in self.understood)
        unread = (describe(each) for each in self.unread)
        below = (*self.on_foot(), *self._gaps())
        return (*self._above(), *made, *two, *self.remarks, *below, *understood, *unread)

    def _above(self) -> tuple[str, ...]:
        if not self.skipped:
            return ()
        return (f"{counted(len(self.skipped), 'line')} above the table left out ({quoted(self.skipped)}).",)

    def on_foot(self) -> tuple[str, ...]:
        """A sentence on rows at the end that are no cases, or look like it."""
        if not self.foot:
            sums = "The last row holds the sums of the rows above it, yet stayed in: leave it out."
            return (sums,) if self.ends_in_sums else ()
        rows = "The last row" if len(self.foot) == 1 else f"The last {len(self.foot)} rows"
        if self.foot_left_out:
            as_what = ", as totals are no cases" if any(map(means_total, self.foot)) else ""
            return (f"{rows} left out{as_what} ({quoted(self.foot)}).",)
        one, several = "looks like a total or a note", "look like totals or notes"
        looks = one if len(self.foot) == 1 else several
        return (f"{rows} {looks} ({quoted(self.foot)}), yet stayed in: leave out what is no case.",)

    def _gaps(self) -> tuple[str, ...]:
        if not self.gap_words:
            return ()
        words = [f"{quoted([word])} in {counted(n, 'cell')}" for word, n in self.gap_words[:MOST_GAP_WORDS]]
        return (f"Taken as gaps: {', '.join(words)}{', ...' * (len(self.gap_words) > MOST_GAP_WORDS)}.",)

    def _how(self) -> tuple[str, ...]:
        if self.kind == "workbook":
            return (f"sheet “{self.sheet}”" + (f" of {len(self.sheets)}" if len(self.sheets) > 1 else ""),)
        if self.kind != "text":
            return ()
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

    def with_remarks(self, remarks: tuple[str, ...]) -> "ReadTable":
        """The same table with more to say of it, which comes first."""
        return replace(self, notes=replace(self.notes, remarks=remarks + self.notes.remarks)) if remarks else self


def describe(unread: Unread) -> str:
    """One sentence on cells of a numeric column that became gaps."""
    examples = ", ".join(f"“{word}” in row {row:,}" for word, row in zip(unread.examples, unread.rows, strict=True))
    more = ", ..." if unread.count > len(unread.examples) else ""
    one, several = f"is no {unread.kind} and counts as a gap", f"are no {unread.kind}s and count as gaps"
    what = one if unread.count == 1 else several
    return f"Column “{unread.column}”: {counted(unread.count, 'cell')} {what} ({examples}{more})."


def quoted(words: Sequence[str]) -> str:
    """The first few of these, shortened, in quotation marks."""
    first = (f"“{word[:LONGEST]}…”" if len(word) > LONGEST else f"“{word}”" for word in words[:MOST_QUOTED])
    return ", ".join(first) + (", ..." if len(words) > MOST_QUOTED else "")


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(part for part in parts if part)
