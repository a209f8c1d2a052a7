"""How much is read at the most; every limit of this package stands here.

The sizes are such that reading a file at its limit stays within a few gigabytes of memory.
"""

from gmm_core.errors import TableError

MAX_BYTES = 200 * 1024**2
"""Largest file, in bytes."""

MAX_ROWS = 2_000_000
"""Most data rows of a table."""

MAX_COLUMNS = 5_000
"""Most columns of a table."""

MAX_UNPACKED_BYTES = 1024**3
"""Most bytes that a workbook or a Parquet file may unpack to; any other archive may to ``MAX_BYTES``."""

MAX_JSON_BYTES = 50 * 1024**2
"""Largest JSON document, which takes some twenty times its size in memory."""

MAX_SHEET_CELLS = 20_000_000
"""Most cells, blank ones counted, of the rectangle that a sheet's used cells span; it is held in memory at once."""


MAX_CELLS = 100_000_000
"""Most cells of any other table; as numbers they take 800 MB."""

MAX_SHEETS = 250
"""Most sheets of a workbook."""


def in_words() -> str:
    """What is read at the most, in a sentence for the screen."""
    return (
        f"Up to {megabytes(MAX_BYTES)}, {MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns and {MAX_SHEETS:,} sheets; "
        f"workbooks may unpack to {megabytes(MAX_UNPACKED_BYTES)}, JSON may have {megabytes(MAX_JSON_BYTES)}."
    )


def megabytes(n_bytes: int) -> str:
    """A size as a person says it, such as ``"200 MB"``."""
    return f"{n_bytes / 1024**2:,.0f} MB"


def check_bytes(n_bytes: int, name: str) -> None:
    """Raise ``TableError`` for a file larger than ``MAX_BYTES``."""
    if n_bytes > MAX_BYTES:
        raise TableError(
            f"{name} is larger than {megabytes(MAX_BYTES)}, the most that is read.",
            "Keep only the columns and rows you need, or take a sample of the rows.",
            value=n_bytes,
        )


def check_rows(n_rows: int) -> None:
    """Raise ``TableError`` for a table with more than ``MAX_ROWS`` rows."""
    if n_rows > MAX_ROWS:
        raise TableError(
            f"The table has {n_rows:,} rows; at most {MAX_ROWS:,} are read.",
            "Take a sample of the rows.",
            value=n_rows,
        )


def check_cells(n_rows: int, n_columns: int, most: int = MAX_CELLS) -> None:
    """Raise ``TableError`` for a table whose rows times columns are more than ``most``."""
    if n_rows * n_columns > most:
        raise TableError(
            f"The table has {n_rows:,} rows by {n_columns:,} columns; at most {most:,} cells are read.",
            "Keep only the columns and rows you need.",
            value=n_rows * n_columns,
        )


def check_columns(n_columns: int) -> None:
    """Raise ``TableError`` for a table with more than ``MAX_COLUMNS`` columns."""
    if n_columns > MAX_COLUMNS:
        raise TableError(
            f"The table has {n_columns:,} columns; at most {MAX_COLUMNS:,} are read.",
            "Keep only the columns you need.",
            value=n_columns,
        )


def check_sheets(n_sheets: int) -> None:
    """Raise ``TableError`` for a workbook with more than ``MAX_SHEETS`` sheets."""
    if n_sheets > MAX_SHEETS:
        raise TableError(
            f"The workbook has {n_sheets:,} sheets; at most {MAX_SHEETS:,} are read.",
            "Save the one with the table in a workbook of its own.",
            value=n_sheets,
        )
