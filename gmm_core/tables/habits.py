"""How the columns of one table are written, as far as that is known before they are converted."""

from dataclasses import dataclass

from gmm_core.tables.numerals import COMMA, POINT, Numerals

ENOUGH = 0.95
"""Share of a column's non-blank cells that must be numbers for it to be a column of numbers; of dates likewise."""


@dataclass(frozen=True)
class Habits:
    """How a table writes numbers and dates.

    Parameters
    ----------
    ways : tuple of Numerals
        Ways of writing numbers that its columns may follow, the table's own first.
    day_first : bool, optional
        Whether the day stands before the month, where a person says so.
    n_foot : int
        Rows of totals and notes at its foot, whose words say nothing about the kind of a column.
    as_text : frozenset of str
        Columns to be left as they are.
    as_numbers : frozenset of str
        Columns to be read as numbers, however few of their cells are some.
    gap_words : frozenset of str
        Words and numbers that stand for a gap beside the usual ones.
    """

    ways: tuple[Numerals, ...] = (POINT, COMMA)
    day_first: bool | None = None
    n_foot: int = 0
    as_text: frozenset[str] = frozenset()
    as_numbers: frozenset[str] = frozenset()
    gap_words: frozenset[str] = frozenset()

    def are_enough(self, n_read: int, n_present: int) -> bool:
        """Whether so many of a column's cells make its kind, and the rest of them are slips."""
        return n_read > 0 and n_read >= ENOUGH * (n_present - self.n_foot)
