"""How often chance offers a tight group, against simulation and known distributions."""

from itertools import combinations
from math import exp, inf, log

import numpy as np
import pytest

from gmm_core.model.chance import log_as_far, log_as_tight, log_expected_groups


@pytest.mark.parametrize("degrees", [(1,), (4,), (4, 3), (9, 8, 7), (5, 5)])
def test_the_chance_of_a_small_determinant_is_bounded_from_above_to_a_factor_of_twenty(degrees, rng):
    drawn = np.log(rng.chisquare(degrees, size=(200_000, len(degrees)))).sum(axis=1)
    for share in (0.1, 0.01, 0.001):
        bound = log_as_tight(float(np.quantile(drawn, share)), degrees)
        assert log(share) < bound < log(share) + 3.0


def test_no_degrees_of_freedom_say_nothing_and_no_spread_at_all_is_no_chance():
    assert log_as_tight(-50.0, (1, 0)) == 0.0
    assert log_as_tight(-inf, (3, 2)) == -inf


@pytest.mark.parametrize("n_features", [1, 2, 5])
def test_the_chance_of_lying_far_out_is_that_of_a_chi_square_or_more(n_features, rng):
    drawn = rng.chisquare(n_features, size=200_000)
    for share in (0.05, 0.001):
        far = float(np.quantile(drawn, 1 - share))
        assert log(share) < log_as_far(far, n_features, 10_000) < log(share) + 3.5
    assert log_as_far(30.0, n_features, 10) > log_as_far(30.0, n_features, 1000)


def test_the_expected_number_of_tight_sets_is_near_the_count_in_noise(rng):
    tight, n_rows = 0.02, 40
    found = [
        sum(((x - x.mean()) ** 2).sum() < tight for x in map(np.array, combinations(sample, 3)))
        for sample in rng.normal(size=(6, n_rows))
    ]
    bound = exp(log_expected_groups(n_rows, 3, (2,), log(tight), 0.0))
    assert np.mean(found) < bound < 20 * np.mean(found)
