"""A section of the theory as a value: its words, what is drawn below them, and where to try it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes
    ----------
    anchor : str
        What a link to it ends with, after "#".
    title : str
    text : str
        Markdown with LaTeX.
    tries : tuple of str
        Pages on which it can be tried, keys of ``PLACES``.
    draw : callable or None
        Draws what is live below the text.
    """

    anchor: str
    title: str
    text: str
    tries: tuple[str, ...] = ()
    draw: Callable[[], None] | None = None
