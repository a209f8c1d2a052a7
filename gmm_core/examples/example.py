"""One built-in data set: what it is, what to see in it, and how to get its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Example:
    """A built-in data set, described without being read.

    Parameters
    ----------
    name : str
        Slug by which links and ``load_example`` know it, such as ``"old-faithful"``.
    title : str
        Its name on screen.
    see : str
        One sentence: what a fit with the suggested settings shows.
    source, licence : str
        Where the numbers come from, and on what terms they may be passed on.
    columns : tuple of str
        The columns suggested for clustering, all of them numeric.
    n_components : int
        The suggested number of groups.
    family : str
        The suggested covariance family: ``"full"``, ``"tied"``, ``"diag"`` or ``"spherical"``.
    load : callable
        Takes nothing and gives a new ``pandas.DataFrame`` at each call.
    label : str, optional
        A column with known groups to hold the fitted ones against; never one of ``columns``.
    units : tuple of (column, unit) pairs
        Units, as far as they are known, in the words of a sentence (``"min"``, ``"1000 km/s"``).
    """

    name: str
    title: str
    see: str
    source: str
    licence: str
    columns: tuple[str, ...]
    n_components: int
    family: str
    load: Callable[[], pd.DataFrame] = field(repr=False)
    label: str | None = None
    units: tuple[tuple[str, str], ...] = ()

    def unit(self, column: str) -> str:
        """Unit of a column, or the empty string where none is known.

        Parameters
        ----------
        column : str
            A column of the example's table.

        Returns
        -------
        str
        """
        return dict(self.units).get(column, "")
