"""Examples that are kept as CSV files beside the code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def read_file(filename: str) -> pd.DataFrame:
    """Read one of the shipped CSV files.

    Parameters
    ----------
    filename : str
        Its name within the package's ``data`` folder.

    Returns
    -------
    pandas.DataFrame
        The table, with ``NaN`` in its gaps.
    """
    import pandas as pd  # here, so that a gallery of titles costs nothing

    with files("gmm_core.examples").joinpath("data", filename).open(encoding="utf-8") as file:
        return pd.read_csv(file)


def from_file(filename: str) -> Callable[[], pd.DataFrame]:
    """Give the loader of a shipped CSV file, which reads it when it is called and not before.

    Parameters
    ----------
    filename : str
        Its name within the package's ``data`` folder.

    Returns
    -------
    callable
        Takes nothing, returns a new ``pandas.DataFrame``.
    """
    return partial(read_file, filename)
