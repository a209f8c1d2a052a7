"""The sentences on what to see, held against scikit-learn's fits."""

from functools import cache

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, confusion_matrix
from sklearn.mixture import GaussianMixture

from gmm_core.examples import EXAMPLES, draw_shop, load_example
from gmm_core.model.geometry import inside_ellipse

STARTS = {
    "old-faithful": [[2, 54], [4.3, 80]],
    "penguins": [[39, 18], [47, 15], [49, 18]],
    "iris": [[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.2, 1.3], [6.5, 2.9, 5.5, 2.0]],
    "shop-customers": [[62, 11, 20], [28, 4.5, 60], [190, 5.5, 40], [75, 1.8, 240]],
    "sensor-readings": [[41, 2.2], [66, 5.3], [86, 3.9]],
    "galaxies": [[9.7], [21.4], [33.0]],
    "simulator": [[0], [4]],
    "wait-times": [[2], [8]],
    "test-scores": [[79], [94]],
    "customers": [[150, 2], [30, 10]],
    "six-points": [[1.2, 1.1], [5.2, 5.0]],
}


def rows_of(name):
    """The suggested columns of an example, without the rows that have gaps."""
    return load_example(name)[list(EXAMPLES[name].columns)].dropna()


def fit_from(rows, family, means):
    """EM from the rows grouped by the nearest of some means; returns the scaled rows and the fit."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0)
    away = (rows - centre)[:, None, :] / scale - (np.asarray(means) - centre) / scale  # (N, K, D)
    return fit_from_labels(rows, family, np.square(away).sum(axis=2).argmin(axis=1))


def fit_from_labels(rows, family, labels):
    """EM from the moments of labelled rows, each column scaled by its own spread."""
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    groups = [scaled[labels == k] for k in range(labels.max() + 1)]
    spreads = np.array([np.cov(group.T, bias=True).reshape(rows.shape[1], -1) for group in groups])
    weights = np.bincount(labels) / len(labels)
    starts = {
        "full": lambda: np.linalg.inv(spreads),
        "tied": lambda: np.linalg.inv(np.einsum("k,kij->ij", weights, spreads)),
        "diag": lambda: 1 / np.diagonal(spreads, axis1=1, axis2=2),
    }
    fit = GaussianMixture(
        len(groups),
        covariance_type=family,
        weights_init=weights,
        means_init=[group.mean(axis=0) for group in groups],
        precisions_init=starts[family](),
        reg_covar=0,
        tol=1e-8,
        max_iter=2000,
    )
    return scaled, fit.fit(scaled)


@cache
def suggested_fit(name):
    """The suggested model of an example, in scaled units, with the scaled rows."""
    return fit_from(rows_of(name).to_numpy(float), EXAMPLES[name].family, STARTS[name])


def best_bic(rows, n_components, family, starts):
    """The smallest BIC of a few random starts, in scaled units."""
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    fits = [
        GaussianMixture(n_components, covariance_type=family, random_state=seed, tol=1e-5, max_iter=1000).fit(scaled)
        for seed in range(starts)
    ]
    return min(fit.bic(scaled) for fit in fits)


def means_of(name):
    """Means of the suggested fit in the table's units, (K, D)."""
    rows = rows_of(name).to_numpy(float)
    return suggested_fit(name)[1].means_ * rows.std(axis=0) + rows.mean(axis=0)


def labels_of(name):
    """Commonest group of each row by the suggested fit."""
    scaled, fit = suggested_fit(name)
    return fit.predict(scaled)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_suggested_fit_exists_and_no_group_has_collapsed(name):
    scaled, fit = suggested_fit(name)
    shape = {"full": fit.covariances_, "diag": [np.diag(variances) for variances in fit.covariances_]}
    assert fit.converged_
    assert min(np.linalg.eigvalsh(covariance).min() for covariance in shape[EXAMPLES[name].family]) > 1e-5
    assert np.bincount(labels_of(name)).min() >= scaled.shape[1] + 1


def test_old_faithful_has_short_and_long_eruptions_with_their_waits():
    np.testing.assert_allclose(means_of("old-faithful"), [[2.036, 54.479], [4.290, 79.968]], atol=0.001)


@pytest.mark.parametrize(("name", "agreeing", "measured"), [("penguins", 330, 342), ("iris", 145, 150)])
def test_groups_match_the_species_for_as_many_rows_as_said(name, agreeing, measured):
    species = load_example(name)[EXAMPLES[name].label].loc[rows_of(name).index]
    table = confusion_matrix(species.astype("category").cat.codes, labels_of(name))
    assert table.sum() == measured
    assert table.max(axis=1).sum() == agreeing
    assert sorted(table.argmax(axis=1)) == [0, 1, 2]


def test_bic_prefers_two_groups_of_free_shape_among_the_irises():
    rows = rows_of("iris").to_numpy()
    scaled, three = suggested_fit("iris")
    assert best_bic(rows, 2, "full", starts=2) < three.bic(scaled)


def test_the_four_kinds_of_customer_come_out_and_more_cleanly_in_logarithms():
    rows = rows_of("shop-customers")
    segments = draw_shop().segments[rows.index]
    scaled, fit = fit_from(np.log(rows.to_numpy()), "full", np.log(STARTS["shop-customers"]))
    raw = adjusted_rand_score(segments, labels_of("shop-customers"))
    logarithmic = adjusted_rand_score(segments, fit.predict(scaled))
    assert 0.85 < raw < 0.93
    assert logarithmic > 0.95


