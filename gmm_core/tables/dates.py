"""Columns of words to dates and times.

A date is told by its shape; where day and month could change places, the column as a whole tells which is which: a
number above 12 is a day, and points stand where the day comes first. Slashes with no day above 12 leave it open; then
the day is taken to come first where the table has decimal commas, else the month, as in the United States, and that it
is a guess is said. Times become hours.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gmm_core.tables.converted import Cells, Converted, Floats, looks_like, sampled, unread, without
from gmm_core.tables.habits import Habits
from gmm_core.tables.numerals import NUMERIC_GAP_WORDS

AS_HOURS = "times, read as hours: 1:30 is 1.5"

DAY_FIRST, MONTH_FIRST = "dates, the day first", "dates, the month first"

Integers = NDArray[np.int64]

_CLOCK = r"(?P<H>[0-9]{1,2}):(?P<M>[0-5][0-9])(?::(?P<S>[0-5][0-9](?:\.[0-9]+)?))?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
_TIME_OF_DAY = rf"(?:(?:T|,?\s+|,){_CLOCK}(?:\s?(?:Z|UTC))?)?$"
_LETTERS = "[A-Za-z\u00c0-\u024f]"
_YEAR = "(?P<y>[0-9]{4}|[0-9]{2})"

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan janv ene gen", "feb fév febr", "mar mär mrz maar märz mars", "apr avr abr", "may mai mei mag maj"),
            *("jun juin giu", "jul juil lug", "aug aoû ago août", "sep set sept", "oct okt ott out"),
            *("nov", "dec dez déc dic"),
        ),
        start=1,
    )
    for name in names.split()
}
"""Beginnings of the names of months in English, German, French, Spanish, Italian and their neighbours."""


@dataclass(frozen=True)
class DateShape:
    """A way in which dates are written, whose parts are called y, m and d, or a and b where they may change places."""

    pattern: str

    @property
    def is_open(self) -> bool:
        """Whether day and month are told apart by their place alone."""
        return "(?P<a>" in self.pattern


SHAPES = tuple(
    DateShape(pattern + _TIME_OF_DAY)
    for pattern in (
        r"^(?P<y>[0-9]{4})[\-/.](?P<m>[0-9]{1,2})[\-/.](?P<d>[0-9]{1,2})",
        r"^(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日",
        r"^(?P<a>[0-9]{1,2})(?P<sep>[./\-])(?P<b>[0-9]{1,2})[./\-](?P<y>[0-9]{4})",
        r"^(?P<a>[0-9]{1,2})(?P<sep>[/\-])(?P<b>[0-9]{1,2})[/\-](?P<y>[0-9]{2})",
        r"^(?P<a>[0-9]{2})(?P<sep>\.)(?P<b>[0-9]{2})\.(?P<y>[0-9]{2})",
        rf"^(?P<d>[0-9]{{1,2}})\.?[\s\-]*(?P<name>{_LETTERS}{{3,}})\.?,?[\s\-]*{_YEAR}",
        rf"^(?P<name>{_LETTERS}{{3,}})\.?\s*(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
"""Tried in this order; the last two hold the name of the month."""


def iso_dates(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Dates as ISO 8601 writes them, with or without a time: the usual case, fast."""
    for kind in (pa.timestamp("us"), pa.timestamp("us", "UTC")):
        try:
            pc.cast(present.slice(0, 100), kind)
            return Converted(pd.Series(pc.cast(pc.cast(present, kind), pa.timestamp("us")).to_pandas()))
        except pa.ArrowInvalid:
            continue
    return None


