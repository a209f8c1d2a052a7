"""Parts that are right alone, together: noise, weights, what is held, warm starts, labels, long tables."""

import numpy as np
import pytest

from gmm_core.errors import DataError, NoSoundSolutionError
from gmm_core.model.estimator import GaussianMixture


@pytest.fixture
def groups(rng):
    return np.concatenate([rng.normal(0, 1, (60, 2)), rng.normal(6, 1.5, (60, 2))])


@pytest.fixture
def noisy(groups, rng):
    return np.concatenate([groups, rng.uniform(-20, 30, (15, 2))])


def test_chance_rows_in_an_even_spread_are_no_group_beside_the_noise():
    spread = np.random.default_rng(0).uniform(0, 1, (60, 2))
    with pytest.raises(NoSoundSolutionError, match="by chance"):
        GaussianMixture(1, noise=True, random_state=0).fit(spread)


@pytest.mark.parametrize("on", [True, np.True_])
def test_noise_that_is_switched_on_takes_the_region_of_the_data(groups, on):
    model = GaussianMixture(2, noise=on, random_state=0).fit(groups)
    assert model.noise_volume_ > 10
    assert model.noise_weight_ < 0.2


def test_noise_of_a_density_that_takes_every_row_leaves_no_group_and_no_warning(noisy):
    with pytest.raises(NoSoundSolutionError):
        GaussianMixture(2, noise=1.0, n_init=2, random_state=0).fit(noisy)
    with pytest.raises(NoSoundSolutionError, match="Do without noise"):
        GaussianMixture(1, noise=0.5, n_init=1, random_state=0).fit(noisy)


def test_a_warm_start_keeps_the_share_of_the_noise(noisy):
    model = GaussianMixture(2, noise=True, warm_start=True, max_iter=1, tol=0, n_init=2, random_state=0)
    levels = [model.fit(noisy).log_likelihood_ for _ in range(4)]
    assert np.diff(levels).min() > -1e-9


def test_a_warm_start_takes_new_values_of_what_is_fixed(groups):
    model = GaussianMixture(2, fixed="means", means_init=[[0, 0], [6, 6.0]], warm_start=True, random_state=0).fit(
        groups
    )
    model.set_params(means_init=[[1, 1], [5, 5.0]]).fit(groups)
    np.testing.assert_allclose(model.means_, [[1, 1], [5, 5]])


def test_the_sample_of_a_long_table_sees_its_heavy_rows():
    rng = np.random.default_rng(0)
    X, weights = rng.normal(0, 1, (40_001, 2)), np.ones(40_001)
    X[:5] = rng.normal(0, 0.5, (5, 2)) + 8
    weights[:5] = 8_000
    model = GaussianMixture(2, n_init=2, random_state=0).fit(X, sample_weight=weights)
    np.testing.assert_allclose(model.weights_, 0.5, atol=1e-3)


def test_equal_shares_do_not_hide_a_saddle(groups):
    model = GaussianMixture(2, equal_weights=True, responsibilities_init=np.full((120, 2), 0.5)).fit(groups)
    assert not model.starts_[0].sound


def test_a_gap_elsewhere_hides_no_row_that_is_out_of_reach(groups):
    groups[::9, 0] = np.nan
    model = GaussianMixture(2, missing_values="em", n_init=2, random_state=0).fit(groups * 1e-90)
    with pytest.raises(DataError, match="Row 1, column 1"):
        model.score_samples(np.array([[1e99, 0.0], [np.nan, 1e-90]]))
