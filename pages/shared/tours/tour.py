"""A guided tour as a value: a built-in example, and steps over the real pages. No state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pages.shared.links import from_query
from pages.shared.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """One thing to do and one thing to see.

    Attributes
    ----------
    page : str
        Where it takes place, a key of ``PLACES``.
    do, see : str
        Markdown. Every figure in ``see`` is on the page once it is done; tests hold it to that.
    settings : mapping of str to str
        What the step begins with beyond the example's own suggestions, in the words of a link.
    """

    page: str
    do: str
    see: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tour:
    """A story told over the pages.

    Attributes
    ----------
    title : str
    about : str
        What one learns on the way, a sentence.
    example : str
        Name of the built-in example.
    steps : tuple of Step
    """

    title: str
    about: str
    example: str
    steps: tuple[Step, ...]

    def workspace(self, at: int) -> Workspace:
        """What a step begins with."""
        said = {"example": self.example, **self.steps[at].settings}
        return from_query({name: [value] for name, value in said.items()})
