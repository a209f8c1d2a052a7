"""What a person may say about a file instead of having it found out."""

from dataclasses import dataclass

from gmm_core.errors import SettingsError
from gmm_core.tables.encoding import Encoding, known_encoding
from gmm_core.tables.numerals import NUMERALS


@dataclass(frozen=True)
class ReadOptions:
    """Decisions taken in advance; ``None`` leaves one to be found out.

    Parameters
    ----------
    encoding : str, optional
        Of a text, by Python's name for it (``"cp1252"``).
    delimiter : str, optional
        Of a text: one character.
    decimal : str, optional
        Of a text: ``"."`` or ``","``.
    has_header : bool, optional
        Whether the first row of the table holds names.
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
    has_header: bool | None = None
    needs_numbers: bool = True

    def __post_init__(self) -> None:
        if self.delimiter is not None and not _can_delimit(self.delimiter):
            problem = "The sign between columns must be a single character."
            raise SettingsError(problem, "Give one such as ; or |.", value=self.delimiter)
        if self.decimal is not None and self.decimal not in NUMERALS:
            raise SettingsError("The decimal sign must be a point or a comma.", "Give one of them.", value=self.decimal)
        if self.encoding is not None:
            known_encoding(self.encoding)

    @property
    def given_encoding(self) -> Encoding | None:
        """The encoding, where one was given."""
        return None if self.encoding is None else known_encoding(self.encoding)


def _can_delimit(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and sign not in '"\r\n\0'
