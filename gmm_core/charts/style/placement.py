"""Where a label on an outline hides least. All places in shares of the plot, so that both axes count alike."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LABEL = np.array([0.045, 0.025])
"""Half the width and height of a label such as "95 %", as a share of the plot: what it would hide."""

WRITTEN = 0.55 * LABEL
"""The same of its letters alone: another outline through them could be the one that is meant."""

_EVERY = 4

Places = NDArray[np.float64]


def roomy_vertices(outlines: Sequence[Places], crowd: Places, keep: Places) -> list[int | None]:
    """A vertex of each outline where a label hides fewest of the crowd and meets no other label or outline.

    Parameters
    ----------
    outlines : sequence of array (V, 2)
        In the order in which they may choose. The first one may do with a vertex where others pass, if need be.
    crowd : array (N, 2)
        What had better stay in sight.
    keep : array (M, 2)
        Places that no label may cover.

    Returns
    -------
    list of int or None
        None where an outline has no free vertex. Of equally good vertices, the highest.
    """
    taken = list(keep)
    chosen: list[int | None] = []
    for at, vertices in enumerate(outlines):
        apart = np.array([_apart(vertex, taken) for vertex in vertices], dtype=bool)
        others = np.vstack([np.empty((0, 2)), *outlines[:at], *outlines[at + 1 :]])
        alone = apart & (_near(vertices, others, WRITTEN) == 0)
        free = np.flatnonzero(alone if at or alone.any() else apart)
        best = free[np.lexsort((-vertices[free, 1], _near(vertices[free], crowd, LABEL)))[:1]]
        taken.extend(vertices[best])
        chosen.append(int(best[0]) if len(best) else None)
    return chosen


def clearance(mine: Places, others: Places) -> float:
    """How far the vertex that lies farthest from all others is from them; 0 where there are no others."""
    if not len(others):
        return 0.0
    between = mine[::_EVERY, None] - others[None, ::_EVERY]
    return float(np.linalg.norm(between, axis=2).min(axis=1).max())


def _near(vertices: Places, others: Places, reach: Places) -> NDArray[np.int64]:
    """How many of the others lie within reach of each vertex, across and up."""
    near = np.abs(vertices[:, None] - others[None]) < reach
    return np.asarray(near.all(axis=2).sum(axis=1), dtype=np.int64)


def _apart(vertex: Places, taken: Sequence[Places]) -> bool:
    return all(bool((np.abs(vertex - other) > 2 * LABEL).any()) for other in taken)
