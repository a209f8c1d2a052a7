"""Numbers pasted on a single line, as calculators take them, to a column of numbers."""

import re

from gmm_core.tables.dialect import is_number

BETWEEN = (r"\s*;\s*", r"\s*,\s+|\s+", r",")
"""What may stand between the numbers, the least ambiguous first: a comma without a blank may be a decimal sign."""


def as_column(text: str) -> str:
    """The text itself, or where it is one line of several numbers: the same numbers, one a line, with a point.

    Between semicolons or blanks a comma is the decimal sign, unless there are points beside it.
    """
    line = text.strip().strip(";,").strip()
    if "\n" in line or "\r" in line:
        return text
    splits = (re.split(between, line) for between in BETWEEN)
    return next((_one_a_line(parts) for parts in splits if len(parts) > 1 and all(map(is_number, parts))), text)


def _one_a_line(numbers: list[str]) -> str:
    lines = "\n".join(numbers)
    return lines if "." in lines else lines.replace(",", ".")
