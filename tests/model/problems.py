"""Random tables for what must hold of every family, and fits to them."""

import numpy as np
import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.em.seeding import SEEDINGS
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart
from tests.model.drawing import grouped_table

every_family = pytest.mark.parametrize("family", FAMILIES)
every_seeding = pytest.mark.parametrize("seeding", SEEDINGS)
few = settings(max_examples=3)
anything = settings(max_examples=6)

seeds = st.integers(0, 2**32 - 1)
scales = st.floats(-9, 9).map(lambda power: 10.0**power)


@st.composite
def problems(draw, max_features=3):
    """A table (N, D) with some groups in it, and a number of components."""
    rng = np.random.default_rng(draw(seeds))
    n_features, n_components = draw(st.integers(1, max_features)), draw(st.integers(1, 3))
    n_rows = draw(st.integers(15 * n_components, 60))
    return grouped_table(rng, n_rows, n_features, draw(st.integers(1, 3)), draw(st.floats(0.0, 6.0))), n_components


def sound_fit(X, n_components, family, start=None, **changed):
    """A short fit; the example is dropped where no sound solution is found."""
    chosen = {"n_init": 2, "max_iter": 40, "tol": 0.0} | changed
    try:
        return fit_mixture(X, FitSettings(n_components, family, **chosen), start, suggest=False)
    except NoSoundSolutionError:
        assume(False)


def drop_equal_components(X, mixture):
    """Drop the example where components have merged: rounding then decides about their order."""
    steps = np.diff(mixture.means, axis=0) / X.std(axis=0)
    assume((np.abs(steps).max(axis=1) > 1e-6).all())


def drop_loose_axes(X, mixture):
    """Drop the example where a group has fewer rows than columns: EEV and VEV lend it their shape, and two rows in
    three columns leave it to rounding how it turns about their line, at one likelihood."""
    assume((mixture.memberships(X).sum(axis=0) > X.shape[1] - 0.5).all())


def first_rows(X, n_components):
    """A start at the first rows, which does not depend on the order of the others."""
    return UserStart(means=X[:n_components])
