"""What is done with rows that have gaps: a registry of small objects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.medians import median

Floats = NDArray[np.float64]
Kept = NDArray[np.bool_]


@dataclass(frozen=True)
class GapRule:
    """A rule for rows with gaps.

    Parameters
    ----------
    name : str
        Its key, as in a recipe.
    words : str
        What it does, on screen.
    settle : callable
        From values (N, D), with NaN in the gaps, and what to fill these with (D,), to the rows kept (N,) and the
        values of these rows; gaps that are left are for the fit, by ``missing_values="em"``.
    measure : callable
        From values and the rows' weights (N,), all above 0, or None, to what gaps are filled with (D,), NaN where they
        are not. Columns that are gaps throughout are none of its business: there are none.
    caution : str
        What to beware of, as what follows "5 gaps" in a sentence; "" where the rows left out say it.
    """

    name: str
    words: str
    settle: Callable[[Floats, Floats], tuple[Kept, Floats]]
    measure: Callable[[Floats, Floats | None], Floats] = lambda values, weights: np.full(values.shape[1], np.nan)
    caution: str = ""


def _drop(values: Floats, fill: Floats) -> tuple[Kept, Floats]:
    kept = np.asarray(~np.isnan(values).any(axis=1))
    return kept, values if kept.all() else values[kept]


def _fill(values: Floats, fill: Floats) -> tuple[Kept, Floats]:
    return np.ones(len(values), dtype=bool), np.where(np.isnan(values), fill, values)


def _medians(values: Floats, weights: Floats | None) -> Floats:
    return np.array([median(column, weights) for column in values.T])


def _keep(values: Floats, fill: Floats) -> tuple[Kept, Floats]:
    """A row of gaps only is left out: it has nothing to be grouped by."""
    kept = np.asarray(~np.isnan(values).all(axis=1))
    return kept, values if kept.all() else values[kept]


GAP_RULES = {
    rule.name: rule
    for rule in (
        GapRule("drop", "leave out", _drop),
        GapRule(
            "em",
            "keep",
            _keep,
            caution="left open: rows count by the values that they have, as if gaps came by chance, whatever they hide",
        ),
        GapRule(
            "median",
            "fill with the median",
            _fill,
            _medians,
            "filled with medians, which makes groups look tighter than they are",
        ),
    )
}
