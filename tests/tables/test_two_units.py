"""One quantity in two units."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.tables.cautions import cautions
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.two_units import two_units


@pytest.mark.parametrize(("share", "power"), [(0.5, 2), (0.05, 2), (0.9, 3), (0.5, 6)])
def test_parts_a_power_of_ten_apart_are_told(share, power, rng):
    x = rng.normal(1.75, 0.1, 200)
    x[: int(share * 200)] *= 10**power
    found = two_units(x)
    assert found.power == power
    assert found.high / found.low == pytest.approx(10**power, rel=0.1)
    [caution] = cautions(FeatureSpec(("x",)).apply(pd.DataFrame({"x": x})))
    assert f"{10**power:,} times that: two units" in caution.sentence


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.normal(100, 10, 200),
        lambda rng: rng.lognormal(0, 3, 200),
        lambda rng: np.append(rng.normal(1.0, 0.1, 100), rng.normal(40, 4, 100)),  # no power of ten
        lambda rng: np.append(rng.normal(1.0, 0.1, 100), rng.uniform(20, 200, 100)),  # a wide part
        lambda rng: np.append(rng.normal(1.0, 0.1, 100), [100.0] * 2),  # two slips
        lambda rng: np.append(np.zeros(20), rng.normal(100, 10, 100)),
    ],
)
def test_other_columns_are_left_alone(draw, rng):
    assert two_units(draw(rng)) is None
