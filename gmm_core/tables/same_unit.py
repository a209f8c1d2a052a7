"""Whether two columns are in the same unit, by their names."""

import re

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_AT_THE_END = re.compile(
    r"[\s_.,](mm|cm|dm|m|km|in|ft|mg|g|kg|t|lb|ms|s|min|h|d|ml|cl|l|eur|euro|usd|gbp|chf|pct|[%€$£])\s*$", re.IGNORECASE
)
"""Without brackets only what is well known counts as a unit; in brackets anything does."""


def unit_of(name: str) -> str:
    """The unit that a column's name ends in, as "mm" in "bill_length_mm" and "eur" in "value (EUR)"; "" for none."""
    found = _IN_BRACKETS.search(name) or _AT_THE_END.search(name)
    return found[1].strip().lower() if found else ""


def same_unit(one: str, other: str) -> bool:
    """Whether both names tell the same unit."""
    return unit_of(one) == unit_of(other) != ""
