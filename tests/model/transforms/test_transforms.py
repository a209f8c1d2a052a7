"""What holds for every transform, and what is known of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, yeojohnson, yeojohnson_normmax

from gmm_core.model.checking import LARGEST
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import TRANSFORMS, UNCHANGED
from gmm_core.model.transforms.carrying import centres, forward, intervals, inverse, log_slopes, spreads
from gmm_core.model.transforms.rank_normal import MOST_KNOTS, RankNormal
from gmm_core.model.transforms.simple import Log, SquareRoot, Unchanged
from gmm_core.model.transforms.yeo_johnson import YeoJohnson

POSITIVE = st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=30, unique=True).map(np.array)
ANY = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=2, max_size=30, unique=True).map(np.array)

every = pytest.mark.parametrize("kind", TRANSFORMS.values(), ids=list(TRANSFORMS))


@every
def test_names_are_keys_and_there_are_words_for_the_screen(kind):
    assert TRANSFORMS[kind.name] is kind
    assert kind.words
    assert kind.centre
    assert kind().is_sound


@every
@given(x=POSITIVE)
def test_a_value_comes_back_as_it_was(kind, x):
    transform = kind.fit(x)
    np.testing.assert_allclose(transform.inverse(transform.forward(x)), x, rtol=1e-6)
    assert transform.is_sound


@pytest.mark.parametrize("kind", [YeoJohnson, RankNormal, Unchanged])
@given(x=ANY)
def test_values_of_any_sign_come_back_as_they_were(kind, x):
    transform = kind.fit(x)
    np.testing.assert_allclose(transform.inverse(transform.forward(x)), x, rtol=1e-6, atol=1e-9 * np.ptp(x))


@every
def test_the_slope_is_that_of_small_steps(kind, rng):
    transform = kind.fit(rng.gamma(2.0, size=300))
    x = np.linspace(0.05, 6.0, 157)
    steps = (transform.forward(x + 1e-7) - transform.forward(x - 1e-7)) / 2e-7
    np.testing.assert_allclose(np.exp(transform.log_derivative(x)), steps, rtol=1e-5)


@every
def test_every_transform_rises(kind, rng):
    transform = kind.fit(rng.gamma(2.0, size=300))
    assert (np.diff(transform.forward(np.linspace(0.01, 30.0, 500))) > 0).all()


@every
def test_gaps_stay_gaps(kind):
    x = np.array([1.0, np.nan, 4.0, 9.0])
    transform = kind.fit(x)
    for carried in (transform.forward(x), transform.inverse(transform.forward(x)), transform.log_derivative(x + 0.0)):
        assert np.isfinite(carried[~np.isnan(x)]).all()
    assert np.isnan(transform.forward(x)).tolist() == np.isnan(x).tolist()


@every
def test_what_lies_beyond_every_value_is_brought_to_a_finite_one(kind, rng):
    carried = kind.fit(rng.lognormal(size=300)).inverse(np.array([-1e80, -1e3, 1e3, 1e80]))
    assert (np.abs(carried) <= LARGEST * 1.000001).all()
    assert (np.diff(carried) >= 0).all()


@pytest.mark.parametrize("draw", ["normal", "lognormal", "exponential", "laplace"])
@pytest.mark.parametrize("unit", [0.1, 1.0, 30.0])
def test_yeo_johnsons_power_is_that_of_scipy(draw, unit, rng):
    x = unit * getattr(rng, draw)(size=400)
    found = YeoJohnson.fit(x)
    assert found.power == pytest.approx(yeojohnson_normmax(x), abs=1e-4)
    np.testing.assert_allclose(found.forward(x), yeojohnson(x, found.power), rtol=1e-10)


def test_a_power_is_found_for_values_far_from_zero_and_for_huge_ones(rng):
    for x in (1e6 + rng.normal(size=100), 1e99 * rng.normal(size=100), 1e-99 * rng.normal(size=100)):
        assert YeoJohnson.fit(x).is_sound
        assert np.isfinite(YeoJohnson.fit(x).forward(x)).all()


def test_ranks_become_normal_scores(rng):
    x = rng.exponential(size=50)
    scores = norm.ppf((np.argsort(np.argsort(x)) + 0.5) / 50)
    np.testing.assert_allclose(RankNormal.fit(x).forward(x), scores, atol=1e-12)
    many = RankNormal.fit(rng.exponential(size=20_000))
    assert len(many.values) == len(many.scores) == many.n_parameters <= MOST_KNOTS
    z = many.forward(rng.exponential(size=20_000))
    assert [z.mean(), z.std()] == pytest.approx([0, 1], abs=0.03)


def test_equal_values_share_the_mean_of_their_scores():
    x = np.array([0.0] * 60 + list(range(1, 41)))
    assert RankNormal.fit(x).forward(np.zeros(1)) == pytest.approx(norm.ppf(0.3))


def test_the_square_root_of_counts_with_zeros_is_anscombes():
    counts = np.array([0.0, 1.0, 2.0, 5.0])
    np.testing.assert_allclose(SquareRoot.fit(counts).forward(counts), np.sqrt(counts + 3 / 8))
    np.testing.assert_allclose(SquareRoot.fit(counts[1:]).forward(counts[1:]), np.sqrt(counts[1:]))


@pytest.fixture
def skewed() -> Mixture:
    covariances = np.array([[[0.2, 0.1], [0.1, 0.4]], [[0.5, 0.0], [0.0, 0.1]]])
    return Mixture(np.array([0.6, 0.4]), np.array([[1.0, 2.0], [3.0, 4.0]]), covariances, "full")


def test_centres_and_intervals_are_quantiles_of_the_groups_in_their_own_units(skewed, rng):
    transforms = (Log(), YeoJohnson(0.5))
    low, high = intervals(skewed, transforms, 0.9)
    for k in range(2):
        drawn = inverse(rng.multivariate_normal(skewed.means[k], skewed.covariances[k], 40_000), transforms)
        found = [low[k], centres(skewed, transforms)[k], high[k]]
        np.testing.assert_allclose(found, np.quantile(drawn, [0.05, 0.5, 0.95], axis=0), rtol=0.03)


def test_the_density_in_own_units_sums_to_one(skewed):
    transforms = (Log(), YeoJohnson(0.5))
    edges = [np.linspace(0.001, 200, 2_001), np.linspace(-2, 40, 301)]
    middles = [(each[1:] + each[:-1]) / 2 for each in edges]
    x = np.stack(np.meshgrid(*middles, indexing="ij"), axis=-1).reshape(-1, 2)
    density = np.exp(skewed.log_density(forward(x, transforms)) + log_slopes(x, transforms))
    assert density.sum() * np.diff(edges[0])[0] * np.diff(edges[1])[0] == pytest.approx(1.0, abs=0.005)


def test_a_value_without_a_logarithm_is_a_gap():
    assert np.isnan(forward(np.array([[-1.0], [0.0], [1.0]]), [Log()])).ravel().tolist() == [True, True, False]


def test_spreads_over_all_rows_are_those_of_the_mixture_and_carried_for_a_transformed_column(skewed, rng):
    drawn, _ = skewed.sample(200_000, rng)
    assert spreads(skewed, (UNCHANGED, UNCHANGED)) == pytest.approx(drawn.std(axis=0), rel=0.01)
    mean, sd = drawn[:, 1].mean(), drawn[:, 1].std()
    assert spreads(skewed, (UNCHANGED, Log()))[1] == pytest.approx(np.exp(mean) * np.sinh(sd), rel=0.01)
