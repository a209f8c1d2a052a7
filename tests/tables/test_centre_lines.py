"""Centres on one scale."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.centre_lines import lines_frame

ONES = ((0,), (1,), (2,))


def test_each_column_is_in_spreads_of_all_rows_from_their_mean(plane, rng):
    x, _ = plane.sample(100_000, rng)
    frame = lines_frame(plane, ONES, tuple("ABC"), ["x", "y"], np.stack([plane.means - 1, plane.means + 2]))
    assert frame["column"].tolist() == ["x"] * 3 + ["y"] * 3
    assert frame["component"].tolist() == [*"ABC", *"ABC"]
    at = frame["column"].eq("y").to_numpy().astype(int)
    mean, spread = x.mean(axis=0)[at], x.std(axis=0)[at]
    for place, value in (("x", "centre"), ("x_from", "from"), ("x_to", "to"), ("x_low", "low"), ("x_high", "high")):
        assert_allclose(frame[place] * spread + mean, frame[value], atol=0.15)
    assert_allclose(frame["centre"], plane.means.T.ravel())
    assert_allclose(frame["high"] - frame["centre"], 2.0)
    assert_allclose(frame["to"] - frame["centre"], plane.standard_deviations.T.ravel())


def test_a_cluster_has_the_moments_of_its_rows(plane, rng):
    x, labels = plane.sample(100_000, rng)
    unknown = np.full((2, 2, 2), np.inf)
    frame = lines_frame(plane, [(0, 2), (1,)], ["A+C", "B"], ["x", "y"], unknown).set_index(["component", "column"])
    for j, column in enumerate("xy"):
        own = x[labels != 1, j]
        row = frame.loc[("A+C", column)]
        assert row["centre"] == pytest.approx(own.mean(), abs=0.1)
        assert row["to"] - row["centre"] == pytest.approx(own.std(), rel=0.03)
    assert frame[["low", "high", "x_low", "x_high"]].isna().all(axis=None)


def test_a_transformed_column_is_compared_as_transformed_and_told_in_its_own_units(plane):
    ends = np.stack([plane.means, plane.means])
    plain = lines_frame(plane, ONES, tuple("ABC"), ["x", "y"], ends)
    carried = lines_frame(plane, ONES, tuple("ABC"), ["x", "y"], ends, (UNCHANGED, Log()))
    places = ["x", "x_from", "x_to", "x_low", "x_high"]
    assert carried[places].equals(plain[places])
    logged = carried["column"] == "y"
    assert_allclose(np.log(carried.loc[logged, "from"]), plain.loc[logged, "from"])
