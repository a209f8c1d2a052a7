"""The criteria side by side: what each is, what it asks, and what it picks."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.choice.cell import CROSS_VALIDATED, Cell, lowest
from gmm_core.model.families import get_family
from pages.shared.grids import Grid
from pages.shared.wording import count_word, listed, several


@dataclass(frozen=True)
class Asks:
    """A criterion's name on screen, the same in full, and what it asks of a model."""

    name: str
    full: str
    question: str


CRITERIA = {
    "bic": Asks(
        "BIC",
        "Bayesian information criterion",
        "How badly the model fits, plus a price for each free parameter that grows with the number of rows. It asks "
        "how many bell shapes describe the rows.",
    ),
    "icl": Asks(
        "ICL",
        "Integrated completed likelihood",
        "BIC plus a price for rows that may belong to more than one group. It asks how many groups stand apart, and "
        "often takes fewer than BIC.",
    ),
    "aic": Asks(
        "AIC",
        "Akaike's information criterion",
        "As BIC, with the same small price for each free parameter however many rows there are. It asks what would "
        "predict new rows best, and often takes too many groups.",
    ),
    "aicc": Asks("AICc", "Akaike's criterion, corrected", "AIC with a higher price where there are few rows."),
    CROSS_VALIDATED: Asks(
        "cross-validation",
        "Cross-validated log-likelihood",
        "Each fifth of the rows is held out in turn and predicted by a model fitted to the others. It asks how likely "
        "rows are that the model has not seen; higher is better.",
    ),
}
"""By the name that cells have it under; lower is better for all but cross-validation."""


def best_by(grid: Grid, criterion: str) -> Cell | None:
    """The sound cell that is lowest by a criterion, or None where it says nothing yet."""
    try:
        return lowest(grid.cells, criterion)
    except NoSoundSolutionError:
        return None


def panel(grid: Grid) -> None:
    """A line a criterion, with what it is below."""
    st.markdown(f"**{meaning(grid)}**")
    for criterion, asks in CRITERIA.items():
        best = best_by(grid, criterion)
        left, right = st.columns([1, 2], gap="medium")
        left.markdown(
            f"**{asks.name[0].upper()}{asks.name[1:]}**: {'not worked out yet' if best is None else picked(best)}"
        )
        right.caption(f"{asks.full}. {asks.question}")


def picked(cell: Cell) -> str:
    """A model in words."""
    return f"{several(cell.n_components, 'group')}, {get_family(cell.covariance_type).words}"


def meaning(grid: Grid) -> str:
    """Whether the criteria agree on the number of groups; the same number in another shape is agreement."""
    picks = {asks.name: best for name, asks in CRITERIA.items() if (best := best_by(grid, name)) is not None}
    if not picks:
        return "No model has a sound solution so far."
    counts = sorted({cell.n_components for cell in picks.values()})
    if len(counts) == 1:
        shapes = {cell.covariance_type for cell in picks.values()}
        return f"All take {several(counts[0], 'group')}{', though of different shapes' * (len(shapes) > 1)}."
    said = [f"{count_word(k)} ({listed(_names(picks, k))})" for k in counts]
    return f"They take different numbers of groups: {listed(said)}. What follows from that is said at the top."


def _names(picks: dict[str, Cell], k: int) -> list[str]:
    """The criteria that take so many groups."""
    return [name for name, cell in picks.items() if cell.n_components == k]
