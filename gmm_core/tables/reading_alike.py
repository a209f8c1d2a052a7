"""How a file was read, kept with a recipe so that the next file of its kind is read alike."""

from dataclasses import dataclass, fields, replace
from typing import Any

from gmm_core.model.words import counted
from gmm_core.tables.dialect import NO_DELIMITER, in_words
from gmm_core.tables.json_fields import Fields
from gmm_core.tables.notes import ReadingNotes, quoted
from gmm_core.tables.options import ReadOptions

READING_FIELDS = (*(each.name for each in fields(ReadOptions) if each.name != "needs_numbers"), "sheet")

_SIGNS = {"": "none", ",": "comma", ".": "point", "'": "apostrophe", " ": "blank"}
_OF_A_TEXT: dict[str, Any] = {"encoding": None, "delimiter": None}


@dataclass(frozen=True)
class Reading:
    """Decisions on a file, those that were found out among them.

    Parameters
    ----------
    options : ReadOptions
    sheet : str, optional
        Of a workbook.
    """

    options: ReadOptions
    sheet: str | None = None

    @classmethod
    def of(cls, options: ReadOptions, notes: ReadingNotes) -> "Reading":
        """What a person said of a file, and for the rest what reading noted."""
        found: dict[str, Any] = {"decimal": notes.decimal or None}
        if notes.kind in ("text", "workbook"):
            found["header_rows"] = notes.header_rows
        if notes.kind == "text":
            found["delimiter"] = notes.delimiter or NO_DELIMITER
        open_yet = {name: value for name, value in found.items() if getattr(options, name) is None}
        return cls(replace(options, **open_yet), notes.sheet or None)

    def for_file(self, options: ReadOptions, notes: ReadingNotes) -> "Reading":
        """The same decisions as far as they concern a file that was read so: its sheets, and its rows at the foot.

        Totals that were left out are left out here too, as many as this file has.
        """
        n_foot = notes.n_foot or options.skip_foot if self.options.skip_foot else options.skip_foot
        own = replace(self.options, skip_foot=n_foot, **({} if notes.kind == "text" else _OF_A_TEXT))
        return Reading(own, self.sheet if self.sheet in notes.sheets else notes.sheet or None)

    def words(self) -> tuple[str, ...]:
        """A phrase for each decision, such as "decimal comma"; none for what was left to be found out."""
        o = self.options
        said = (
            f"sheet “{self.sheet}”" if self.sheet else "",
            f"encoding {o.encoding}" if o.encoding else "",
            _between(o.delimiter),
            f"decimal {_SIGNS[o.decimal]}" if o.decimal else "",
            "" if o.thousands is None else f"sign between thousands: {_SIGNS[o.thousands]}",
            "" if o.skip_lines is None else f"{counted(o.skip_lines, 'line')} left out above the table",
            "" if o.header_rows is None else f"{counted(o.header_rows, 'row')} of names",
            f"{counted(o.skip_foot, 'row')} left out at the end" if o.skip_foot else "",
            "" if o.day_first is None else f"dates with the {'day' if o.day_first else 'month'} first",
            f"kept as text: {quoted(o.text_columns)}" if o.text_columns else "",
            f"read as numbers: {quoted(o.number_columns)}" if o.number_columns else "",
            f"also gaps: {quoted(o.gap_words)}" if o.gap_words else "",
        )
        return tuple(each for each in said if each)


def reading_content(reading: Reading | None) -> dict[str, Any] | None:
    """The fields of a way of reading, to be written as JSON; None where there was no file."""
    if reading is None:
        return None
    told = {name: getattr(reading.options, name) for name in READING_FIELDS if name != "sheet"}
    listed = {name: list(value) for name, value in told.items() if isinstance(value, tuple)}
    return {**told, **listed, "sheet": reading.sheet}


def reading_of(content: Fields) -> Reading:
    """The way of reading in an object with all of ``READING_FIELDS`` and no others.

    Raises
    ------
    GmmError
        For a field of the wrong type or without meaning.
    """
    content.check_names(READING_FIELDS)
    options = ReadOptions(
        encoding=content.text_or_none("encoding"),
        delimiter=content.text_or_none("delimiter"),
        decimal=content.text_or_none("decimal"),
        thousands=content.text_or_none("thousands"),
        skip_lines=content.whole_or_none("skip_lines"),
        header_rows=content.whole_or_none("header_rows"),
        skip_foot=content.whole_or_none("skip_foot") or 0,
        day_first=content.yes_no_or_none("day_first"),
        text_columns=content.texts("text_columns"),
        number_columns=content.texts("number_columns"),
        gap_words=content.texts("gap_words"),
    )
    return Reading(options, content.text_or_none("sheet"))


def _between(delimiter: str | None) -> str:
    if delimiter is None:
        return ""
    return "one column" if delimiter == NO_DELIMITER else f"{in_words(delimiter)} between columns"
