"""Columns made from others: ratios, products, differences, numbers from dates, 0 and 1 from yes and no."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.tables.feature_checks import answer_column, check_chosen, date_column, numeric_column

Floats = NDArray[np.float64]
Read = Callable[[pd.DataFrame, str], Any]
Suits = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class Derivation:
    """A way of making a column.

    Parameters
    ----------
    name : str
        Its key, as in a recipe.
    words : str
        What it is called on screen.
    pattern : str
        How a column made so is called: "{0}" and "{1}" stand for its sources, "{reference}" for the reference.
    suits : callable
        From a profile (see ``profile_columns``) to which of its columns it may be made from, (D,).
    n_columns : int
        How many columns it is made from.
    read : callable
        From a table and the name of a column to that column's values; raises ``DataError`` for one of another kind.
    compute : callable
        From these values, a list, and the reference to numbers (N,); NaN or infinite where there is none.
    first_reference : callable
        From the values to the reference that is used where none is given; "" where there is none to give.
    caution : str
        What to beware of, as a sentence; "" for nothing.
    """

    name: str
    words: str
    pattern: str
    suits: Suits
    n_columns: int
    read: Read
    compute: Callable[[Sequence[Any], str], Floats]
    first_reference: Callable[[Sequence[Any]], str] = lambda values: ""
    caution: str = ""

    def title(self, of: Sequence[str], reference: str = "") -> str:
        """A clear name for a column made so from these."""
        return self.pattern.format(*of, reference=reference)

    @property
    def needs_reference(self) -> bool:
        """Whether what is made depends on a reference."""
        return "{reference}" in self.pattern


@dataclass(frozen=True)
class Derived:
    """A column to be made.

    Parameters
    ----------
    name : str
        Of the new column; none of the table's own.
    kind : str
        A key of ``DERIVATIONS``.
    of : tuple of str
        The columns that it is made from, in order; derived ones that come before it may be among them.
    reference : str
        For "days": the day from which days are counted, such as "2024-01-31"; by default the first of the column.

    Raises
    ------
    SettingsError
        For a kind that isn't there, another number of columns, or a reference that is no day.
    """

    name: str
    kind: str
    of: tuple[str, ...]
    reference: str = ""

    @property
    def words(self) -> str:
        """Its name, and where that doesn't say it, what it is made of."""
        title = DERIVATIONS[self.kind].title(self.of, self.reference)
        return self.name if self.name == title else f"{self.name} ({title})"

    def __post_init__(self) -> None:
        object.__setattr__(self, "of", tuple(self.of))
        if self.kind not in DERIVATIONS:
            known = ", ".join(DERIVATIONS)
            raise SettingsError(f"There is no derived column {self.kind!r}.", f"Choose one of: {known}.")
        if len(self.of) != DERIVATIONS[self.kind].n_columns:
            needed = DERIVATIONS[self.kind].n_columns
            raise SettingsError(f"“{self.name}” is made from {len(self.of)} column(s).", f"Give {needed}.")
        if self.reference:
            day_of(self.reference)


def day_of(text: str) -> pd.Timestamp:
    """A day or time given as text; ``SettingsError`` where it is none."""
    day = pd.to_datetime(text, errors="coerce", format="ISO8601")
    if pd.isna(day):
        raise SettingsError(f"{text!r} is no date.", "Give it as year, month and day, such as 2024-01-31.", value=text)
    return day.tz_localize(None)


