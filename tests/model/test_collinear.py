"""Columns that follow exactly from others."""

import numpy as np
import pytest

from gmm_core.errors import CollinearError
from gmm_core.model.choice.comparison import compare_models
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings

TILTED = [name for name, family in FAMILIES.items() if family.tilted]
UPRIGHT = [name for name in FAMILIES if name not in TILTED]


@pytest.fixture(name="X")
def a_column_that_is_the_sum_of_two(rng):
    """Four columns: the third is the sum of the first and the last."""
    a, b, c = rng.normal(size=(3, 80)) * [[1.0], [10.0], [1e-3]] + [[0.0], [5.0], [2.0]]
    return np.column_stack([a, b, a + 3 * c, c])


@pytest.mark.parametrize("family", TILTED)
def test_a_column_that_follows_from_others_is_named_with_them(family, X):
    with pytest.raises(CollinearError, match="column 4 follows exactly from column 1 and column 3") as error:
        fit_mixture(X, FitSettings(2, family))
    assert "Leave out column 4, or choose a family without tilt" in error.value.remedy
    assert error.value.columns == ("column 4", "column 1", "column 3")


@pytest.mark.parametrize("unit", [1e-12, 1.0, 1e12])
def test_a_column_that_is_another_in_other_units_is_named(unit, rng):
    x = rng.normal(size=60) + 1e3
    with pytest.raises(CollinearError, match="column 2 follows exactly from column 1,"):
        fit_mixture(np.column_stack([x, unit * (1.8 * x + 32)]), FitSettings(1))


@pytest.mark.parametrize("family", UPRIGHT)
def test_families_without_tilt_fit_collinear_columns(family, X):
    assert fit_mixture(X, FitSettings(2, family)).solutions[0].sound


def test_a_ridge_fits_them_too(X):
    assert fit_mixture(X, FitSettings(1, reg_covar=1e-6)).solutions[0].sound


def test_in_a_grid_they_are_the_reason_of_the_cells_concerned(X):
    cells = compare_models(X, [1]).cells
    assert {cell.covariance_type for cell in cells if cell.sound} == set(UPRIGHT)
    assert all("follows exactly" in cell.reason for cell in cells if not cell.sound)


@pytest.mark.parametrize("n_components", [1, 2])
@pytest.mark.parametrize("family", TILTED)
def test_nearly_collinear_columns_are_fitted(family, n_components, rng):
    x = rng.normal(size=400) + 4.0 * (np.arange(400) % 2)
    X = np.column_stack([x, x + np.sqrt(2e-9) * x.std() * rng.normal(size=400)])
    assert np.corrcoef(X.T)[0, 1] > 1 - 2e-9
    assert fit_mixture(X, FitSettings(n_components, family)).solutions[0].sound
