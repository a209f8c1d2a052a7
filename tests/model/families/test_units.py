"""Families that need the columns' common units, where these are as far apart as is taken."""

import numpy as np
import pytest

from gmm_core.errors import DataError
from gmm_core.model.em.stopping import FALL
from gmm_core.model.families import FAMILIES
from gmm_core.model.families.units import MOST_APART, InCommonUnits
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import Seeds

every_such_family = pytest.mark.parametrize(
    "name", [name for name, family in FAMILIES.items() if isinstance(family, InCommonUnits)]
)


def searching(name, rng, ratio):
    """Over three tilted groups in four columns, whose spreads go up to ``ratio``."""
    table = np.concatenate([rng.normal(size=(60, 4)) @ rng.normal(size=(4, 4)) + 4 * rng.normal(size=4) for _ in "abc"])
    return Search.over(
        table / table.std(axis=0) * ratio ** np.linspace(0, 1, 4), tuple("abcd"), FitSettings(3, name), None
    )


@every_such_family
def test_as_far_apart_as_columns_may_be_the_likelihood_never_falls(name):
    for seed in range(6):
        rng = np.random.default_rng(seed)
        search = searching(name, rng, 0.999 * MOST_APART)
        parameters, levels = search.one_seeded(Seeds("k-means++", 3, search.floor), rng), []
        for _ in range(30):
            moments = search.rows.expect(parameters)
            levels.append(moments.log_likelihood)
            parameters = search.maximise(moments, parameters.means, parameters.covariances)
        assert np.diff(levels).min() > -FALL * 180


@every_such_family
def test_columns_further_apart_are_refused_with_what_to_do(name, rng):
    with pytest.raises(DataError, match="Standardise the columns"):
        searching(name, rng, 1.001 * MOST_APART)
