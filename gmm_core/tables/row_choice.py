"""Which rows of a table are used: filters by range or category, and a sample for a first look."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError
from gmm_core.tables.column_facts import DATE, NUMBER, numbers_of, storage_of
from gmm_core.tables.derived import day_of
from gmm_core.tables.feature_checks import check_chosen
from gmm_core.tables.json_fields import Fields

LAST_MOMENT = pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
"""Of a day, after its beginning."""

MOST_NAMED = 4
"""Values that a filter's words name."""

Kept = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Filter(ABC):
    """A condition on one column; rows with a gap in it don't meet it, but for ``Within``.

    Parameters
    ----------
    column : str
    """

    name: ClassVar[str]
    column: str

    @classmethod
    @abstractmethod
    def from_fields(cls, content: Fields) -> Self:
        """The filter in a recipe."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it asks for, such as "region = North"."""

    @abstractmethod
    def holds(self, series: "pd.Series[Any]") -> Kept:
        """Which rows of the column meet it, (N,)."""


@dataclass(frozen=True)
class Between(Filter):
    """Numbers or dates from ``low`` to ``high``, both included; None for no end.

    Dates are given as text; the last day is included whole.
    """

    low: float | str | None = None
    high: float | str | None = None

    name = "between"

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise SettingsError(f"The range of “{self.column}” has no end.", "Give its lowest or highest value.")

    @classmethod
    def from_fields(cls, content: Fields) -> Self:
        return cls(content.text("column"), content.number_or_text("low"), content.number_or_text("high"))

    @property
    def words(self) -> str:
        low, high = (each if isinstance(each, str) else f"{each:,.12g}" for each in (self.low or 0, self.high or 0))
        if self.high is None:
            return f"{self.column} from {low}"
        return f"{self.column} up to {high}" if self.low is None else f"{self.column} from {low} to {high}"

    def holds(self, series: "pd.Series[Any]") -> Kept:
        storage = storage_of(series)
        if storage not in (NUMBER, DATE):
            raise DataError(f"Column “{self.column}” holds no numbers or dates.", "Filter it by its values instead.")
        values = numbers_of(series) if storage == NUMBER else series.dt.tz_localize(None).to_numpy()
        kept = ~np.isnan(values) if storage == NUMBER else ~np.isnat(values)
        if self.low is not None:
            kept &= values >= self._end(self.low, storage)
        if self.high is not None:
            kept &= values <= self._end(self.high, storage, last=True)
        return np.asarray(kept)

    def _end(self, end: float | str, storage: str, last: bool = False) -> Any:
        if (storage == DATE) != isinstance(end, str):
            kind = "a date as text" if storage == DATE else "a number"
            raise SettingsError(f"An end of the range of “{self.column}” is {end!r}.", f"Give {kind}.", value=end)
        if not isinstance(end, str):
            return end
        time = day_of(end)
        whole_day = last and time == time.normalize()
        return (time + (LAST_MOMENT if whole_day else pd.Timedelta(0))).to_numpy()


@dataclass(frozen=True)
class Within(Between):
    """As ``Between``, but rows with a gap stay: values beyond are left out as slips, and a gap is none."""

    name = "within"

    @property
    def words(self) -> str:
        return f"{super().words} or a gap"

    def holds(self, series: "pd.Series[Any]") -> Kept:
        return np.asarray(super().holds(series) | series.isna().to_numpy())


@dataclass(frozen=True)
class Among(Filter):
    """Values that are one of those given, compared as text; whole numbers without a point ("3")."""

    values: tuple[str, ...] = ()

    name = "among"

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(map(str, self.values)))
        if not self.values:
            raise SettingsError(f"The filter of “{self.column}” lets no value pass.", "Choose at least one value.")

    @classmethod
    def from_fields(cls, content: Fields) -> Self:
        return cls(content.text("column"), content.texts("values"))

    @property
    def words(self) -> str:
        named = " or ".join(self.values[:MOST_NAMED])
        more = len(self.values) - MOST_NAMED
        return f"{self.column} = {named}{f' or {more:,} more' if more > 0 else ''}"

    def holds(self, series: "pd.Series[Any]") -> Kept:
        texts = series.astype("str")
        if storage_of(series) == NUMBER:
            texts = texts.str.removesuffix(".0")
        return np.asarray(texts.isin(self.values) & series.notna())


FILTERS: dict[str, type[Filter]] = {each.name: each for each in (Between, Within, Among)}


def chosen_rows(table: pd.DataFrame, filters: Sequence[Filter], sample: int | None = None, seed: int = 0) -> Rows:
    """Positions of the rows that meet every filter, rising; of these a sample, where they are more than ``sample``.

    Raises ``TableError`` for a column that the table hasn't, ``DataError`` for one of another kind than its filter's,
    or where no row is left.
    """
    kept = np.ones(len(table), dtype=bool)
    for each in filters:
        check_chosen(table, [each.column])
        kept &= each.holds(table[each.column])
    rows = np.flatnonzero(kept)
    if filters and not len(rows):
        names = ", ".join(f"“{each.column}”" for each in filters)
        raise DataError("No row passes the filters.", f"Widen or drop the filters of {names}.")
    if sample is None or sample >= len(rows):
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, sample, replace=False, shuffle=False))
