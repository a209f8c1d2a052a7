"""GaussianMixture as people who know scikit-learn expect it."""

import pickle

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import NotFittedError, SettingsError
from gmm_core.model import scouting
from gmm_core.model.em.acceleration import ACCELERATIONS
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.given import seed_of
from tests.model import oracle
from tests.model.reference_data import eruptions, faithful

CONSTRUCTOR = [
    "n_components",
    "covariance_type",
    "tol",
    "reg_covar",
    "max_iter",
    "n_init",
    "init_params",
    "weights_init",
    "means_init",
    "precisions_init",
    "random_state",
    "warm_start",
    "verbose",
    "responsibilities_init",
    "variance_floor",
    "missing_values",
    "acceleration",
]
METHODS = [
    "fit",
    "predict",
    "predict_proba",
    "fit_predict",
    "score",
    "score_samples",
    "bic",
    "aic",
    "icl",
    "impute",
    "sample",
    "get_params",
    "set_params",
]
ATTRIBUTES = [
    "weights_",
    "means_",
    "covariances_",
    "precisions_",
    "precisions_cholesky_",
    "converged_",
    "n_iter_",
    "lower_bound_",
    "lower_bounds_",
    "n_features_in_",
    "n_parameters_",
    "log_likelihood_",
]
RESULTS = ["predict", "predict_proba", "score_samples", "score", "bic", "aic", "icl"]


@pytest.fixture(scope="module")
def model():
    """Two groups of free shape on both columns of Old Faithful."""
    return GaussianMixture(2, random_state=0).fit(faithful())


def test_the_names_that_must_hold_are_there(model):
    assert set(CONSTRUCTOR) <= set(model.get_params())
    assert all(callable(getattr(model, name)) for name in METHODS)
    assert all(hasattr(model, name) for name in ATTRIBUTES)


def test_before_the_fit_there_is_nothing_but_the_parameters():
    model = GaussianMixture(2)
    assert not any(hasattr(model, name) for name in ATTRIBUTES)
    for name in RESULTS:
        with pytest.raises(NotFittedError, match=r"has not been fitted\. Call fit first"):
            getattr(model, name)(faithful())
    with pytest.raises(NotFittedError):
        model.sample(3)


def test_not_fitted_is_also_an_attribute_error_as_scikit_learns_is():
    with pytest.raises(AttributeError):
        GaussianMixture().predict(faithful())


