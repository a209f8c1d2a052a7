"""The scaled space."""

import numpy as np
import pytest

from gmm_core.errors import DataError
from gmm_core.model.scaling import scaling_for


@pytest.mark.parametrize("unit", [1e-90, 1e-9, 1.0, 1e9, 1e90])
def test_in_the_scaled_space_every_column_has_mean_zero_and_spread_one_whatever_its_unit(unit, rng):
    X = rng.normal(size=(50, 3)) * [unit, 1.0, 3.0] + [5 * unit, -2.0, 1e6]
    z = scaling_for(X, per_column=True).to_z(X)
    np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(z.std(axis=0), 1, rtol=1e-12)


def test_for_families_that_need_common_units_all_columns_share_the_root_mean_square_spread(rng):
    X = rng.normal(size=(50, 2)) * [1.0, 7.0]
    scaling = scaling_for(X, per_column=False)
    expected = np.sqrt((X.std(axis=0) ** 2).mean())
    np.testing.assert_allclose(scaling.scale, [expected, expected], rtol=1e-12)


def test_a_spread_on_a_huge_offset_keeps_its_digits():
    X = 1e9 + np.array([[0.0], [0.25], [0.5], [1.0]])
    assert scaling_for(X, per_column=True).scale[0] == pytest.approx(np.std([0, 0.25, 0.5, 1.0]), rel=1e-6)


def test_a_column_without_a_name_is_counted_from_one(rng):
    with pytest.raises(DataError, match="column 2: its values differ by too little"):
        scaling_for(np.column_stack([rng.normal(size=5), 1e17 + 16 * np.arange(5)]), per_column=True)
