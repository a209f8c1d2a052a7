"""What sets a group apart, in words that fit the columns' names: "few days since last order"."""

import re

import pandas as pd

VERY, CLEAR, SLIGHT = 0.9, 0.43, 0.28
"""Cliff's deltas, in size, from which a group is very high or low, clearly so, or rather so: Vargha and Delaney (2000),
table 1, call the latter two large and medium."""

MOST_TRAITS = 3

_LINKS = frozenset(
    ("a", "an", "per", "since", "as", "of", "in", "by", "with", "from", "for", "at", "on", "to", "until")
)
_SINGULAR = ("ss", "us", "is")


def traits(profile: pd.DataFrame, counts: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """What sets a group apart, the strongest first: pairs of words ("very high") and a column.

    Parameters
    ----------
    profile : pandas.DataFrame
        The rows of one group, of ``segments.profile_frame``.
    counts : frozenset of str
        Columns that hold whole numbers of 0 or more, which may be counted: there are few or many of them.

    Returns
    -------
    list of pairs, at most three
        Empty where the group is near the middle in every column.
    """
    strongest = profile.iloc[(-profile["delta"].abs()).argsort(kind="stable")]
    clear = strongest[strongest["delta"].abs() >= CLEAR].head(MOST_TRAITS)
    if clear.empty:
        clear = strongest[strongest["delta"].abs() >= SLIGHT].head(1)
    pairs = zip(clear["column"].map(str).tolist(), clear["delta"].tolist(), strict=True)
    return [(degree(delta, name in counts and is_plural(name)), name) for name, delta in pairs]


def degree(delta: float, countable: bool = False) -> str:
    """ "very high", "few", "rather low"."""
    low, high = ("few", "many") if countable else ("low", "high")
    size = abs(delta)
    before = "very " if size >= VERY else "" if size >= CLEAR else "rather "
    return before + (high if delta > 0 else low)


def is_plural(column: str) -> bool:
    """Whether a column's name tells of several things, so that there may be few or many: "orders a year".

    A name with a unit in brackets is a measure.
    """
    if re.search(r"[(\[]", column):
        return False
    words = column.replace("_", " ").split()
    head = [word for word in words if word.lower() in _LINKS]
    noun = words[words.index(head[0]) - 1] if head else words[-1] if words else ""
    return len(noun) > 3 and noun.endswith("s") and not noun.endswith(_SINGULAR)
