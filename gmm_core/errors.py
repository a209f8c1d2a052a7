"""What can go wrong, said to the person who can mend it.

Every error carries the facts (rows, columns, value) beside its sentence, and a remedy, so that a page, a notebook
or a test can show or check them without reading the sentence.
"""

from collections.abc import Sequence
from typing import Any


class GmmError(ValueError):
    """Base of all errors of this package; a ``ValueError``, as scikit-learn's users expect.

    Parameters
    ----------
    problem : str
        One sentence: what is wrong and where.
    remedy : str
        One sentence: what to do about it.
    rows, columns : sequence, optional
        The rows (positions, from 0) and columns (names or positions) concerned.
    value : object, optional
        The offending value.
    """

    def __init__(
        self,
        problem: str,
        remedy: str = "",
        *,
        rows: Sequence[int] = (),
        columns: Sequence[Any] = (),
        value: object = None,
    ) -> None:
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy
        self.rows = tuple(rows)
        self.columns = tuple(columns)
        self.value = value


class SettingsError(GmmError):
    """A setting that has no meaning (K below 1, an unknown family, a start of the wrong shape)."""


class DataError(GmmError):
    """Rows or columns that cannot be fitted as they are (gaps, infinite values, constant columns)."""


class NotNumericError(DataError, TypeError):
    """A cell that is no number (text, a date, a list); a ``TypeError`` too, as NumPy's and scikit-learn's are."""


class TooFewRowsError(DataError):
    """Fewer distinct rows than groups were asked for."""


class CollinearError(DataError):
    """A column that follows exactly from others, which a family with tilted groups cannot fit."""


class NotFittedError(GmmError, AttributeError):
    """A result was asked for before ``fit``; an ``AttributeError`` too, as scikit-learn's is."""


class NoSoundSolutionError(GmmError):
    """Every start ended in a solution whose likelihood is unbounded, or that rests on too few rows."""


class InterchangeError(GmmError):
    """A text that is no mixture: not JSON, of another version, or with a field that has no meaning."""


class MissingPackageError(GmmError, ImportError):
    """Something was asked for that needs a package which is not installed."""


class TableError(GmmError):
    """A file that is no table, or a table without what is needed."""