def written_dates(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Dates in any of ``SHAPES``."""
    present = without(present, NUMERIC_GAP_WORDS)
    sample = sampled(present)
    shape = next((shape for shape in SHAPES if looks_like(sample, shape.pattern)), None)
    if shape is None:
        return None
    parts = pc.extract_regex(pc.cast(present, pa.string()), shape.pattern)
    day, month, how = _in_order(parts, shape, habits) if shape.is_open else (_numbers(parts, "d"), _months(parts), "")
    stamps = _stamps(_years(parts), month, day)
    stamps = stamps + (1e6 * 3600 * _hours(parts)).round().astype("timedelta64[us]")
    read, n_present = pa.array(~np.isnat(stamps)), len(present) - present.null_count
    n_read = pc.sum(read).as_py()
    if not habits.are_enough(n_read, n_present):
        return None
    lost = unread(present, pc.if_else(present.is_valid(), read, None), column, "date") if n_read < n_present else None
    return Converted(pd.Series(stamps), lost, how)


def times(present: Cells, column: str, habits: Habits) -> Converted | None:
    """Times of the day, or lengths of time, as hours."""
    present, pattern = without(present, NUMERIC_GAP_WORDS), f"^(?P<minus>-)?{_CLOCK}$"
    if not looks_like(sampled(present), pattern):
        return None
    parts = pc.extract_regex(present, pattern)
    n_present, n_read = (len(cells) - cells.null_count for cells in (present, parts))
    if not habits.are_enough(n_read, n_present):
        return None
    matches = pc.if_else(present.is_valid(), parts.is_valid(), None)
    lost = unread(present, matches, column, "time") if n_read < n_present else None
    hours = np.where(parts.is_valid().to_numpy(), _hours(parts), np.nan)
    negative = pc.fill_null(pc.equal(pc.struct_field(parts, "minus"), "-"), False).to_numpy()
    return Converted(pd.Series(np.where(negative, -hours, hours)), lost, AS_HOURS)


def _in_order(parts: Cells, shape: DateShape, habits: Habits) -> tuple[Integers, Integers, str]:
    """Day and month, and what is said of their order."""
    first, second = _numbers(parts, "a"), _numbers(parts, "b")
    pointed = bool(pc.any(pc.equal(pc.struct_field(parts, "sep"), ".")).as_py())
    settled = (first > 12).sum() != (second > 12).sum()
    if habits.day_first is not None:
        day_first, why = habits.day_first, ""
    elif settled or pointed:
        day_first, why = bool((first > 12).sum() > (second > 12).sum()) or (pointed and not settled), ""
    else:
        day_first = habits.ways[0].decimal == ","
        why = ", which is a guess: no number in it tells day from month"
    how = f"{DAY_FIRST if day_first else MONTH_FIRST}{why}"
    return (first, second, how) if day_first else (second, first, how)


def _numbers(parts: Cells, name: str) -> Integers:
    """A part as whole numbers; -1 where there is none."""
    part = pc.struct_field(parts, name)
    part = pc.if_else(pc.equal(part, ""), None, part)
    return np.asarray(pc.fill_null(pc.cast(part, pa.int64()), -1).to_numpy(), dtype=np.int64)


def _years(parts: Cells) -> Integers:
    """Years; of two digits, those from 69 on are of the last century, as POSIX has it."""
    years = _numbers(parts, "y")
    short = pc.fill_null(pc.equal(pc.utf8_length(pc.struct_field(parts, "y")), 2), False).to_numpy()
    return np.where(short, years + np.where(years < 69, 2000, 1900), years)


def _months(parts: Cells) -> Integers:
    if "name" not in [field.name for field in parts.type]:
        return _numbers(parts, "m")
    names = pd.Series(pc.utf8_lower(pc.struct_field(parts, "name")).to_pandas(), dtype="str")
    known = {name: MONTHS.get(name[:4], MONTHS.get(name[:3], -1)) for name in names.dropna().unique()}
    return names.map(known).fillna(-1).to_numpy(dtype=np.int64)


def _stamps(years: Integers, months: Integers, days: Integers) -> "NDArray[np.datetime64]":
    """Midnights of these days, (N,); NaT where there is no such day."""
    there = (years > 0) & (months >= 1) & (months <= 12) & (days >= 1)
    month = np.where(there, 12 * (years - 1970) + months - 1, 0).astype("datetime64[M]")
    day = month.astype("datetime64[D]") + (days - 1)
    there &= day.astype("datetime64[M]") == month
    return np.where(there, day.astype("datetime64[us]"), np.datetime64("NaT", "us"))


def _hours(parts: Cells) -> Floats:
    """Hours of the clock, (N,); 0 where no time stands."""
    hours, minutes = np.maximum(_numbers(parts, "H"), 0), np.maximum(_numbers(parts, "M"), 0)
    seconds = pc.struct_field(parts, "S")
    seconds = pc.cast(pc.if_else(pc.equal(seconds, ""), "0", seconds), pa.float64())
    half = pc.fill_null(pc.utf8_lower(pc.struct_field(parts, "half")), "")
    afternoon, halved = (pc.equal(half, "p").to_numpy(), pc.not_equal(half, "").to_numpy())
    hours = np.where(halved, hours % 12 + 12 * afternoon, hours)
    return hours + minutes / 60 + np.asarray(pc.fill_null(seconds, 0.0).to_numpy(), dtype=float) / 3600
