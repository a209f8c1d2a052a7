"""What a person calls the groups: name, colour and note of each, and which clusters they were given to. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gmm_core.charts.style import PALETTE, sign_of

if TYPE_CHECKING:
    from gmm_core.model.choice.anchors import Anchor

LONGEST_NAME, LONGEST_NOTE = 40, 500

SEGMENT = "segment"
"""Column of the names in tables and files."""


@dataclass(frozen=True)
class Tag:
    """Of one cluster. A colour, hexadecimal, is fixed with the first name or note, so that it stays with the group."""

    name: str = ""
    colour: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Naming:
    """Tags, one a cluster, and the clusters that they were given to; ``key`` identifies these.

    ``anchor`` is None for names from a link, until its fit is there. ``odd`` is of the rows that fit no group, in
    whatever fit.
    """

    tags: tuple[Tag, ...]
    anchor: Anchor | None
    key: str
    odd: Tag = Tag()


def carried(naming: Naming, found: Sequence[int]) -> tuple[Tag, ...]:
    """A tag for each cluster of another fit, of which ``found`` says which of those named it is, -1 for none."""
    return tuple(naming.tags[at] if at >= 0 else Tag() for at in found)


def colours(tags: Sequence[Tag], letters: Sequence[str]) -> tuple[str, ...]:
    """The colour of each cluster: its own where one was fixed, else its letter's, or a free one where that is taken."""
    taken = {tag.colour for tag in tags if tag.colour}
    chosen = []
    for tag, letter in zip(tags, letters, strict=True):
        own = tag.colour or sign_of(letter).colour
        if not tag.colour and own in taken:
            own = next((each for each in PALETTE if each not in taken), own)
        taken.add(own)
        chosen.append(own)
    return tuple(chosen)


def changed(tags: Sequence[Tag], shown: Sequence[str], k: int, **changes: str) -> tuple[Tag, ...]:
    """The tags with those of cluster ``k`` changed; ``shown`` are the colours of all.

    A colour that another cluster has is exchanged for its own.
    """
    wanted = changes.get("colour", shown[k])
    after = list(tags)
    for j, colour in enumerate(shown):
        if j != k and colour == wanted != shown[k]:
            after[j] = replace(after[j], colour=shown[k])
            break
    after[k] = replace(after[k], **{**changes, "colour": wanted})
    return tuple(after)
