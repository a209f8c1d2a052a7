"""One column beside its mixture."""

import numpy as np
import pytest
from scipy import stats

from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.one_column import MOST_PLACES, handovers_frame, ranks_frame, shares_frame


@pytest.fixture
def pair():
    """Two equal groups about 0 and 4."""
    return Mixture(np.array([0.5, 0.5]), np.array([[0.0], [4.0]]), np.ones((2, 1, 1)), "full")


def test_ranks_are_hazens_and_the_mixture_is_asked_at_the_same_places(pair):
    frame = ranks_frame(np.array([3.0, np.nan, -1.0, 0.5, 4.0]), pair)
    assert frame["x"].tolist() == [-1.0, 0.5, 3.0, 4.0]
    assert frame["share"].tolist() == [0.125, 0.375, 0.625, 0.875]
    below = (stats.norm(0).cdf(frame["expected"]) + stats.norm(4).cdf(frame["expected"])) / 2
    np.testing.assert_allclose(below, frame["share"])


def test_the_mixtures_shares_are_scipys(pair):
    frame = shares_frame(pair, -3.0, 8.0)
    np.testing.assert_allclose(frame["share"], (stats.norm(0).cdf(frame["x"]) + stats.norm(4).cdf(frame["x"])) / 2)


def test_weights_count_as_copies_of_a_row_do(pair):
    twice = ranks_frame(np.array([1.0, 2.0]), pair, weights=np.array([3.0, 1.0]))
    assert twice["share"].tolist() == [0.375, 0.875]


def test_many_rows_are_thinned_with_both_ends_kept_and_lie_where_expected(pair, rng):
    x = pair.sample(20_000, rng)[0][:, 0]
    frame = ranks_frame(x, pair)
    assert len(frame) == MOST_PLACES
    assert (frame["x"].iloc[0], frame["x"].iloc[-1]) == (x.min(), x.max())
    middle = frame.iloc[20:-20]
    np.testing.assert_allclose(middle["x"], middle["expected"], atol=0.25)


def test_a_transformed_column_is_told_in_its_own_units(pair):
    log = Log()
    [row] = handovers_frame(pair, log).to_dict("records")
    assert row == {"x": pytest.approx(np.exp(2.0)), "below": "A", "above": "B"}
    frame = ranks_frame(np.exp([1.0, 2.0, 3.0]), pair, log)
    model = shares_frame(pair, -1.0, 2 * np.exp(2.0), log)  # a logarithm takes nothing below 0
    assert model["x"].min() > 0
    assert np.interp(np.exp(2.0), model["x"], model["share"]) == pytest.approx(0.5, abs=1e-3)
    assert frame["expected"].iloc[1] == pytest.approx(np.exp(2.0))
