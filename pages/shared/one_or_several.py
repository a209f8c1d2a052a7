"""One population or several: one sentence from two outcomes that answer different questions.

The bootstrap test of one group against two asks whether one bell shape is enough; skew alone makes it say no. The check
against one population asks whether groups do better than one that may be skewed, and whether groups that may be skewed
do better still (``OnePopulation.kind``). So the check decides about groups, and the test says what it adds.
"""

from __future__ import annotations

CASES = {
    "several": (
        "There is more than one population: these groups describe the rows firmly better than one, even a skewed one.",
        "There is more than one population: by the bootstrap test one bell shape is not enough, and one that is skewed "
        "describes the rows firmly worse than these groups.",
        "It is not clear that there are groups: these describe the rows firmly better than one population, even a "
        "skewed one, yet by the bootstrap test two of this shape are no better than one.",
    ),
    "several skewed": (
        "There is more than one population, but how many is not clear: as many groups that may be skewed describe the "
        "rows firmly better than these, so some of these may stand for skew only.",
        "There is more than one population, by the bootstrap test, too, but how many is not clear: as many groups that "
        "may be skewed describe the rows firmly better than these, so some of these may stand for skew only.",
        "It is not clear that there are groups: such that may be skewed describe the rows firmly better than one "
        "population, yet by the bootstrap test two of this shape are no better than one.",
    ),
    "several skewed of two": (
        "There is more than one population: groups that may be skewed describe the rows firmly better than one.",
        "There is more than one population, by the bootstrap test, too: groups that may be skewed describe the rows "
        "firmly better than one.",
        "It is not clear that there are groups: such that may be skewed describe the rows firmly better than one "
        "population, yet by the bootstrap test two of this shape are no better than one.",
    ),
    "one": (
        "One bell-shaped population will do: it describes the rows firmly better than these groups.",
        "Groups are not established: by the bootstrap test one bell shape is not quite enough, yet by BIC it describes "
        "the rows firmly better than these groups.",
        "One bell-shaped population will do: by the bootstrap test a second group adds nothing, and by BIC one "
        "describes the rows firmly better.",
    ),
    "skewed one": (
        "One skewed population will do: it describes the rows firmly better than these groups, so skew alone makes "
        "groups look needed here.",
        "One skewed population will do: by the bootstrap test one bell shape is not enough, but one that may be skewed "
        "describes the rows firmly better than these groups.",
        "One skewed population will do: it describes the rows firmly better than these groups, and by the bootstrap "
        "test a second group adds nothing, either.",
    ),
    "open": (
        "Groups are not established: one population that may be skewed describes the rows about as well as these.",
        "Groups are not established: by the bootstrap test one bell shape is not enough, but one population that may "
        "be skewed describes the rows about as well as these groups.",
        "Groups are not established: by the bootstrap test a second one adds nothing, and one population that may be "
        "skewed describes the rows about as well as these groups.",
    ),
}
"""By the outcome of the check: what to say where the test is not known, where it asks for a second group, and where it
does not."""


def outcome(kind: str, number: int) -> str:
    """The case for ``OnePopulation.kind`` where there are so many groups at most: of two, skew leaves none too many."""
    return "several skewed of two" if kind == "several skewed" and number == 2 else kind


def said(case: str, second_needed: bool | None) -> str:
    """The sentence for the case that the check makes and that of the test, None where this is not known."""
    unknown, needed, not_needed = CASES[case]
    return unknown if second_needed is None else needed if second_needed else not_needed
