"""What a person asks of the M step: a prior, shares and means that are held, noise; in any unit and every family."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_core.errors import NoSoundSolutionError, SettingsError
from gmm_core.examples import load_example
from gmm_core.model import scouting
from gmm_core.model.em.priors import Prior
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart
from tests.model import family_oracle, oracle
from tests.model.reference_data import CUSTOMERS, faithful

every_family = pytest.mark.parametrize("family", FAMILIES)


def two_groups_and_odd_rows(rng, n_odd):
    """150 rows about (0, 0), 150 about (6, 0), and odd rows far and wide."""
    first, second = rng.normal(size=(150, 2)), rng.normal(size=(150, 2)) * [0.5, 1.5] + [6.0, 0.0]
    return np.concatenate([first, second, rng.uniform([-15.0, -15.0], [20.0, 15.0], size=(n_odd, 2))])


def trace_of(X, chosen, start=None):
    """What a single start saw, whether or not its end is sound."""
    seen = []
    with suppress(NoSoundSolutionError):
        fit_mixture(X, chosen, start, lambda progress: seen.append(progress.log_likelihood) or True, suggest=False)
    return np.array(seen)


ASKED = {
    "prior": {"prior": Prior()},
    "equal weights": {"equal_weights": True},
    "fixed weights": {"fixed": ("weights",)},
    "fixed means": {"fixed": ("means",)},
    "noise": {"noise": True},
    "all": {"prior": Prior(), "fixed": ("weights", "means"), "noise": True},
}
everything_asked = pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)


@everything_asked
@every_family
@settings(max_examples=2)
@given(seed=st.integers(0, 2**32 - 1))
def test_what_em_climbs_never_falls(family, asked, seed):
    rng = np.random.default_rng(seed)
    X = two_groups_and_odd_rows(rng, 20)[::4]
    start = UserStart(np.array([0.7, 0.3]), np.array([[0.0, 0.5], [5.0, 1.0]]))
    trace = trace_of(X, FitSettings(2, family, n_init=1, max_iter=40, tol=0.0, **asked), start)
    assert len(trace) in (40, 80)  # an end with both groups in one place is pushed on, in a second run
    assert np.diff(trace[:40]).min() > -1e-10 * len(X)


@everything_asked
@every_family
@settings(max_examples=2)
@given(seed=st.integers(0, 2**32 - 1), powers=st.lists(st.floats(-9, 9), min_size=2, max_size=2))
def test_units_play_no_part(family, asked, seed, powers):
    X = two_groups_and_odd_rows(np.random.default_rng(seed), 20)[::4]
    scale = 10.0 ** np.array(powers if FAMILIES[family].any_units else powers[:1] * 2)
    weights, means = np.array([0.7, 0.3]), np.array([[0.0, 0.5], [5.0, 1.0]])
    chosen = FitSettings(2, family, n_init=1, max_iter=15, tol=0.0, **asked)
    try:
        plain = fit_mixture(X, chosen, UserStart(weights, means), suggest=False)
    except NoSoundSolutionError:
        return
    moved = fit_mixture(scale * X, chosen, UserStart(weights, scale * means), suggest=False)
    np.testing.assert_allclose(moved.trace, plain.trace - len(X) * np.log(scale).sum(), rtol=1e-7, atol=1e-6)
    np.testing.assert_allclose(moved.mixture.memberships(scale * X), plain.mixture.memberships(X), atol=1e-5)
    np.testing.assert_allclose(moved.mixture.means / scale, plain.mixture.means, atol=1e-5)


# -- prior -------------------------------------------------------------------------------------------------------------


@every_family
def test_six_customers_can_be_fitted_with_a_prior(family):
    model = GaussianMixture(2, covariance_type=family, prior="default", n_init=3, random_state=0).fit(CUSTOMERS)
    np.testing.assert_allclose(model.means_, [[30, 10], [150, 2]], atol=1.0)
    np.testing.assert_allclose(model.weights_, 0.5, atol=1e-6)
    values = np.linalg.eigvalsh(model.mixture_.covariances / np.multiply.outer(CUSTOMERS.std(0), CUSTOMERS.std(0)))
    assert values.min() > 1e-3
    assert values[:, 0].max() < 1.0


def test_small_groups_of_galaxies_do_not_collapse_under_a_prior():
    galaxies = load_example("galaxies").to_numpy()
    model = GaussianMixture(6, prior="default", random_state=0, n_init=3).fit(galaxies)
    assert model.converged_
    assert np.sqrt(model.covariances_.min()) > 0.2
    assert model.weights_.min() * len(galaxies) > 1.5


def test_criteria_use_the_log_likelihood_without_the_prior():
    X, chosen = faithful(), FitSettings(2, "full", prior=Prior())
    fit = fit_mixture(X, chosen)
    mixture = fit.mixture
    plain = oracle.log_likelihood(X, mixture.weights, mixture.means, mixture.covariances)
    assert fit.log_likelihood == pytest.approx(plain, rel=1e-11)
    assert fit.evidence.log_likelihood == fit.log_likelihood
    assert fit.trace[-1] == pytest.approx(plain + fit.log_prior, rel=1e-11)
    model = GaussianMixture(2, prior=Prior(), random_state=0).fit(X)
    assert model.log_likelihood_ == pytest.approx(plain, rel=1e-11)
    assert model.bic(X) == pytest.approx(-2 * plain + 11 * np.log(272), rel=1e-11)


def test_many_rows_outweigh_the_prior():
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(size=(20_000, 2)), rng.normal(size=(20_000, 2)) + 8.0])
    plain, believed = (GaussianMixture(2, n_init=1, random_state=0, prior=prior).fit(X) for prior in (None, "default"))
    np.testing.assert_allclose(believed.means_, plain.means_, atol=1e-3)
    np.testing.assert_allclose(believed.covariances_, plain.covariances_, atol=5e-3)


@pytest.mark.parametrize("prior", ["fraley", 0.01, Prior(shrinkage=-1)])
def test_a_prior_that_is_none_is_named(prior):
    with pytest.raises(SettingsError, match="prior"):
        GaussianMixture(2, prior=prior).fit(CUSTOMERS)


# -- held --------------------------------------------------------------------------------------------------------------


@every_family
def test_weights_asked_to_be_equal_are_and_are_no_free_parameters(family):
    X = two_groups_and_odd_rows(np.random.default_rng(0), 0)[50:]
    free, equal = (
        GaussianMixture(2, covariance_type=family, equal_weights=e, random_state=0, n_init=1, max_iter=20).fit(X)
        for e in (False, True)
    )
    np.testing.assert_allclose(equal.weights_, 0.5, rtol=1e-15)
    assert equal.n_parameters_ == free.n_parameters_ - 1
    assert equal.bic(X) == pytest.approx(-2 * equal.log_likelihood_ + equal.n_parameters_ * np.log(len(X)))


@every_family
def test_what_is_fixed_keeps_its_values_and_its_order(family):
    X = two_groups_and_odd_rows(np.random.default_rng(0), 0)
    weights, means = np.array([0.7, 0.3]), np.array([[6.5, 0.2], [0.2, -0.3]])
    model = GaussianMixture(
        2, covariance_type=family, weights_init=weights, means_init=means, fixed=("weights", "means")
    ).fit(X)
    np.testing.assert_allclose(model.weights_, weights, rtol=1e-15)
    np.testing.assert_allclose(model.means_, means, rtol=1e-12)
    assert model.n_parameters_ == FAMILIES[family].n_covariance_parameters(2, 2)
    assert model.predict([[6.0, 0.0], [0.0, 0.0]]).tolist() == [0, 1]


@pytest.mark.parametrize("family", ["full", "tied", "diag", "spherical"])
def test_an_m_step_about_fixed_means_is_that_of_the_textbook(family):
    X = two_groups_and_odd_rows(np.random.default_rng(0), 0)[::10]
    means, resp = np.array([[5.0, 1.0], [1.0, -1.0]]), np.random.default_rng(1).dirichlet([1, 1], size=30)
    model = GaussianMixture(
        2, covariance_type=family, means_init=means, responsibilities_init=resp, fixed="means", max_iter=2, tol=0
    ).fit(X)
    code = FAMILIES[family].code
    weights, _, current = oracle.m_step(X, resp, code)
    for _ in range(2):
        resp = oracle.memberships(X, weights, means, current)
        counts, _, scatter = oracle.moments(X, resp, means)
        weights, current = counts / len(X), family_oracle.M_STEPS[code](scatter, counts)
    np.testing.assert_allclose(model.weights_, weights, rtol=1e-9)
    np.testing.assert_allclose(model.mixture_.covariances, current, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"fixed": ("means",)}, "means_init"),
        ({"fixed": ("weights",)}, "weights_init"),
        ({"fixed": ("shapes",)}, "fixed is"),
        ({"fixed": ("weights",), "equal_weights": True}, "fixed is"),
        ({"noise": -1.0}, "noise is"),
        ({"noise": "a lot"}, "noise is"),
    ],
)
def test_what_cannot_be_held_is_said(changed, words):
    with pytest.raises(SettingsError, match=words):
        GaussianMixture(2, **changed).fit(CUSTOMERS)


# -- noise -------------------------------------------------------------------------------------------------------------

TRUTH = [[0.0, 0.0], [6.0, 0.0]]


@every_family
def test_odd_rows_do_not_bend_the_groups(family):
    n_odd = 30
    X = two_groups_and_odd_rows(np.random.default_rng(n_odd), n_odd)
    plain, noisy = (
        GaussianMixture(2, covariance_type=family, noise=n, random_state=0, n_init=2, tol=1e-6).fit(X)
        for n in (False, True)
    )
    np.testing.assert_allclose(noisy.means_, TRUTH, atol=0.3)
    assert noisy.noise_weight_ == pytest.approx(n_odd / len(X), abs=0.03)
    assert (noisy.predict(X)[300:] == -1).mean() > 0.7
    assert (noisy.predict(X)[:300] == -1).mean() < 0.03
    assert noisy.bic(X) < plain.bic(X)


def test_the_same_odd_rows_do_bend_groups_without_noise():
    X = two_groups_and_odd_rows(np.random.default_rng(30), 30)
    assert np.abs(GaussianMixture(2, random_state=0).fit(X).means_ - TRUTH).max() > 1.0


@every_family
def test_without_odd_rows_the_noise_has_little_weight_and_the_groups_stay(family):
    rng = np.random.default_rng(1)
    X = np.concatenate([rng.normal(size=(600, 2)), rng.normal(size=(600, 2)) + 9.0])
    plain, noisy = (
        GaussianMixture(2, covariance_type=family, noise=n, random_state=0, n_init=1, tol=1e-7).fit(X)
        for n in (False, True)
    )
    assert noisy.noise_weight_ < 0.01
    np.testing.assert_allclose(noisy.means_, plain.means_, atol=0.02)
    np.testing.assert_allclose(noisy.mixture_.covariances, plain.mixture_.covariances, atol=0.05)


def test_a_given_volume_is_taken_in_the_units_of_the_table():
    X = two_groups_and_odd_rows(np.random.default_rng(0), 20)
    volume = 2000.0 * 1e-3 * 1e5
    model = GaussianMixture(2, noise=volume, random_state=0).fit(X * [1e-3, 1e5])
    assert model.noise_volume_ == pytest.approx(volume)
    far = model.mixture_.noise.log_density
    assert model.score_samples([[1e3, -1e12]]) == pytest.approx(far)
    assert far == pytest.approx(np.log(model.noise_weight_ / volume))


@every_family
def test_a_volume_so_small_that_noise_takes_every_row_is_said(family):
    X = two_groups_and_odd_rows(np.random.default_rng(0), 20)
    with pytest.raises(NoSoundSolutionError, match="lost all its rows"):
        fit_mixture(X, FitSettings(2, family, noise=1e-6), suggest=False, rescue=False)


def test_noise_is_its_own_label_column_and_two_parameters():
    X = two_groups_and_odd_rows(np.random.default_rng(0), 20)
    model = GaussianMixture(2, noise=True, random_state=0).fit(X)
    resp = model.predict_proba(X)
    assert resp.shape == (320, 3)
    np.testing.assert_allclose(resp.sum(axis=1), 1.0, rtol=1e-14)
    np.testing.assert_array_equal(model.predict(X), np.where(resp.argmax(axis=1) == 2, -1, resp.argmax(axis=1)))
    assert model.weights_.sum() + model.noise_weight_ == pytest.approx(1.0, rel=1e-14)
    assert model.n_parameters_ == 11 + 2
    assert model.score(X) == pytest.approx(model.lower_bound_, rel=1e-10)
    assert model.predict([[1e6, 1e6]]).tolist() == [-1]
    rows, labels = model.sample(2000)
    assert (labels == -1).mean() == pytest.approx(model.noise_weight_, abs=0.02)
    assert np.isfinite(rows).all()


def test_equal_shares_beside_noise_share_what_it_leaves():
    X = two_groups_and_odd_rows(np.random.default_rng(0), 30)
    model = GaussianMixture(2, noise=True, equal_weights=True, random_state=0).fit(X)
    np.testing.assert_allclose(model.weights_, (1 - model.noise_weight_) / 2, rtol=1e-12)
    assert model.n_parameters_ == 11 + 2 - 1


def test_a_warm_start_goes_on_with_noise():
    X = two_groups_and_odd_rows(np.random.default_rng(0), 30)
    model = GaussianMixture(2, noise=True, random_state=0, warm_start=True).fit(X)
    first = model.log_likelihood_
    assert model.fit(X).log_likelihood_ == pytest.approx(first, rel=1e-9)


def test_starts_tried_on_a_sample_of_the_rows_know_the_noise(monkeypatch):
    X = two_groups_and_odd_rows(np.random.default_rng(0), 30)
    everything = GaussianMixture(2, noise=True, random_state=0).fit(X)
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    sampled = GaussianMixture(2, noise=True, random_state=0).fit(X)
    assert {start.n_rows for start in sampled.starts_} == {100}
    assert sampled.noise_volume_ == everything.noise_volume_
    assert sampled.log_likelihood_ == pytest.approx(everything.log_likelihood_, rel=1e-7)