@pytest.mark.parametrize("family", FAMILIES)
def test_attributes_tell_of_the_same_mixture(family):
    model = GaussianMixture(3, covariance_type=FAMILIES[family].code, random_state=0, n_init=2).fit(faithful())
    mixture, X = model.mixture_, faithful()
    plain = (mixture.weights, mixture.means, mixture.covariances)
    assert model.weights_.shape == (3,)
    assert model.means_.shape == (3, 2)
    assert model.covariances_.shape == model.precisions_.shape == model.precisions_cholesky_.shape == (3, 2, 2)
    np.testing.assert_allclose(model.precisions_, np.linalg.inv(mixture.covariances), rtol=1e-9)
    assert model.log_likelihood_ == pytest.approx(oracle.log_likelihood(X, *plain), rel=1e-11)
    assert model.lower_bound_ == model.lower_bounds_[-1] == pytest.approx(model.log_likelihood_ / 272, rel=1e-14)
    assert len(model.lower_bounds_) == model.n_iter_ + 1
    np.testing.assert_allclose(model.predict_proba(X), oracle.memberships(X, *plain), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(model.score_samples(X), oracle.log_densities(X, *plain), rtol=1e-11)


def test_criteria_on_rows_are_their_formulas(model):
    X = faithful()[:100]
    log_likelihood = model.score_samples(X).sum()
    resp = model.predict_proba(X)
    bic = -2 * log_likelihood + 11 * np.log(100)
    assert model.bic(X) == pytest.approx(bic, rel=1e-12)
    assert model.aic(X) == pytest.approx(-2 * log_likelihood + 22, rel=1e-12)
    assert model.icl(X) == pytest.approx(bic + 2 * oracle.entropy(resp), rel=1e-12)
    assert model.score(X) == pytest.approx(log_likelihood / 100, rel=1e-12)


def test_fit_returns_the_model_and_fit_predict_its_labels():
    model = GaussianMixture(2, random_state=0)
    assert model.fit(eruptions()) is model
    labels = GaussianMixture(2, random_state=0).fit_predict(eruptions(), y="ignored")
    np.testing.assert_array_equal(labels, model.predict(eruptions()))


def test_parameters_can_be_read_set_and_are_kept_as_given():
    start = [[2.0], [4.0]]
    model = GaussianMixture(2, means_init=start)
    assert model.get_params()["means_init"] is start
    assert model.set_params(n_components=3, tol=0.1) is model
    assert (model.n_components, model.tol) == (3, 0.1)


def test_an_unknown_parameter_is_refused_with_those_there_are():
    with pytest.raises(SettingsError, match=r"There is no parameter 'k'\. Choose from n_components, covariance_type"):
        GaussianMixture().set_params(k=3)


def test_the_representation_shows_what_was_set():
    assert repr(GaussianMixture()) == "GaussianMixture()"
    model = GaussianMixture(3, covariance_type="diag")
    assert repr(model) == repr(pickle.loads(pickle.dumps(model)))
    assert repr(model) == "GaussianMixture(n_components=3, covariance_type='diag')"


@pytest.mark.parametrize(
    "random_state", [3, np.int64(3), np.random.default_rng(3), np.random.RandomState(3)], ids=lambda r: type(r).__name__
)
def test_every_kind_of_random_state_fits(random_state):
    model = GaussianMixture(2, n_init=1, random_state=random_state).fit(eruptions())
    np.testing.assert_allclose(model.means_[:, 0], [2.0186, 4.2733], atol=1e-3)


def test_generators_give_the_same_seed_once_and_then_the_next():
    first, second = np.random.default_rng(1), np.random.default_rng(1)
    assert seed_of(first) == seed_of(second)
    assert seed_of(first) != seed_of(np.random.default_rng(1))
    assert seed_of(np.random.RandomState(1)) == seed_of(np.random.RandomState(1))
    assert seed_of(None) != seed_of(None)
    assert seed_of(12) == 12


def test_the_same_seed_gives_the_same_model_bit_by_bit():
    first, second = (GaussianMixture(4, random_state=5, n_init=3).fit(faithful()) for _ in range(2))
    assert first.means_.tobytes() == second.means_.tobytes()
    assert first.lower_bounds_ == second.lower_bounds_


def test_a_data_frame_and_a_list_are_fitted_as_their_numbers(model):
    frame = pd.DataFrame(faithful(), columns=["eruptions [min]", "waiting:min"])
    for X in (frame, faithful().tolist(), np.asfortranarray(faithful())):
        other = GaussianMixture(2, random_state=0).fit(X)
        assert other.means_.tobytes() == model.means_.tobytes()
        np.testing.assert_allclose(other.predict_proba(X), model.predict_proba(faithful()), rtol=1e-12)


def test_whole_numbers_are_fitted_as_numbers():
    model = GaussianMixture(2, random_state=0).fit(np.array([[1], [2], [3], [11], [12], [13]]))
    np.testing.assert_allclose(model.means_[:, 0], [2.0, 12.0])


def test_the_data_are_not_changed():
    X = faithful().copy()
    GaussianMixture(2, random_state=0, n_init=1).fit(X).predict(X)
    np.testing.assert_array_equal(X, faithful())


def test_a_warm_start_goes_on_where_the_last_fit_stopped():
    settings = {"random_state": 0, "n_init": 1, "tol": 0, "acceleration": None}
    cold = GaussianMixture(3, max_iter=30, **settings).fit(faithful())
    warm = GaussianMixture(3, max_iter=10, warm_start=True, **settings)
    for _ in range(3):
        warm.fit(faithful())
    assert warm.log_likelihood_ == pytest.approx(cold.log_likelihood_, rel=1e-10)
    assert len(warm.starts_) == 1
    assert warm.lower_bounds_[0] < warm.lower_bounds_[-1]


def test_without_a_warm_start_a_second_fit_begins_anew():
    model = GaussianMixture(3, random_state=0, n_init=1, tol=0, max_iter=10)
    first = model.fit(faithful()).log_likelihood_
    assert model.fit(faithful()).log_likelihood_ == first


def test_verbose_prints_a_line_a_start_or_every_iteration(capsys):
    GaussianMixture(2, random_state=0, n_init=3).fit(eruptions())
    assert capsys.readouterr().out == ""
    model = GaussianMixture(2, random_state=0, n_init=3, verbose=1).fit(eruptions())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["Start 1 of 3", "Start 2 of 3", "Start 3 of 3"]
    model.set_params(verbose=2, n_init=1).fit(eruptions())
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(f"Start 1 of 1, iteration {len(lines) - 1}: log-likelihood ")


def test_verbose_tells_all_rows_from_a_start_and_a_posterior_from_a_likelihood(capsys, monkeypatch):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 100)
    GaussianMixture(2, random_state=0, n_init=1, prior="default", verbose=1).fit(eruptions())
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Start 1 of 1, iteration 0: log posterior ")
    assert second.startswith("All rows, from the best start, iteration 0: log posterior ")


