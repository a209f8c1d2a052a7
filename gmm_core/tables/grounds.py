"""What lies behind the rows of a map: where most of the mixture lies, and which group each place belongs to.

A grid over the picture is cut into runs of equal cells, of which a browser draws some hundreds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.carrying import forward, log_slopes
from gmm_core.tables.mixture_frames import MIXTURE, PROBABILITIES

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

STEPS = 160
"""Cells along each side."""

SURE = (0.0, 0.5, 0.8, 0.95)
"""Memberships from which a place belongs to its group more and more surely."""

DENSITY, REGIONS = (0.16, 0.5), (0.07, 0.28)
"""Opacities of the first level and of the last: so faint that no seam shows between cells."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells over a part of the plane, G = STEPS * STEPS of them, row by row from below.

    Attributes
    ----------
    x, y : (STEPS + 1,) arrays
        Edges, in the units of the picture.
    places : (G, 2) array
        Middles of the cells, in the units of the picture.
    working : (G, 2) array
        The same in the mixture's units; NaN where a transform takes no such value.
    """

    x: Floats
    y: Floats
    places: Floats
    working: Floats

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Which cells have a place in the mixture's units, (G,)."""
        return np.asarray(~np.isnan(self.working).any(axis=1))


def grid_over(low: Floats, high: Floats, transforms: Sequence[Transform]) -> Grid:
    """Cells from ``low`` (2,) to ``high`` (2,), in the units of the picture."""
    x, y = (np.linspace(low[axis], high[axis], STEPS + 1) for axis in (0, 1))
    across, up = np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)
    places = np.column_stack([across.ravel(), up.ravel()])
    return Grid(x, y, places, forward(places, transforms))


def density_frame(
    mixture: Mixture, grid: Grid, transforms: Sequence[Transform], probabilities: Sequence[float] = PROBABILITIES
) -> pd.DataFrame:
    """The smallest regions that hold given shares of the mixture, as runs of cells (see `_runs`).

    They are highest density regions in the units of the picture (Hyndman 1996, The American Statistician 50, 120-126),
    of what of the mixture lies on the grid.
    """
    drawn = grid.drawn
    log_density = mixture.log_density(grid.working[drawn]) + log_slopes(grid.places[drawn], transforms)
    order = np.argsort(-log_density, kind="stable")
    density = np.exp(log_density[order] - log_density[order[0]])
    held = np.empty(len(order))
    held[order] = (np.cumsum(density) - density) / density.sum()  # the share in denser cells
    levels = np.full(len(drawn), -1)
    wanted = sorted(probabilities, reverse=True)
    levels[drawn] = (held[:, None] < np.asarray(wanted)).sum(axis=1) - 1
    told = [f"in the densest {100 * each:.0f}\u00a0%" for each in wanted]
    return _runs(grid, levels, np.zeros(len(levels), dtype=np.intp), [MIXTURE], told, DENSITY)


def regions_frame(memberships: Floats, grid: Grid, letters: Sequence[str]) -> pd.DataFrame:
    """Which group each place belongs to, and how surely, as runs of cells.

    ``memberships`` are those of the drawn cells, a column for each of ``letters``.
    """
    drawn = grid.drawn
    levels, groups = np.full(len(drawn), -1), np.zeros(len(drawn), dtype=np.intp)
    levels[drawn] = np.searchsorted(SURE, memberships.max(axis=1), side="right") - 1
    groups[drawn] = memberships.argmax(axis=1)
    told = ["less than 50\u00a0% sure", *(f"at least {100 * each:.0f}\u00a0% sure" for each in SURE[1:])]
    return _runs(grid, levels, groups, letters, told, REGIONS)


def _runs(
    grid: Grid,
    levels: Codes,
    groups: Codes,
    letters: Sequence[str],
    told: Sequence[str],
    opacities: tuple[float, float],
) -> pd.DataFrame:
    """Neighbours of one level and group in a row as one: x0, x1, y0, y1, component, strength (opacity), told.

    Cells of level -1 are left out.
    """
    code = (levels * len(letters) + groups).reshape(STEPS, STEPS)
    begins = np.ones((STEPS, STEPS + 1), dtype=bool)
    begins[:, 1:-1] = code[:, 1:] != code[:, :-1]
    row, first = np.nonzero(begins[:, :-1])
    last = np.nonzero(begins[:, 1:])[1] + 1
    level, group = (each.reshape(STEPS, STEPS)[row, first] for each in (levels, groups))
    strength = np.linspace(*opacities, len(told))
    frame = pd.DataFrame(
        {
            "x0": grid.x[first],
            "x1": grid.x[last],
            "y0": grid.y[row],
            "y1": grid.y[row + 1],
            "component": np.asarray(letters, dtype=object)[group],
            "strength": strength[level],
            "told": np.asarray(told, dtype=object)[level],
        }
    )
    return frame[level >= 0].reset_index(drop=True)
