"""A section of the theory as a value: its words, what is drawn below them, and where to try it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PAGES = {
    "fit": ("pages/clusters/fit.py", "Fit"),
    "how-many": ("pages/clusters/how_many.py", "How many groups?"),
    "memberships": ("pages/clusters/memberships.py", "Memberships"),
    "k-means": ("pages/clusters/k_means.py", "Beside k-means"),
    "features": ("pages/data/features.py", "Features"),
    "segments": ("pages/use/segments.py", "Segments"),
    "outliers": ("pages/use/outliers.py", "Outliers, new rows"),
    "em-by-step": ("pages/learn/em_by_step.py", "EM by step"),
    "calculators": ("pages/learn/calculators.py", "Quick answers"),
    "textbook": ("pages/learn/textbook.py", "Textbook check"),
}
"""Where a term can be tried, by the page's path in the address."""


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
        Pages on which it can be tried, keys of ``PAGES``.
    draw : callable or None
        Draws what is live below the text.
    """

    anchor: str
    title: str
    text: str
    tries: tuple[str, ...] = ()
    draw: Callable[[], None] | None = None
