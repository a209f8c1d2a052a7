"""Starts that the user gives, whole or in part."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.em.seeding import SEEDINGS
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.layout import get_layout
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart, sample_positions, sample_rows, sphered
from tests.model import family_oracle, oracle
from tests.model.drawing import grouped_table

SPD = [[2.0, 0.3], [0.3, 1.0]]


@pytest.fixture(name="X")
def two_far_groups(rng):
    """Forty rows in two far groups."""
    return grouped_table(rng, 40, 2, 2, distance=6.0)


def one_iteration(X, **start):
    """A model after one EM iteration from the given start."""
    return GaussianMixture(2, max_iter=1, tol=0, random_state=0, **start).fit(X)


@pytest.mark.parametrize("covariance_type", FAMILIES)
def test_a_full_start_is_where_the_trace_begins(covariance_type, X):
    family = FAMILIES[covariance_type]
    packed = family.form.from_dense(np.array([SPD, np.eye(2)]))
    covariances = np.array(family.form.to_dense(packed, 2, 2))
    weights, means = np.array([0.3, 0.7]), X[[0, 1]]
    model = one_iteration(
        X,
        covariance_type=covariance_type,
        weights_init=weights,
        means_init=means,
        precisions_init=get_layout(covariance_type).precisions(covariances),
    )
    start = oracle.log_likelihood(X, weights, means, covariances)
    assert model.lower_bounds_[0] * len(X) == pytest.approx(start, rel=1e-11)


@pytest.mark.parametrize("covariance_type", FAMILIES)
def test_given_memberships_start_with_an_m_step(covariance_type, X, rng):
    resp = rng.dirichlet(np.ones(2), size=len(X))
    model = one_iteration(X, covariance_type=covariance_type, responsibilities_init=resp)
    first = oracle.m_step(X, resp, FAMILIES[covariance_type].code)
    near = family_oracle.tolerance(FAMILIES[covariance_type].code, 1e-11)
    assert model.lower_bounds_[0] * len(X) == pytest.approx(oracle.log_likelihood(X, *first), rel=near)


def test_means_or_weights_alone_are_completed_by_seeding(X):
    for start in ({"means_init": X[:2]}, {"weights_init": [0.5, 0.5]}, {"precisions_init": [SPD, SPD]}):
        model = GaussianMixture(2, random_state=0, **start).fit(X)
        assert model.converged_
        assert sorted(np.bincount(model.predict(X)).tolist()) == [20, 20]


def test_with_means_given_there_is_one_start_and_without_as_many_as_asked_for(X):
    assert len(GaussianMixture(2, n_init=4, means_init=X[:2]).fit(X).starts_) == 1
    assert len(GaussianMixture(2, n_init=4, weights_init=[0.4, 0.6], random_state=0).fit(X).starts_) == 4


def test_a_mean_far_from_every_row_starts_with_some_weight():
    X = np.array([[0.0], [0.5], [1.0], [9.0], [9.5], [10.0]])
    model = GaussianMixture(2, means_init=[[9.9], [14.0]], max_iter=500).fit(X)
    np.testing.assert_allclose(model.means_[:, 0], [0.5, 9.5], atol=1e-6)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ({"weights_init": [0.2, 0.3, 0.5]}, r"starting weights have shape \(3,\). They need shape \(2,\)"),
        ({"weights_init": [[0.5, 0.5]]}, r"starting weights have shape \(1, 2\)"),
        ({"weights_init": [0.5, 0.6]}, "starting weights are not shares"),
        ({"weights_init": [-0.5, 1.5]}, "starting weights are not shares"),
        ({"weights_init": [0.0, 1.0]}, "starting weight is 0"),
        ({"weights_init": [np.nan, 1.0]}, "starting weights hold a value that is not finite"),
        ({"weights_init": ["half", "half"]}, "starting weights are not an array of numbers"),
        ({"means_init": [[1.0, 2.0]]}, r"starting means have shape \(1, 2\). They need shape \(2, 2\)"),
        ({"means_init": [[1.0], [2.0]]}, r"starting means have shape \(2, 1\)"),
        ({"means_init": [[1.0, 2.0], [3.0]]}, "starting means are not an array of numbers"),
        ({"means_init": [[1.0, np.inf], [3.0, 4.0]]}, "starting means hold a value that is not finite"),
        ({"responsibilities_init": np.full((10, 2), 0.5)}, r"starting responsibilities have shape \(10, 2\)"),
        ({"responsibilities_init": np.ones((40, 2))}, "starting responsibilities are not shares"),
        ({"precisions_init": [SPD]}, r"shape \(1, 2, 2\)"),
        ({"precisions_init": [SPD, [[1.0, 2.0], [2.0, 1.0]]]}, "not the inverses of covariances"),
        ({"precisions_init": [SPD, [[1.0, 5.0], [0.0, 1.0]]]}, "not the inverses of covariances"),
        ({"precisions_init": [SPD, [[np.inf, 0.0], [0.0, 1.0]]]}, "not the inverses of covariances"),
        ({"precisions_init": 1.0}, r"precisions have shape \(\)\. They need shape \(2, 2, 2\)"),
        ({"precisions_init": np.full((2, 2, 2), 5e-324) * np.eye(2)}, "not the inverses of covariances"),
        ({"means_init": [[1e300, 0.0], [0.0, 0.0]]}, "starting means lie too far from the data"),
        ({"precisions_init": np.full(2, 1e-300), "covariance_type": "spherical"}, "covariances are too large"),
        ({"precisions_init": np.eye(3), "covariance_type": "tied"}, r"shape \(3, 3\)\. They need shape \(2, 2\)"),
        ({"precisions_init": -np.eye(2), "covariance_type": "tied"}, "not the inverses of covariances"),
        ({"precisions_init": [[1.0], [2.0]], "covariance_type": "diag"}, r"shape \(2, 1\)\. They need shape \(2, 2\)"),
        ({"precisions_init": [[1.0, -1.0], [2.0, 2.0]], "covariance_type": "diag"}, "not the inverses of covariances"),
        ({"precisions_init": [[1.0, np.nan], [2.0, 2.0]], "covariance_type": "diag"}, "not the inverses"),
        ({"precisions_init": [1.0, 0.0], "covariance_type": "spherical"}, "not the inverses of covariances"),
        ({"precisions_init": [1.0, 2.0, 3.0], "covariance_type": "spherical"}, r"shape \(3"),
    ],
)
def test_a_start_without_meaning_is_refused_with_what_it_should_be(start, sentence, X):
    with pytest.raises(SettingsError, match=sentence) as error:
        GaussianMixture(2, **start).fit(X)
    assert error.value.remedy.endswith(".")


def test_a_start_is_given_in_the_units_of_the_table(X):
    X = X * [1e-6, 1e6] + [0.0, 1e7]
    start = UserStart(np.array([0.5, 0.5]), X[:2], np.array([np.diag(X.var(axis=0))] * 2))
    fit = fit_mixture(X, FitSettings(max_iter=1, tol=0), start)
    assert fit.trace[0] == pytest.approx(oracle.log_likelihood(X, start.weights, start.means, start.covariances))


def test_sampled_rows_are_distinct_in_order_and_all_of_a_small_table(rng):
    positions = sample_positions(100, 30, rng)
    assert np.all(np.diff(positions) > 0)
    table = np.arange(20.0)[:, None]
    assert sample_rows(table, 20, rng) is table
    assert len(sample_rows(table, 19, rng)) == 19


@pytest.mark.parametrize("seeding", SEEDINGS)
def test_a_long_table_of_ties_that_hides_its_other_rows_from_the_start_does_not_crash(seeding):
    X = np.concatenate([np.zeros(20_000), 1 + np.arange(5.0)])[:, None]
    fit = fit_mixture(X, FitSettings(2, "tied", init_params=seeding, n_init=2, max_iter=50))
    assert fit.mixture.weights.sum() == pytest.approx(1.0)


def test_labels_start_as_the_memberships_they_stand_for(X):
    labels = np.where(X[:, 0] > np.median(X[:, 0]), "right", "left")
    resp = np.stack([labels == "left", labels == "right"], axis=1).astype(float)
    by_label, by_share = one_iteration(X, labels_init=labels), one_iteration(X, responsibilities_init=resp)
    assert by_label.lower_bounds_ == by_share.lower_bounds_


@pytest.mark.parametrize("labels", [["a", "b"] * 19, ["a", "b"] * 21, [["a", "b"]] * 40, "ab", 3, {"a": 1}], ids=str)
def test_labels_that_are_not_one_a_row_are_refused_as_labels(labels, X):
    with pytest.raises(SettingsError, match=r"starting labels have shape \(.*\)\. They need shape \(40,\)"):
        one_iteration(X, labels_init=labels)


def test_labels_of_rows_without_weight_are_not_looked_at(X):
    labels = np.where(X[:, 0] > np.median(X[:, 0]), "right", "left")
    kept = np.arange(40) < 30
    odd = np.where(kept, labels, "odd")
    model = GaussianMixture(2, max_iter=1, tol=0, labels_init=odd).fit(X, sample_weight=kept)
    assert model.lower_bounds_ == pytest.approx(one_iteration(X[kept], labels_init=labels[kept]).lower_bounds_)


def with_noise(X):
    """The rows with ten far ones before them, and labels: -1 for these, 0 and 1 for the others."""
    far = np.random.default_rng(3).uniform(-30, 40, (10, 2))
    return np.concatenate([far, X]), np.repeat([-1, 0, 1], [10, 20, 20])


def test_labels_and_memberships_may_say_which_rows_are_noise(X):
    rows, labels = with_noise(X)
    resp = np.eye(3)[labels]  # -1 is the last
    counts = np.where(labels < 0, 3.0, 1.0)
    by_label, by_share = (
        GaussianMixture(2, noise=True, max_iter=1, tol=0, **start).fit(rows, sample_weight=counts)
        for start in ({"labels_init": labels}, {"responsibilities_init": resp})
    )
    assert by_label.lower_bounds_ == by_share.lower_bounds_
    kept = labels >= 0
    noise = by_label.mixture_.noise
    start = oracle.m_step(rows[kept], resp[kept, :2], "VVV")
    densities = np.exp(oracle.log_densities(rows, *start)) * 40 / 70 + 30 / 70 * np.exp(-noise.region.log_volume)
    assert by_label.lower_bounds_[0] == pytest.approx(counts @ np.log(densities) / 70, rel=1e-11)


def test_a_start_that_finds_no_row_noise_leaves_its_share_to_the_program(X):
    rows, labels = with_noise(X)
    none = np.column_stack([np.eye(2)[np.maximum(labels, 0)], np.zeros(50)])
    assert GaussianMixture(2, noise=True, responsibilities_init=none).fit(rows).noise_weight_ > 0.05


def test_noise_in_a_start_without_noise_is_refused_with_the_way_to_it(X):
    rows, labels = with_noise(X)
    with pytest.raises(SettingsError, match=r"labels are 3 different ones, for 2 .* If -1 stands for noise, ask for"):
        one_iteration(rows, labels_init=labels)
    with pytest.raises(SettingsError, match=r"shape \(50, 3\)\. .* \(50, 2\), and with noise=True may have one column"):
        one_iteration(rows, responsibilities_init=np.eye(3)[labels])


def test_sphered_rows_turn_with_their_columns_so_that_rounding_cannot_turn_them(rng):
    z = rng.normal(size=(50, 3)) @ rng.normal(size=(3, 3))
    turned = [-1.0, 1.0, 1.0]
    np.testing.assert_allclose(np.cov(sphered(z).T, bias=True), np.eye(3), atol=1e-10)
    np.testing.assert_allclose(sphered(z * turned), sphered(z) * turned, atol=1e-10)
    np.testing.assert_allclose(sphered(z[:, ::-1]), sphered(z)[:, ::-1], atol=1e-10)
