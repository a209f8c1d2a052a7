"""A table without gaps to start from: EM proper never sees what is filled in here."""

import numpy as np

from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.gaps import expectation_over
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import get_family
from gmm_core.model.imputation import conditional_moments
from gmm_core.model.scaling import scaling_for

ROUGHLY = Control(tol=1e-4, max_iter=30)
"""Starts need no more."""


def filled(table: Array, weights: Array | None, floor: float) -> Array:
    """The table (N, D) with what a single Gaussian, fitted by EM, expects in its gaps.

    ``floor`` is the least variance in any direction, as a fraction of the columns' own.
    """
    if not np.isnan(table).any():
        return table
    n_features = table.shape[1]
    scaling = scaling_for(table, per_column=True, weights=weights)
    start = Parameters.of(Dense(), np.ones(1), np.zeros((1, n_features)), np.eye(n_features)[None])
    maximise = Maximisation(get_family("full"), floor)
    found = run_em(expectation_over(table, scaling, weights), start, maximise, ROUGHLY).parameters
    expected, _ = conditional_moments(found, scaling.to_z(table), np.ones((len(table), 1)))
    return np.where(np.isnan(table), scaling.centre + scaling.scale * expected, table)
