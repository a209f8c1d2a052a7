"""The criteria side by side: what each asks, what it picks, and what it means where they disagree."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.choice.cell import CROSS_VALIDATED, Cell, lowest
from gmm_core.model.families import get_family
from pages.shared.grids import Grid
from pages.shared.wording import count_word


@dataclass(frozen=True)
class Asks:
    """A criterion's name on screen, and what it asks of a model."""

    name: str
    question: str


CRITERIA = {
    "bic": Asks(
        "BIC", "BIC weighs fit against the number of free parameters; it asks how many bell shapes describe the rows."
    ),
    "icl": Asks("ICL", "ICL also asks for groups that are clearly apart, so it often prefers fewer."),
    "aic": Asks("AIC", "AIC asks which model would predict new rows best; it often prefers more groups."),
    "aicc": Asks("AICc", "AICc is AIC with a correction for tables of few rows."),
    CROSS_VALIDATED: Asks(
        "Cross-validation", "Cross-validation holds rows out and asks how well the others predict them."
    ),
}
SIDE_BY_SIDE = ("bic", "icl", "aic", CROSS_VALIDATED)


def best_by(grid: Grid, criterion: str) -> Cell | None:
    """The sound cell that is lowest by a criterion, or None where it says nothing yet."""
    try:
        return lowest(grid.cells, criterion)
    except NoSoundSolutionError:
        return None


def panel(grid: Grid) -> None:
    """A card a criterion."""
    st.markdown(f"**{meaning(grid)}**")
    for place, criterion in zip(st.columns(len(SIDE_BY_SIDE)), SIDE_BY_SIDE, strict=True):
        best, asks = best_by(grid, criterion), CRITERIA[criterion]
        with place, st.container(border=True, height="stretch"):
            st.markdown(f"**{asks.name}**: {'not worked out yet' if best is None else picked(best)}")
            st.caption(asks.question)


def picked(cell: Cell) -> str:
    """A model in words."""
    groups = "one group" if cell.n_components == 1 else f"{count_word(cell.n_components)} groups"
    return f"{groups}, {get_family(cell.covariance_type).words}"


def meaning(grid: Grid) -> str:
    """What it means that the criteria agree, or disagree, on the number of groups."""
    counts = _counts(grid)
    if not counts:
        return "No model has a sound solution so far."
    k = counts["bic"]
    return disagreement(grid) or f"The criteria agree on {'one group' if k == 1 else f'{count_word(k)} groups'}."


def disagreement(grid: Grid) -> str:
    """On which numbers of groups the criteria disagree, and why; "" where they agree."""
    counts = _counts(grid)
    if len(set(counts.values())) < 2:
        return ""
    said = ", ".join(f"{CRITERIA[name].name} {k}" for name, k in counts.items())
    return " ".join([f"The criteria disagree on the number of groups ({said}).", *_reasons(counts)])


def _counts(grid: Grid) -> dict[str, int]:
    """The number of groups that each criterion picks."""
    return {name: best.n_components for name in SIDE_BY_SIDE if (best := best_by(grid, name)) is not None}


def _reasons(counts: dict[str, int]) -> list[str]:
    """Why, as far as the differences tell."""
    found = []
    if counts["icl"] < counts["bic"]:
        found.append(
            "ICL asks for fewer than BIC: some bell shapes overlap, and may describe one group of another shape."
        )
    if counts["aic"] > counts["bic"]:
        found.append("AIC takes more shapes readily, so its larger number is weak evidence of more groups.")
    if counts.get(CROSS_VALIDATED, counts["bic"]) < counts["bic"]:
        found.append("Rows held out are predicted better with fewer groups than BIC takes, so take these with caution.")
    return found
