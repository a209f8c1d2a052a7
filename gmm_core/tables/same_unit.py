"""Whether two columns are in the same unit, by their names."""

import re

_IN_BRACKETS = re.compile(r"[(\[]\s*((?:[^\W\d_]|[%€$£°/²³])+)\s*[)\]]\s*$")
"""In brackets letters and signs of units count: no years, and nothing of several words."""
_AT_THE_END = re.compile(
    r"[\s_.,](mm|cm|dm|m|km|in|ft|mg|g|kg|t|lb|ms|s|min|h|d|ml|cl|l|eur|euro|usd|gbp|chf|pct|[%€$£])\s*$", re.IGNORECASE
)
"""Without brackets only what is well known counts as a unit."""
_NO_UNITS = {"ln", "log", "max", "mean", "median", "rank", "scaled", "sd", "sqrt", "sum", "total"}
"""What stands in brackets to say how a column was made."""


def unit_of(name: str) -> str:
    """The unit that a column's name ends in, as "mm" in "bill_length_mm" and "eur" in "value (EUR)"; "" for none."""
    found = _IN_BRACKETS.search(name) or _AT_THE_END.search(name)
    unit = found[1].lower() if found else ""
    return "" if unit in _NO_UNITS else unit


def same_unit(one: str, other: str) -> bool:
    """Whether both names tell the same unit."""
    return unit_of(one) == unit_of(other) != ""
