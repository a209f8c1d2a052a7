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


@pytest.mark.parametrize("n_below", [1, 5])
def test_a_few_values_below_zero_do_not_decide_the_transform_of_the_others(n_below, rng):
    x = np.append(rng.lognormal(3, 1, 600), [-20.0] * n_below)
    found = suggest_transform(x)
    assert (found.transform, found.n_below_zero) == ("none", n_below)
    assert "below 0, such as" in found.reason
    refunds = rng.lognormal(3, 1, 600) * np.where(np.arange(600) < 18, -1, 1)
    assert suggest_transform(refunds).n_below_zero == 18
    many = suggest_transform(np.append(x, rng.normal(-5, 1, 60)))
    assert (many.transform, many.n_below_zero) == ("yeo-johnson", 0)
    assert suggest_transform(np.append(rng.normal(50, 20, 600), -9.0)).n_below_zero == 0


def test_a_transform_that_makes_a_tail_of_the_short_end_is_not_suggested(rng):
    for days in (np.floor(rng.exponential(20, 2_000)), np.floor(rng.exponential(60, 2_000))):
        found = suggest_transform(days)
        assert found.transform == "sqrt"  # the logarithm would make recent days odd
        assert 0 < found.skew_after < 0.75


def test_zeros_are_told_as_what_no_transform_mends(rng):
    found = suggest_transform(np.where(rng.random(500) < 0.15, 0.0, rng.lognormal(3, 1, 500)))
    assert "zeros stay a spike" in found.reason


def test_one_far_value_is_no_tail(rng):
    found = suggest_transform(np.append(rng.normal(4, 1, 400), -30.0))
    assert found.transform == "none"
    assert "A few values lie far from the rest" in found.reason


def test_a_code_far_from_all_others_does_not_decide_the_transform(rng):
    ages = np.append(rng.integers(18, 80, 300), [999.0] * 4)
    found = suggest_transform(ages)
    assert found.transform == "none"
    assert "999 is left aside" in found.reason


def test_two_far_groups_are_not_taken_for_skewness(rng):
    assert suggest_transform(np.concatenate([rng.normal(0, 1, 200), rng.normal(9, 1, 150)])).transform == "none"


@pytest.mark.parametrize(("lowest", "transform"), [(0.5, "log"), (0.0, "sqrt"), (-0.5, "log1p"), (-2.0, "yeo-johnson")])
def test_the_plainest_transform_takes_every_value(lowest, transform):
    assert plainest(np.array([lowest, 3.0, 9.0, np.nan])) == transform
