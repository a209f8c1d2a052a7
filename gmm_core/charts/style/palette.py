"""Colour, shape and letter of each group: the same on every page, in every chart and file.

A sign belongs to the letter, never to a position in a list, so a group keeps its colour when others are absent.
Beyond eight groups the colours come round again, but no pair of colour and shape does before the 57th: there are
eight colours and seven shapes. Lines of the second and third round are dashed. Merged groups, "A+C", look as the first
of them does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any

import altair as alt

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#5E3C99")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left")
GLYPHS = ("●", "■", "▲", "◆", "✚", "▼", "◀")
DASHES = ((1, 0), (7, 3), (2, 2))

GROUP_FIELDS = ("component", "group", "after")
"""Fields of this package's charts that hold letters of the groups."""
MIXTURE = "mixture"
NOISE = "noise"
NOISE_COLOUR = "#7f7f7f"
JOIN = "+"
"""Stands between the letters of merged groups."""
NEUTRAL = "#868b94"
"""Grey for what belongs to no group; at least 3:1 on white and on Streamlit's dark background."""
ACCENT = "#2f7ed8"
"""The one thing to look at in a chart without groups (the best model, the unsure rows)."""
HIGH, LOW = ACCENT, "#d1621f"
"""Above and below, for colours that run both ways from none; told apart by colour-blind readers in both themes."""

_CROSSED = "M-1,-.7L-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0Z"


@dataclass(frozen=True)
class Sign:
    """How one group is drawn.

    Parameters
    ----------
    letter : str
        "A", "B", ... as people see it; or "mixture", "noise".
    colour : str
        Hexadecimal colour of points, lines and fills.
    ink : str
        Black or white: the one that reads better on `colour`.
    shape : str
        Vega symbol of the points.
    glyph : str
        The shape as a character, for cards and tables.
    dash : tuple of int
        Dash pattern of lines, in pixels.
    """

    letter: str
    colour: str
    ink: str
    shape: str
    glyph: str
    dash: tuple[int, int]


def letter_of(index: int) -> str:
    """Letter of a component: 0 is "A", 25 is "Z", 26 is "AA"."""
    higher, last = divmod(index, 26)
    return (letter_of(higher - 1) if higher else "") + ascii_uppercase[last]


def index_of(letter: str) -> int:
    """Position of a component from its letter; the inverse of `letter_of`.

    Raises
    ------
    ValueError
        Where the letter is not made of the capitals A to Z.
    """
    if not letter or not set(letter) <= set(ascii_uppercase):
        raise ValueError(f"“{letter}” is no group's letter. Groups are named A, B, ... Z, AA, AB, ...")
    number = 0
    for character in letter:
        number = number * 26 + ascii_uppercase.index(character) + 1
    return number - 1


def sign_of(letter: str) -> Sign:
    """Colour, shape and the rest for a letter, merged letters ("A+C"), "mixture" or "noise"."""
    return _NAMELESS.get(letter) or _component_sign(letter)


@contextmanager
def coloured(colours: Mapping[str, str]) -> Iterator[None]:
    """Draw with these colours, hexadecimal by letter, in place of the letters' own; in this thread only.

    Merged letters take the colour of the first of them, as they do without.
    """
    token = _CHOSEN.set(colours)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def in_order(letters: Iterable[str]) -> list[str]:
    """Each letter once: A to Z, AA and on, then "noise" and "mixture"."""
    return sorted(set(letters), key=rank_of)


def rank_of(letter: str) -> tuple[bool, int]:
    """Key that sorts letters as `in_order` does."""
    nameless = letter in _NAMELESS
    return nameless, tuple(_NAMELESS).index(letter) if nameless else index_of(_first(letter))


def colour_scale(letters: Sequence[str]) -> alt.Scale:
    """Scale from letters to their colours, in the order given."""
    return _scale(letters, [sign_of(letter).colour for letter in letters])


def ink_scale(letters: Sequence[str]) -> alt.Scale:
    """Scale from letters to the ink that reads on their colours."""
    return _scale(letters, [sign_of(letter).ink for letter in letters])


def shape_scale(letters: Sequence[str]) -> alt.Scale:
    """Scale from letters to the shapes of their points."""
    return _scale(letters, [sign_of(letter).shape for letter in letters])


def dash_scale(letters: Sequence[str]) -> alt.Scale:
    """Scale from letters to the dashes of their lines: solid for the first eight."""
    return _scale(letters, [list(sign_of(letter).dash) for letter in letters])


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two hexadecimal colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _scale(domain: Sequence[str], values: Sequence[Any]) -> alt.Scale:
    return alt.Scale(domain=list(domain), range=list(values))


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(share * light for share, light in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _ink_on(colour: str) -> str:
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))


def _first(letters: str) -> str:
    return letters.split(JOIN, maxsplit=1)[0]


def _component_sign(letter: str) -> Sign:
    index = index_of(_first(letter))
    colour = _CHOSEN.get().get(_first(letter), PALETTE[index % len(PALETTE)])
    shape = index % len(SHAPES)
    dash = DASHES[index // len(PALETTE) % len(DASHES)]
    return Sign(letter, colour, _ink_on(colour), SHAPES[shape], GLYPHS[shape], dash)


_CHOSEN: ContextVar[Mapping[str, str]] = ContextVar("chosen colours", default=MappingProxyType({}))
_NAMELESS = {
    NOISE: Sign(NOISE, NOISE_COLOUR, _ink_on(NOISE_COLOUR), _CROSSED, "✕", (1, 0)),
    MIXTURE: Sign(MIXTURE, NEUTRAL, _ink_on(NEUTRAL), "circle", "―", (1, 0)),
}
