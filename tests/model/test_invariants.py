"""What must hold for every registered family, way of starting and criterion, on random tables."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.problems import (
    anything,
    every_family,
    every_seeding,
    few,
    problems,
    scales,
    seeds,
    sound_fit,
)

pytestmark = pytest.mark.usefixtures("without_rescues")


# -- one fit -----------------------------------------------------------------------------------------------------------


@every_family
@few
@given(problem=problems())
def test_responsibilities_are_shares_and_weights_are_their_means(family, problem):
    X, n_components = problem
    mixture = sound_fit(X, n_components, family).mixture
    resp = mixture.memberships(X)
    assert resp.min() >= 0
    assert resp.max() <= 1
    np.testing.assert_allclose(resp.sum(axis=1), 1.0, rtol=1e-14)
    assert mixture.weights.sum() == pytest.approx(1.0, rel=1e-14)
    np.testing.assert_array_equal(resp.argmax(axis=1), mixture.labels(X))


@every_seeding
@every_family
@settings(few, max_examples=2)
@given(problem=problems())
def test_the_log_likelihood_never_falls_from_any_start(family, seeding, problem):
    X, n_components = problem
    fit = sound_fit(X, n_components, family, init_params=seeding)
    assert np.diff(fit.trace).min() > -1e-10 * len(X)


@every_family
@few
@given(problem=problems(), floor=st.floats(-8, -1).map(lambda power: 10.0**power))
def test_the_log_likelihood_never_falls_while_a_component_runs_into_the_floor(family, problem, floor):
    X, n_components = problem
    X = np.concatenate([X, np.repeat(X[:1] + 9.0, 6, axis=0)])
    runs = []

    def watch(progress):
        if progress.iteration == 0:
            runs.append([])
        runs[-1].append(progress.log_likelihood)
        return True

    with suppress(NoSoundSolutionError):
        chosen = FitSettings(n_components, family, n_init=1, max_iter=30, tol=0.0, variance_floor=floor)
        fit_mixture(X, chosen, None, watch, suggest=False)
    assert min(map(len, runs)) == 30
    assert min(np.diff(seen).min() for seen in runs) > -1e-10 * len(X)


@every_family
@few
@given(problem=problems())
def test_components_come_in_the_order_of_their_means(family, problem):
    means = sound_fit(*problem, family).mixture.means
    assert [tuple(m) for m in means] == sorted(tuple(m) for m in means)


@every_family
@few
@given(problem=problems())
def test_an_m_step_makes_the_mixture_mean_the_mean_of_the_data(family, problem):
    X, n_components = problem
    mixture = sound_fit(X, n_components, family).mixture
    np.testing.assert_allclose(mixture.weights @ mixture.means, X.mean(axis=0), atol=1e-12 * np.abs(X).max())


@every_family
@few
@given(problem=problems())
def test_at_convergence_the_rows_mean_squared_distance_from_their_components_is_the_number_of_columns(family, problem):
    X, n_components = problem
    mixture = sound_fit(X, n_components, family, tol=1e-11, max_iter=3000).mixture
    d = X[:, None, :] - mixture.means
    squared = np.einsum("nki,kij,nkj->nk", d, np.linalg.inv(mixture.covariances), d)
    assert (mixture.memberships(X) * squared).sum() / len(X) == pytest.approx(X.shape[1], rel=1e-3)


@every_family
@few
@given(problem=problems())
def test_the_covariances_obey_the_family(family, problem):
    covariances = sound_fit(*problem, family).mixture.covariances
    form = FAMILIES[family].form
    again = form.to_dense(form.from_dense(covariances), *covariances.shape[:2])
    np.testing.assert_allclose(covariances, again, rtol=1e-12)
    np.testing.assert_allclose(covariances, covariances.transpose(0, 2, 1), rtol=1e-12)
    assert np.linalg.eigvalsh(covariances).min() > 0


@every_seeding
@every_family
@settings(few, max_examples=2)
@given(problem=problems(), seed=seeds)
def test_the_same_seed_gives_the_same_bits(family, seeding, problem, seed):
    X, n_components = problem
    first, second = (sound_fit(X, n_components, family, seed=seed, init_params=seeding, max_iter=5) for _ in range(2))
    assert first.trace.tobytes() == second.trace.tobytes()
    assert first.mixture.covariances.tobytes() == second.mixture.covariances.tobytes()


@every_family
@few
@given(problem=problems(), seed=seeds)
def test_the_first_starts_are_the_same_however_many_follow(family, problem, seed):
    X, n_components = problem
    one, three = (sound_fit(X, n_components, family, seed=seed, n_init=n, max_iter=5) for n in (1, 3))
    assume(len(one.starts) == 1)  # else it was not sound, and others were tried in its stead
    assert one.starts == three.starts[:1]


# -- the fitted mixture ------------------------------------------------------------------------------------------------


@every_family
@few
@given(problem=problems())
def test_a_fit_is_never_worse_than_one_group(family, problem):
    X, n_components = problem
    one = sound_fit(X, 1, family).log_likelihood
    best = sound_fit(X, n_components, family, n_init=3, max_iter=500, tol=1e-8)
    assert best.log_likelihood >= one - 1e-4 * len(X)  # the way back to one group may be long and flat


@every_family
@few
@given(problem=problems(), seed=seeds)
def test_samples_follow_the_mixture(family, problem, seed):
    X, n_components = problem
    mixture = sound_fit(X, n_components, family).mixture
    rows, labels = mixture.sample(4000, np.random.default_rng(seed))
    share = np.bincount(labels, minlength=n_components) / 4000
    assert np.abs(share - mixture.weights).max() < 6 * np.sqrt(0.25 / 4000)
    d = mixture.means - mixture.weights @ mixture.means
    total = np.einsum("k,kij->ij", mixture.weights, mixture.covariances) + np.einsum(
        "k,ki,kj->ij", mixture.weights, d, d
    )
    spread = np.sqrt(np.diag(total))
    assert (np.abs(rows.mean(axis=0) - mixture.weights @ mixture.means) < 6 * spread / np.sqrt(4000)).all()
    np.testing.assert_allclose(rows.std(axis=0), spread, rtol=0.15)


@every_family
@few
@given(problem=problems())
def test_a_marginal_of_a_fit_has_the_blocks_of_its_parameters(family, problem):
    X, n_components = problem
    mixture = sound_fit(X, n_components, family).mixture
    for column in range(X.shape[1]):
        marginal = mixture.marginal([column])
        np.testing.assert_array_equal(marginal.means[:, 0], mixture.means[:, column])
        np.testing.assert_array_equal(marginal.covariances[:, 0, 0], mixture.covariances[:, column, column])
        np.testing.assert_array_equal(marginal.weights, mixture.weights)


@anything
@given(problem=problems(), scale=scales)
def test_the_estimators_numbers_are_those_of_the_fit(problem, scale):
    X, n_components = problem
    try:
        model = GaussianMixture(n_components, n_init=1, max_iter=30, random_state=1).fit(X * scale)
    except NoSoundSolutionError:
        assume(False)
    assert model.score(X * scale) == pytest.approx(model.lower_bound_, rel=1e-9, abs=1e-9)
    assert model.predict(X * scale).max() < n_components
