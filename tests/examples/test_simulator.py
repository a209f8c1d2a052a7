"""The simulator's sample: its truth, its seed, its refusals."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import SettingsError
from gmm_core.examples import make_simulator_sample

FIRST_VALUES = [0.205, -1.121, 6.169, -1.879]
SUM_OF_VALUES = 473.732


def test_the_sample_has_200_values_of_two_origins():
    sample = make_simulator_sample()
    assert list(sample.columns) == ["value", "origin"]
    assert len(sample) == 200
    assert set(sample["origin"]) == {"first", "second"}


def test_the_default_sample_stays_what_it_is():
    sample = make_simulator_sample()
    assert sample["value"].head(4).tolist() == FIRST_VALUES
    assert sample["value"].sum() == pytest.approx(SUM_OF_VALUES, abs=1e-6)


def test_the_seed_decides_the_sample():
    pd.testing.assert_frame_equal(make_simulator_sample(seed=5), make_simulator_sample(seed=5))
    assert not make_simulator_sample(seed=5).equals(make_simulator_sample(seed=6))


def test_a_large_sample_comes_near_the_truth():
    sample = make_simulator_sample(100_000, seed=11)
    by_origin = sample.groupby("origin")["value"]
    np.testing.assert_allclose(by_origin.mean(), [0, 4], atol=0.03)
    np.testing.assert_allclose(by_origin.std(), [1, 1.5], atol=0.03)
    np.testing.assert_allclose(by_origin.size() / len(sample), [0.4, 0.6], atol=0.01)


def test_another_truth_can_be_asked_for():
    sample = make_simulator_sample(3000, seed=1, means=(0, 50, 100), spreads=(1, 1, 2), weights=(0.2, 0.3, 0.5))
    means = sample.groupby("origin")["value"].mean()
    np.testing.assert_allclose(means[["first", "second", "third"]], [0, 50, 100], atol=0.5)


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        ({"n": 0}, "0 rows is too small"),
        ({"means": (0, 1, 2)}, "3 means, 2 spreads and 2 weights"),
        ({"means": (), "spreads": (), "weights": ()}, "0 means"),
        ({"spreads": (1, 0)}, "spread must be above 0"),
        ({"weights": (0.5, 0.6)}, "add up to 1"),
        ({"weights": (-0.5, 1.5)}, "0 or more"),
    ],
)
def test_parameters_that_describe_no_mixture_are_refused(truth, sentence):
    with pytest.raises(SettingsError, match=sentence):
        make_simulator_sample(**truth)