def test_samples_come_with_their_components(model):
    X, labels = model.sample(500)
    assert X.shape == (500, 2)
    assert set(labels.tolist()) == {0, 1}
    assert (model.predict(X) == labels).mean() > 0.95
    np.testing.assert_array_equal(model.sample(500)[0], X)


@pytest.mark.parametrize("n_samples", [0, -1, 2.5, "3", True, None])
def test_samples_are_a_whole_number_from_one_up(model, n_samples):
    with pytest.raises(SettingsError, match="It must be a whole number from 1 up"):
        model.sample(n_samples)


def test_a_refit_that_fails_leaves_the_last_fit_in_place(model):
    refitted = GaussianMixture(2, random_state=0).fit(eruptions())
    before = refitted.means_
    with pytest.raises(ValueError, match="Row 1, column 1"):
        refitted.fit([[np.nan]])
    assert refitted.means_ is before


def test_one_group_is_the_mean_and_the_covariance():
    model = GaussianMixture().fit(faithful())
    np.testing.assert_allclose(model.means_[0], faithful().mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(model.covariances_[0], np.cov(faithful().T, bias=True), rtol=1e-12)
    assert model.converged_


@pytest.mark.parametrize("acceleration", ACCELERATIONS)
def test_the_rule_that_stopped_em_and_what_is_still_to_gain_are_told(acceleration):
    settings = {"random_state": 0, "n_init": 1, "acceleration": acceleration}
    limit = GaussianMixture(3, tol=1e-13, max_iter=20_000, **settings).fit(eruptions()).log_likelihood_
    settled = GaussianMixture(3, tol=1e-6, **settings).fit(eruptions())
    assert (settled.stopped_by_, settled.converged_) == ("converged", True)
    assert limit - settled.log_likelihood_ == pytest.approx(settled.remainder_, abs=1e-6 * len(eruptions()))
    stopped = GaussianMixture(3, max_iter=2, **settings).fit(eruptions())
    assert (stopped.stopped_by_, stopped.converged_, stopped.n_iter_) == ("max_iter", False, 2)
    assert stopped.remainder_ == np.inf


def test_acceleration_leads_to_the_same_fit_of_old_faithful_in_far_fewer_passes():
    plain, fast = (
        GaussianMixture(3, random_state=0, n_init=1, max_iter=20_000, acceleration=name).fit(eruptions())
        for name in (None, "quasi-newton")
    )
    assert fast.log_likelihood_ == pytest.approx(plain.log_likelihood_, abs=3e-8)
    np.testing.assert_allclose(fast.means_, plain.means_, atol=1e-3)
    assert fast.n_iter_ < plain.n_iter_ / 4


def test_the_package_gives_the_estimator_under_its_own_name():
    import gmm_core

    assert gmm_core.GaussianMixture is GaussianMixture