def derive(table: pd.DataFrame, wanted: Sequence[Derived]) -> tuple[pd.DataFrame, tuple[Derived, ...], dict[str, int]]:
    """A table with columns made from others.

    Parameters
    ----------
    table : pandas.DataFrame
        Left as it is.
    wanted : sequence of Derived

    Returns
    -------
    table : pandas.DataFrame
        With the new columns last.
    settled : tuple of Derived
        The same with their references filled in, so that another table is treated alike.
    undefined : dict of str to int
        Where there are any: rows in which the sources have values and the new column has none.

    Raises
    ------
    SettingsError
        For a name that the table has.
    TableError
        For a source that it hasn't.
    DataError
        For a source of another kind.
    """
    frame, settled = table.copy(deep=False), []
    undefined: dict[str, int] = {}
    for each in wanted:
        if each.name in frame.columns:
            raise SettingsError(f"The table has a column “{each.name}”.", "Give the new column another name.")
        check_chosen(frame, tuple(dict.fromkeys(each.of)))
        derivation = DERIVATIONS[each.kind]
        sources = [derivation.read(frame, name) for name in each.of]
        settled.append(replace(each, reference=each.reference or derivation.first_reference(sources)))
        with np.errstate(all="ignore"):  # what is undefined becomes a gap, and is counted
            made = derivation.compute(sources, settled[-1].reference)
        made = np.where(np.isfinite(made), made, np.nan)
        n_undefined = int((np.isnan(made) & frame[list(each.of)].notna().all(axis=1).to_numpy()).sum())
        undefined |= {each.name: n_undefined} if n_undefined else {}
        frame[each.name] = made
    return frame, tuple(settled), undefined


def _days(dates: Sequence[Any], reference: str) -> Floats:
    start = day_of(reference) if reference else pd.NaT  # no reference is left where there is no date at all
    return np.asarray((dates[0] - start) / pd.Timedelta(days=1), dtype=float)


def _first_day(dates: Sequence[Any]) -> str:
    first = dates[0].min()
    return "" if pd.isna(first) else str(first.date())


def _part(of: Callable[[Any], Any]) -> Callable[[Sequence[Any], str], Floats]:
    return lambda dates, reference: np.asarray(of(dates[0].dt), dtype=float)


def _numbers(profile: pd.DataFrame) -> "pd.Series[bool]":
    return profile["mean"].notna() & (profile["kind"] != "constant")


def _dates(profile: pd.DataFrame) -> "pd.Series[bool]":
    return profile["kind"] == "date"


def _answers(profile: pd.DataFrame) -> "pd.Series[bool]":
    """Those in words: what says 0 and 1 can be used as it is."""
    return (profile["kind"] == "yes/no") & profile["mean"].isna()


def _of_numbers(name: str, sign: str, compute: Callable[[Any, Any], Any]) -> Derivation:
    def made(x: Sequence[Any], reference: str) -> Floats:
        return np.asarray(compute(x[0], x[1]))

    return Derivation(name, name, f"{{0}} {sign} {{1}}", _numbers, 2, numeric_column, made)


def _of_a_date(name: str, words: str, of: Callable[[Any], Any], starts_anew: str) -> Derivation:
    caution = f"It starts anew each {starts_anew}, so its ends lie far apart though they are neighbours."
    return Derivation(name, words, f"{name} of {{0}}", _dates, 1, date_column, _part(of), caution=caution)


_TWO_VALUES = "It has two values, which a mixture of Gaussians is not meant for: groups may just repeat it."

DERIVATIONS = {
    each.name: each
    for each in (
        _of_numbers("ratio", "/", operator.truediv),
        _of_numbers("product", "×", operator.mul),
        _of_numbers("difference", "-", operator.sub),
        Derivation("days", "days since", "days from {reference} to {0}", _dates, 1, date_column, _days, _first_day),
        _of_a_date("month", "month", lambda t: t.month, "year"),
        _of_a_date("weekday", "weekday, Monday as 1", lambda t: t.day_of_week + 1, "week"),
        _of_a_date("hour", "hour", lambda t: t.hour + t.minute / 60, "day"),
        Derivation(
            "yes/no",
            "yes as 1, no as 0",
            "{0} is yes",
            _answers,
            1,
            answer_column,
            lambda x, reference: np.asarray(x[0]),
            caution=_TWO_VALUES,
        ),
    )
}
