"""The median of a column and its interval."""

import numpy as np
import pytest
from scipy import stats

from gmm_core.model.medians import median, median_ends


def test_weights_count_rows_as_often_as_they_say(rng):
    x, weights = np.append(rng.normal(size=50), np.nan), rng.integers(0, 4, 51)
    repeated = np.repeat(x, weights)
    assert median(x, weights.astype(float)) == pytest.approx(np.nanmedian(repeated))
    assert median_ends(x, weights.astype(float)).tolist() == median_ends(repeated).tolist()


@pytest.mark.parametrize("n", [6, 7, 9, 15, 60, 500])
def test_the_interval_is_the_narrowest_that_holds_its_level_whatever_the_distribution(n):
    """The chance that the median lies between two values in order is a binomial's."""
    low, high = median_ends(np.arange(1.0, n + 1))
    held, less = (stats.binom.cdf(high - 1 - i, n, 0.5) - stats.binom.cdf(low - 1 + i, n, 0.5) for i in (0, 1))
    assert low + high == n + 1
    assert held >= 0.95 > less


def test_few_rows_have_no_ends():
    assert median_ends(np.arange(5.0)).tolist() == [-np.inf, np.inf]
    assert median_ends(np.full(3, np.nan)).tolist() == [-np.inf, np.inf]
