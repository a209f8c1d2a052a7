"""What a person may say about a file instead of having it found out."""

from dataclasses import dataclass

from gmm_core.errors import SettingsError
from gmm_core.tables.dialect import BLANKS
from gmm_core.tables.encoding import Encoding, known_encoding
from gmm_core.tables.habits import Habits
from gmm_core.tables.numerals import GROUPINGS, NUMERALS, Numerals, given_numerals, other


@dataclass(frozen=True)
class ReadOptions:
    """Decisions taken in advance; ``None`` leaves one to be found out.

    Parameters
    ----------
    encoding : str, optional
        Of a text, by Python's name for it (``"cp1252"``).
    delimiter : str, optional
        Of a text: one character, ``NO_DELIMITER`` for a single column; a blank is any run of blanks, two of them one of
        two blanks and more.
    decimal : str, optional
        ``"."`` or ``","``.
    thousands : str, optional
        The sign that groups digits by three: ``","``, ``"."``, ``"'"``, ``" "``, or ``""`` for none.
    skip_lines : int, optional
        Lines of a text, or rows of a sheet's used range, above the table.
    header_rows : int, optional
        Rows of names at the top of the table: 0, 1 or 2.
    skip_foot : int
        Rows to be left out at the end, blank ones not counted; totals and notes stay in unless they are.
    day_first : bool, optional
        Whether 01/02/2024 is the first of February.
    text_columns : tuple of str
        Columns to be left as the words that they are.
    number_columns : tuple of str
        Columns of words to be read as numbers, where leading zeros are lost, and all that is no number becomes a gap.
    gap_words : tuple of str
        Words and numbers, such as -999, that stand for a gap beside the usual ones.
    needs_numbers : bool
        Whether a table without any numeric column is an error, as it is for clustering.

    Raises
    ------
    SettingsError
        For a decision that has no meaning.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    skip_lines: int | None = None
    header_rows: int | None = None
    skip_foot: int = 0
    day_first: bool | None = None
    text_columns: tuple[str, ...] = ()
    number_columns: tuple[str, ...] = ()
    gap_words: tuple[str, ...] = ()
    needs_numbers: bool = True

    def __post_init__(self) -> None:
        if self.delimiter is not None and not _can_delimit(self.delimiter):
            problem = "The sign between columns must be a single character."
            raise SettingsError(problem, "Give one such as ; or |.", value=self.delimiter)
        if self.decimal not in (None, *NUMERALS):
            raise SettingsError("The decimal sign must be a point or a comma.", "Give one of them.", value=self.decimal)
        if self.thousands not in (None, *GROUPINGS) or self.thousands == (self.decimal or "no sign"):
            problem = (
                "The sign between thousands must be a comma, point, apostrophe or blank, and not the decimal sign."
            )
            raise SettingsError(problem, "Give one of them, or nothing where there is none.", value=self.thousands)
        if self.header_rows not in (None, 0, 1, 2):
            raise SettingsError("A header has 0, 1 or 2 rows.", "Give one of these numbers.", value=self.header_rows)
        if min(self.skip_lines or 0, self.skip_foot) < 0:
            raise SettingsError("No fewer than 0 rows can be left out.", "Give 0 or more.", value=self.skip_foot)
        if self.encoding is not None:
            known_encoding(self.encoding)

    @property
    def given_encoding(self) -> Encoding | None:
        """The encoding, where one was given."""
        return None if self.encoding is None else known_encoding(self.encoding)

    def habits(self, found: Numerals, n_foot: int = 0) -> Habits:
        """How the columns of the table are taken to be written.

        Parameters
        ----------
        found : Numerals
            How the table's numbers seem to be written, for where nothing is given.
        n_foot : int
            Rows of totals and notes that stay in the table.
        """
        given = given_numerals(self.decimal, self.thousands)
        ways = (given,) if given else (found, other(found))
        columns = frozenset(self.text_columns), frozenset(self.number_columns)
        return Habits(ways, self.day_first, n_foot, *columns, frozenset(self.gap_words))


def _can_delimit(sign: str) -> bool:
    return sign in BLANKS or (len(sign) == 1 and sign.isascii() and sign not in '"\r\n\0')
