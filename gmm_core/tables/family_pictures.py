"""A picture of what a covariance family allows, made by the family itself.

Three groups with sizes, elongations and directions of their own are handed to the family's M step; what it makes of
them shows what it keeps apart and what it shares.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.em.expectation import moments_of
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.families import get_family
from gmm_core.model.geometry import ellipse_outline
from gmm_core.tables.results import component_letters

Floats = NDArray[np.float64]

CENTRES = np.array([[-4.6, 0.0], [0.0, 0.0], [4.6, 0.0]])
LENGTHS = np.array([[1.25, 0.45], [0.75, 0.5], [1.0, 0.2]])
"""Standard deviations along each group's own axes."""
DEGREES = np.array([35.0, -60.0, 80.0])
PROBABILITY = 0.8


def family_frame(name: str) -> pd.DataFrame:
    """Outlines of three groups under a family: ``x``, ``y``, ``component``, ``order``.

    Parameters
    ----------
    name : str
        A family's name or code.
    """
    outlines = [
        ellipse_outline(centre, covariance, PROBABILITY, n_points=60)
        for centre, covariance in zip(CENTRES, _covariances(name), strict=True)
    ]
    return pd.concat(
        [
            pd.DataFrame({"x": outline[:, 0], "y": outline[:, 1], "component": letter, "order": range(len(outline))})
            for letter, outline in zip(component_letters(len(outlines)), outlines, strict=True)
        ],
        ignore_index=True,
    )


def _covariances(name: str) -> Floats:
    """The family's covariances for the three groups, (3, 2, 2)."""
    family, n_rows = get_family(name), 4 * len(CENTRES)
    labels = np.repeat(np.arange(len(CENTRES)), 4)
    resp = np.asarray(labels == np.arange(len(CENTRES))[:, None], dtype=float)
    rows = Rows.scaled(_four_rows_each(), Scaling(np.zeros(2), np.ones(2)))
    _, moments = moments_of(rows, resp, family.form)
    packed = family.covariances(moments.second, np.full(len(CENTRES), n_rows / len(CENTRES)), 2)
    return np.asarray(family.form.to_dense(packed, len(CENTRES), 2))


def _four_rows_each() -> Floats:
    """Rows (12, 2) whose covariances, group by group, are exactly those of the constants above."""
    angle = np.deg2rad(DEGREES)
    axes = np.stack([np.cos(angle), np.sin(angle), -np.sin(angle), np.cos(angle)], axis=1).reshape(-1, 2, 2)
    steps = np.sqrt(2.0) * LENGTHS[:, :, None] * axes  # (3, 2, 2): one row of steps along each axis
    return np.concatenate([CENTRES[k] + np.concatenate([steps[k], -steps[k]]) for k in range(len(CENTRES))])
