"""Names of columns: never blank, never twice."""

import re
from collections.abc import Collection, Iterable


def column_names(cells: Iterable[str]) -> list[str]:
    """Names for columns from the cells of a header, in order.

    Blank cells become ``"column 3"`` (the position, from 1), and the second ``"x"`` becomes ``"x (2)"``. A name that
    the header holds only once is kept as it is, even where a made name would be the same.
    """
    tidy = [re.sub(r"\s+", " ", cell).strip() for cell in cells]
    taken = {name for name in tidy if name}
    seen: set[str] = set()
    names = []
    for position, name in enumerate(tidy, start=1):
        names.append(_next_name(name or f"column {position}", name in seen or not name, taken))
        seen.add(name)
        taken.add(names[-1])
    return names


def clear_name(name: str, taken: Collection[str]) -> str:
    """``name``, or where that is taken ``"name (2)"``, ``"name (3)"`` and so on."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name} ({number})"
    return free


def _next_name(name: str, must_be_new: bool, taken: Collection[str]) -> str:
    return clear_name(name, taken) if must_be_new else name
