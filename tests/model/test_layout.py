"""scikit-learn's shapes of covariances and precisions."""

import numpy as np
import pytest

from gmm_core.model.layout import LAYOUTS, get_layout
from tests.model.drawing import spd

SHAPES = {"full": (3, 2, 2), "tied": (2, 2), "diag": (3, 2), "spherical": (3,)}


def covariances_in(name, rng):
    """Three covariance matrices that the layout can show."""
    layout = LAYOUTS[name]
    return np.array(layout.unpack(layout.pack(np.array([spd(rng, 2) for _ in range(3)])), 3, 2))


@pytest.mark.parametrize("name", LAYOUTS)
def test_covariances_precisions_and_their_factors_have_scikit_learns_shapes_and_meaning(name, rng):
    layout, dense = LAYOUTS[name], covariances_in(name, rng)
    precisions, factors = layout.precisions(dense), layout.precisions_cholesky(dense)
    assert layout.pack(dense).shape == precisions.shape == factors.shape == SHAPES[name]
    inverses = np.linalg.inv(dense)
    np.testing.assert_allclose(layout.unpack(precisions, 3, 2), inverses, rtol=1e-12, atol=1e-13)
    upper = np.array(layout.unpack(factors, 3, 2))
    np.testing.assert_allclose(upper @ upper.transpose(0, 2, 1), inverses, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(layout.covariances_of(precisions, 3, 2), dense, rtol=1e-11, atol=1e-13)


def test_mclusts_codes_take_the_full_layout():
    assert {get_layout(code) for code in ("VVV", "EEE", "VVI", "VII")} == {LAYOUTS["full"]}
