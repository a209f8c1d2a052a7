"""What can be calculated: a list of numbers, or a small table. Values only, no state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_core import FitSettings, load_example
from gmm_core.model.families import COMMON, get_family
from gmm_core.tables.entered import VALUE, entered_list, entered_table

if TYPE_CHECKING:
    import pandas as pd

N_STARTS = 20
"""Starts of a calculation; the best sound one counts."""

STARTS = {
    "k-means++": "spread-out rows (k-means++)",
    "kmeans": "k-means",
    "random_from_data": "random rows",
    "random": "random memberships",
    "quantile": "quantiles of a column",
    "hierarchical": "merged pairs (hierarchical)",
}
"""Ways of starting, by the core's names."""

TOLERANCES = (1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12)


@dataclass(frozen=True)
class Mode:
    """A kind of calculation.

    Attributes
    ----------
    title : str
    samples : mapping of str to str
        Built-in examples to begin with, by their names; the first one is there when the page opens.
    shapes : mapping of str to str
        Words for the families that it offers, the first by default.
    read : callable
        Makes a table of what was entered.
    label, help : str
        Of the field.
    """

    title: str
    samples: Mapping[str, str]
    shapes: Mapping[str, str]
    read: Callable[[str], pd.DataFrame]
    label: str
    help: str


@dataclass(frozen=True)
class Choices:
    """What is set for a calculation."""

    n_groups: int = 2
    shape: str = ""
    most_iterations: int = 1000
    tolerance: float = 1e-8
    start: str = "k-means++"

    @property
    def settings(self) -> FitSettings:
        """The same for the core: plain EM, so that iterations are those of the books, and gaps are kept."""
        return FitSettings(
            n_components=self.n_groups,
            covariance_type=self.shape,
            n_init=N_STARTS,
            init_params=self.start,
            tol=self.tolerance,
            max_iter=self.most_iterations,
            acceleration=None,
            missing_values="em",
        )


def sample_text(name: str) -> str:
    """A built-in example as it would be pasted."""
    from gmm_core import EXAMPLES

    table = load_example(name)[list(EXAMPLES[name].columns)]
    return as_entered(table.set_axis([VALUE], axis=1) if table.shape[1] == 1 else table)


def as_entered(table: pd.DataFrame) -> str:
    """A table of numbers as it would be pasted."""
    if table.shape[1] > 1:
        return str(table.to_csv(sep="\t", index=False)).strip().replace("\r", "")
    [title] = table.columns
    numbers = ", ".join(f"{value:.15g}" for value in table[title].dropna())
    return numbers if title == VALUE else f"{title}\n{numbers}"


MODES: dict[str, Mode] = {
    "list": Mode(
        "A list of numbers",
        {"wait-times": "Wait times", "test-scores": "Test scores"},
        {"full": "its own", "tied": "the same for all"},
        entered_list,
        "Numbers",
        "With commas, blanks, semicolons or new lines between them, or a column copied from a spreadsheet.",
    ),
    "table": Mode(
        "A small table",
        {"customers": "Customers", "six-points": "Six points"},
        {name: get_family(name).words for name in ("diag", *(each for each in COMMON if each != "diag"))},
        entered_table,
        "Rows",
        "As copied from a spreadsheet, with or without a line of names: a column for each quantity.",
    ),
}
"""By the name that its keys carry."""
