"""Suggested transforms and their reasons."""

import numpy as np
import pytest

from gmm_core.tables.suggestions import plainest, suggest_transform


@pytest.mark.parametrize(
    ("draw", "transform"),
    [
        (lambda rng: rng.normal(50, 5, 500), "none"),
        (lambda rng: rng.uniform(size=500), "none"),
        (lambda rng: rng.lognormal(2, 1, 500), "log"),
        (lambda rng: 1e9 * rng.lognormal(2, 1, 500), "log"),
        (lambda rng: -rng.lognormal(0, 1, 500), "yeo-johnson"),
        (lambda rng: np.floor(rng.lognormal(2, 1, 500)), "log1p"),
        (lambda rng: rng.standard_t(2, 5_000), "rank-normal"),
        (lambda rng: rng.integers(0, 5, 500) ** 3.0, "none"),
    ],
)
def test_the_plainest_transform_that_straightens_a_column_is_suggested(draw, transform, rng):
    x = draw(rng)
    found = suggest_transform(np.append(x, np.nan))
    assert found.transform == transform
    assert found.reason.endswith(".")
    if transform in ("log", "log1p", "yeo-johnson"):
        assert abs(found.skew_after) < 0.5
        assert abs(found.skew_before) > 1


def test_zeros_are_told_as_what_no_transform_mends(rng):
    found = suggest_transform(np.where(rng.random(500) < 0.15, 0.0, rng.lognormal(3, 1, 500)))
    assert "zeros stay a spike" in found.reason


def test_one_far_value_is_no_tail(rng):
    found = suggest_transform(np.append(rng.normal(4, 1, 400), -30.0))
    assert found.transform == "none"
    assert "A few values lie far from the rest" in found.reason


def test_two_far_groups_are_not_taken_for_skewness(rng):
    assert suggest_transform(np.concatenate([rng.normal(0, 1, 200), rng.normal(9, 1, 150)])).transform == "none"


@pytest.mark.parametrize(("lowest", "transform"), [(0.5, "log"), (0.0, "sqrt"), (-0.5, "log1p"), (-2.0, "yeo-johnson")])
def test_the_plainest_transform_takes_every_value(lowest, transform):
    assert plainest(np.array([lowest, 3.0, 9.0, np.nan])) == transform
