"""Whether two columns are in the same unit, by their names."""

import re

UNITS = frozenset(
    (
        "mm",
        "cm",
        "dm",
        "m",
        "km",
        "in",
        "ft",
        "g",
        "kg",
        "mg",
        "t",
        "lb",
        "s",
        "ms",
        "min",
        "h",
        "d",
        "l",
        "ml",
        "cl",
        "eur",
        "euro",
        "usd",
        "gbp",
        "chf",
        "%",
        "pct",
        "€",
        "$",
        "£",
    )
)
"""What may end a name without brackets; in brackets anything counts as a unit."""

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")


def unit_of(name: str) -> str:
    """The unit that a column's name ends in, as "mm" in "bill_length_mm" and "eur" in "value (EUR)"; "" for none."""
    found = _IN_BRACKETS.search(name)
    if found:
        return found[1].strip().lower()
    rest, _, last = re.sub(r"[_.,]", " ", name).strip().lower().rpartition(" ")
    return last if rest and last in UNITS else ""


def same_unit(one: str, other: str) -> bool:
    """Whether both names tell the same unit."""
    return unit_of(one) == unit_of(other) != ""
