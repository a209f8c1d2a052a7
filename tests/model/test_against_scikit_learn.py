"""The same start and the same number of iterations as scikit-learn: the same numbers in the same shapes."""

import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as Theirs

from gmm_core import GaussianMixture
from gmm_core.model.estimator import GaussianMixture as Ours
from gmm_core.model.layout import LAYOUTS, get_layout
from gmm_core.model.threads import one_blas_thread
from tests.model.drawing import grouped_table
from tests.model.reference_data import eruptions, faithful, iris

every_family = pytest.mark.parametrize("covariance_type", LAYOUTS)

TABLES = {
    "eruptions": (eruptions, [[1.9], [4.4]]),
    "faithful": (faithful, [[2.2, 60.0], [4.0, 70.0], [4.6, 85.0]]),
    "iris": (iris, [[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.2, 1.3], [6.5, 2.9, 5.5, 2.0]]),
}


@pytest.fixture(autouse=True)
def one_thread():
    """BLAS at one thread: on tables as small as these its threads only wait for each other."""
    with one_blas_thread():
        yield


def same_start(X, means, covariance_type, n_iterations):
    """Arguments that tell both to begin alike and to stop after so many iterations."""
    n_components, n_features = np.shape(means)
    spread = np.repeat(np.diag(X.var(axis=0) / 2)[None], n_components, axis=0)
    if covariance_type == "spherical":
        spread = np.repeat(np.eye(n_features)[None] * X.var() / 2, n_components, axis=0)
    return {
        "n_components": n_components,
        "covariance_type": covariance_type,
        "means_init": means,
        "weights_init": np.full(n_components, 1 / n_components),
        "precisions_init": get_layout(covariance_type).precisions(spread),
        "tol": 0,
        "reg_covar": 0,
        "max_iter": n_iterations,
    }


def fit_both(X, start):
    """Our fit and theirs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return Ours(**start, acceleration=None).fit(X), Theirs(**start).fit(X)


@pytest.mark.parametrize("n_iterations", [1, 2, 10, 60])
@pytest.mark.parametrize("table", TABLES)
@every_family
def test_parameters_agree_after_any_number_of_iterations(covariance_type, table, n_iterations):
    load, means = TABLES[table]
    ours, theirs = fit_both(load(), same_start(load(), means, covariance_type, n_iterations))
    for name in ("weights_", "means_", "covariances_", "precisions_", "precisions_cholesky_"):
        a, b = getattr(ours, name), getattr(theirs, name)
        assert a.shape == b.shape, name
        np.testing.assert_allclose(a, b, rtol=1e-8, atol=1e-10 * np.abs(b).max(), err_msg=name)
    assert ours.n_iter_ == theirs.n_iter_ == n_iterations
    assert ours.converged_ is theirs.converged_ is False
    assert ours.n_features_in_ == theirs.n_features_in_


@pytest.mark.parametrize("table", TABLES)
@every_family
def test_densities_memberships_and_criteria_agree(covariance_type, table):
    load, means = TABLES[table]
    ours, theirs = fit_both(load(), same_start(load(), means, covariance_type, 25))
    X = np.concatenate([load(), load()[:20] * 1.7 - 3.0])
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(ours.score_samples(X), theirs.score_samples(X), rtol=1e-9)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    for name in ("score", "bic", "aic"):
        assert getattr(ours, name)(X) == pytest.approx(getattr(theirs, name)(X), rel=1e-10)


@every_family
def test_every_pass_has_their_lower_bound(covariance_type):
    start = same_start(faithful(), TABLES["faithful"][1], covariance_type, 12)
    ours, theirs = fit_both(faithful(), start)
    np.testing.assert_allclose(ours.lower_bounds_[:-1], theirs.lower_bounds_, rtol=1e-11)  # ours go one pass further


@every_family
def test_many_features_agree_too(covariance_type, rng):
    X = grouped_table(rng, 400, 20, 3)
    ours, theirs = fit_both(X, same_start(X, X[:3], covariance_type, 5))
    order = np.argsort(theirs.means_[:, 0])
    np.testing.assert_allclose(ours.means_, theirs.means_[order], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X)[:, order], atol=1e-8)


@every_family
def test_free_parameters_are_counted_alike(covariance_type):
    ours, theirs = fit_both(iris(), same_start(iris(), TABLES["iris"][1], covariance_type, 1))
    assert ours.n_parameters_ == theirs._n_parameters()


@every_family
def test_at_the_optimum_of_several_starts_the_log_likelihoods_agree(covariance_type):
    ours = Ours(3, covariance_type=covariance_type, n_init=5, random_state=0).fit(iris())
    theirs = Theirs(3, covariance_type=covariance_type, n_init=5, random_state=0, tol=1e-9, max_iter=5000, reg_covar=0)
    assert ours.score(iris()) >= theirs.fit(iris()).score(iris()) - 1e-6


def test_a_clone_has_the_same_parameters_and_no_fit():
    model = Ours(2, covariance_type="diag", means_init=[[2.0], [4.0]], random_state=3).fit(eruptions())
    copy = clone(model)
    assert copy is not model
    assert repr(copy) == repr(model)
    assert not hasattr(copy, "means_")


def test_every_constructor_argument_of_theirs_that_has_a_meaning_here_is_one_of_ours():
    theirs = set(Theirs().get_params()) - {"warm_start_interval", "verbose_interval"}
    assert theirs <= set(Ours().get_params())


def test_a_ridge_leads_to_scikit_learns_solution_although_the_likelihood_falls_on_the_way():
    rng = np.random.default_rng(4)
    X = np.vstack([rng.normal(0, 1, (150, 2)), rng.normal(4, 1, (150, 2))])
    start = {"weights_init": [0.5, 0.5], "means_init": [[0.0, 1.0], [3.0, 4.0]], "precisions_init": [np.eye(2)] * 2}
    theirs = Theirs(2, reg_covar=1.0, tol=1e-10, max_iter=2000, **start).fit(X)
    ours = GaussianMixture(2, reg_covar=1.0, tol=1e-12, **start).fit(X)
    order = np.argsort(theirs.means_[:, 0])
    np.testing.assert_allclose(ours.means_, theirs.means_[order], atol=1e-3)