def test_the_four_kinds_of_customer_overlap_at_their_edges():
    scaled, fit = suggested_fit("shop-customers")
    unsure = (fit.predict_proba(scaled).max(axis=1) < 0.9).mean()
    assert 0.05 < unsure < 0.1


def test_bic_asks_for_more_than_four_kinds_of_customer_on_the_raw_values():
    scaled, four = suggested_fit("shop-customers")
    assert best_bic(rows_of("shop-customers").to_numpy(), 5, "full", starts=2) < four.bic(scaled) - 100


def test_the_fifteen_faults_lie_outside_the_ellipses_of_all_three_operating_points():
    scaled, fit = suggested_fit("sensor-readings")
    groups = zip(fit.means_, fit.covariances_, strict=True)
    inside = [inside_ellipse(scaled, mean, covariance, 0.95) for mean, covariance in groups]
    faulty = load_example("sensor-readings")["fault"].to_numpy() == "yes"
    assert faulty.sum() == 15
    assert not np.any(inside, axis=0)[faulty].any()


def test_one_operating_point_is_much_tighter_than_the_others():
    _, fit = suggested_fit("sensor-readings")
    standby, *others = np.linalg.det(fit.covariances_)
    assert standby < min(others) / 20


def test_bic_gives_the_faults_a_fourth_group():
    rows = rows_of("sensor-readings").to_numpy()
    faulty = (load_example("sensor-readings")["fault"] == "yes").to_numpy()
    scaled, three = suggested_fit("sensor-readings")
    _, four = fit_from_labels(rows, "full", np.where(faulty, 3, labels_of("sensor-readings")))
    apart = four.predict(scaled) == 3
    assert four.bic(scaled) < three.bic(scaled) - 100
    assert apart[faulty].all()
    assert apart[~faulty].sum() <= 2


def test_galaxies_gather_as_said():
    np.testing.assert_allclose(means_of("galaxies").ravel(), [9.710, 21.400, 33.044], atol=0.001)
    assert np.bincount(labels_of("galaxies")).tolist() == [7, 72, 3]


def test_bic_counts_three_galaxy_groups_of_own_spread_and_six_of_one_spread():
    rows = rows_of("galaxies").to_numpy()
    free = {3: [[9.7], [21.4], [33]], 4: [[9.7], [19.9], [22], [33]]}
    own = {k: _bic(rows, "full", means) for k, means in free.items()}
    six = [[9.7], [16.1], [19.9], [23.0], [26.1], [33.0]]
    shared = {
        4: _bic(rows, "tied", [[9.7], [20], [23.5], [33]]),
        5: _bic(rows, "tied", six[:4] + six[5:]),
        6: _bic(rows, "tied", six),
        7: _bic(rows, "tied", [[9.7], [16.1], [19.8], [22.2], [24.0], [26.5], [33.0]]),
    }
    assert own[3] < own[4]
    assert min(shared, key=shared.get) == 6
    assert own[3] < shared[6]


def _bic(rows, family, means):
    scaled, fit = fit_from(rows, family, means)
    return fit.bic(scaled)


def test_the_simulator_s_fit_comes_near_its_truth():
    scaled, fit = suggested_fit("simulator")
    spreads = np.sqrt(fit.covariances_.ravel()) * rows_of("simulator").to_numpy().std()
    np.testing.assert_allclose(means_of("simulator").ravel(), [0, 4], atol=0.25)
    np.testing.assert_allclose(spreads, [1, 1.5], atol=0.15)
    np.testing.assert_allclose(fit.weights_, [0.4, 0.6], atol=0.03)
    assert fit.predict_proba(scaled).max(axis=1).min() < 0.6


@pytest.mark.parametrize(
    ("name", "means", "log_likelihood"),
    [
        ("wait-times", [[2.025], [8.0]], -2.9185),
        ("test-scores", [[79.2], [93.6667]], -21.852),
        ("customers", [[150, 2], [30, 10]], -32.569),
        ("six-points", [[1.2333, 1.1333], [5.2, 5.0]], 2.639),
    ],
)
def test_worked_examples_give_the_checklist_s_figures_and_certain_groups(name, means, log_likelihood):
    scaled, fit = suggested_fit(name)
    rows = rows_of(name).to_numpy(float)
    jacobian = len(rows) * np.log(rows.std(axis=0)).sum()
    np.testing.assert_allclose(means_of(name), means, atol=1e-3)
    assert fit.score(scaled) * len(rows) - jacobian == pytest.approx(log_likelihood, abs=2e-3)
    assert fit.predict_proba(scaled).max(axis=1).min() > 0.9999


def test_each_kind_of_the_six_customers_lies_exactly_on_a_line():
    rows = rows_of("customers").to_numpy(float)
    for kind in (0, 1):
        trio = rows[labels_of("customers") == kind]
        assert len(trio) == 3
        assert np.linalg.matrix_rank(trio - trio.mean(axis=0)) == 1


def test_two_full_groups_in_the_plane_have_11_parameters_for_the_6_points():
    _, fit = suggested_fit("six-points")
    assert fit.weights_.size - 1 + fit.means_.size + 3 * fit.n_components == 11
