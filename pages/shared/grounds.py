"""What a map shows of the groups: ellipses, where most rows should lie, or which group each place belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.results import Fitted
from pages.shared.sides import Side

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.grounds import Grid

REACH = 0.2
"""How far beyond the rows it is worked out, as a part of their range: as far as a map's axes may go."""


@dataclass(frozen=True)
class Ground:
    """One way to show the groups on a map.

    Parameters
    ----------
    title : str
    make : callable
        From the fit and the side to the frame that is drawn behind the rows.
    caption : str
        What it shows; of whole sentences.
    most_points : int
        Rows drawn upon it.
    """

    title: str
    make: Callable[[Fitted, Side], pd.DataFrame]
    caption: str
    most_points: int


def chosen() -> Ground | None:
    """The ground that the person chose; None for ellipses."""
    titles = [ELLIPSES, *GROUNDS]
    picked = st.segmented_control(
        "Groups as", titles, default=ELLIPSES, key="fit-ground", required=True, persist_state="session"
    )
    return GROUNDS.get(str(picked))


def _density(fitted: Fitted, side: Side) -> pd.DataFrame:
    from gmm_core.tables.grounds import density_frame

    return density_frame(side.mixture, _grid(side), side.transforms)


def _regions(fitted: Fitted, side: Side) -> pd.DataFrame:
    from gmm_core.tables.grounds import regions_frame

    grid = _grid(side)
    memberships = side.mixture.memberships(grid.working[grid.drawn])
    n = fitted.workspace.n_clusters
    merged = memberships if n is None else fitted.merging.memberships(memberships, n)
    return regions_frame(merged, grid, fitted.names)


def _grid(side: Side) -> Grid:
    from gmm_core.tables.grounds import grid_over

    values = side.whole()[0]
    low, high = values.min(axis=0), values.max(axis=0)
    reach = REACH * (high - low)
    return grid_over(low - reach, high + reach, side.transforms)


ELLIPSES = "Ellipses"
GROUNDS = {
    each.title: each
    for each in (
        Ground(
            "Density",
            _density,
            "Shaded: where the mixture is densest, with 50\u00a0%, 80\u00a0% and 95\u00a0% of it.",
            500,
        ),
        Ground(
            "Regions",
            _regions,
            "Coloured: the group that a row at each place most likely belongs to by these two axes alone, the stronger "
            "the surer (50\u00a0%, 80\u00a0% and 95\u00a0%).",
            2_000,
        ),
    )
}
