"""The table of all models that were compared, the best first."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from gmm_core.model.choice.cell import CROSS_VALIDATED
from gmm_core.model.choice.criteria import CRITERIA as COMPUTED
from gmm_core.model.families import get_family
from pages.shared import downloads
from pages.shared.criteria_panel import CRITERIA, best_by
from pages.shared.grids import Grid
from pages.shared.verdict import strength

if TYPE_CHECKING:
    import pandas as pd

HELD_OUT, FOUND = "cross-validated log-likelihood", "share of starts"
"""Headings of the table of models."""

NOTES = {
    asks.name: f"{asks.full}. {asks.question} Lower is better." for asks in map(CRITERIA.__getitem__, COMPUTED)
} | {
    "evidence by BIC": "How strongly the difference of BIC to the lowest speaks against a model, by Kass and Raftery "
    "(1995): up to 2 not worth more than a bare mention, up to 6 positive (here: some), up to 10 strong, beyond very "
    "strong.",
    "log-likelihood": "How likely the rows are under the model. It rises with every group more of the same shape.",
    HELD_OUT: f"{CRITERIA[CROSS_VALIDATED].question} Known for the best shape of each number of groups.",
    "free parameters": "Numbers that the fit may choose: shares, centres and spreads.",
    FOUND: "The share of the starts that ended in this solution.",
    "why not": "Why a model has no sound solution.",
}
"""What the columns of the table of models are."""


def table(grid: Grid, criterion: str) -> None:
    """All models, the best first."""
    if grid.cells:
        frame = ranked_frame(grid, criterion)
        decimals = {name: 1 for name in frame.columns if frame[name].dtype == float} | {FOUND: 2}
        downloads.table(frame, "models", "many-table", "All models, the best first", decimals, NOTES)


def ranked_frame(grid: Grid, criterion: str) -> pd.DataFrame:
    """One row a model, sorted by the criterion, with the distance to the best; without columns that say nothing yet."""
    import pandas as pd

    best, above = best_by(grid, criterion), f"{CRITERIA[criterion].name} above best"
    low = best.value(criterion) if best else nan
    first = best_by(grid, "bic")
    rows = [
        {
            "groups": cell.n_components,
            "shape": get_family(cell.covariance_type).words,
            above: cell.value(criterion) - low,
            "evidence by BIC": strength(cell.bic - (first.bic if first else nan)),
            **{CRITERIA[name].name: cell.value(name) for name in COMPUTED},
            "log-likelihood": cell.log_likelihood,
            HELD_OUT: cell.cross_validated,
            "free parameters": cell.n_parameters,
            FOUND: cell.found,
            "why not": cell.reason,
        }
        for cell in grid.cells
    ]
    frame = pd.DataFrame(rows).sort_values(above, kind="stable", ignore_index=True)
    silent = [name for name in (HELD_OUT, CRITERIA["aicc"].name) if frame[name].isna().all()]
    return frame.drop(columns=silent)
