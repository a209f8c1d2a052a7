"""missing_values="em": maximum likelihood of the values that are there, for every family."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import minimize

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model import scouting
from gmm_core.model.choice.comparison import compare_models
from gmm_core.model.em.gaps import patterns
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart
from tests.model import oracle
from tests.model.drawing import grouped_table, with_gaps
from tests.model.problems import problems
from tests.model.reference_data import FOLDER, faithful, iris, numbers

every_family = pytest.mark.parametrize("family", FAMILIES)
REFERENCE = json.loads((FOLDER / "faithful_missing_fits.json").read_text(encoding="utf-8"))["fits"]


def faithful_missing():
    """Old Faithful with 78 of its 544 cells removed, (272, 2)."""
    return numbers("faithful_missing", 2)


def start_of(reference):
    """A published start."""
    return UserStart(*(np.array(reference["start"][name]) for name in ("weights", "means", "covariances")))


def em(n_components, family, **changed):
    """Settings for rows with gaps."""
    return FitSettings(n_components, family, missing_values="em", **changed)


# -- published and computed by others ------------------------------------------------------------------------------


@pytest.mark.parametrize("family", REFERENCE)
def test_old_faithful_with_gaps_has_the_fit_that_three_programs_found(family):
    expected = REFERENCE[family]
    fit = fit_mixture(faithful_missing(), em(2, family, tol=1e-13), start_of(expected))
    assert fit.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-8)
    assert fit.evidence.n_parameters == expected["n_parameters"]
    assert (fit.n_rows, fit.total_weight) == (272, 272)
    for name in ("weights", "means", "covariances"):
        np.testing.assert_allclose(getattr(fit.mixture, name), expected[name], rtol=1e-5, atol=1e-5)
    imputed = fit.mixture.conditional_means(faithful_missing()[:5])
    np.testing.assert_allclose(imputed, expected["first_rows_imputed"], rtol=1e-5)


@pytest.mark.parametrize("family", REFERENCE)
def test_the_best_fit_of_old_faithful_with_gaps_is_found_from_default_settings(family):
    model = GaussianMixture(2, covariance_type=family, missing_values="em", random_state=0).fit(faithful_missing())
    assert model.log_likelihood_ == pytest.approx(REFERENCE[family]["log_likelihood"], abs=1e-6)


def shared(letter, numbers):
    """What a letter of mclust's codes makes of two components' numbers: (free numbers, both components' values)."""
    return {"V": (numbers, numbers), "E": (numbers[:1], numbers[[0, 0]]), "I": (numbers[:0], 0 * numbers)}[letter]


def free_numbers(code, mixture):
    """Log weights, means, log volumes, log shapes and angles of two components in two columns, as free as a code has
    them: volume * R diag(shape, 1 / shape) R' with R the rotation by the angle."""
    vectors = np.linalg.eigh(mixture.covariances)[1][:, :, 1]
    free_angles, angles = shared(code[2], np.arctan2(vectors[:, 1], vectors[:, 0]))
    axes = rotations(angles)
    variances = np.einsum("kji,kjl,kli->ki", axes, mixture.covariances, axes)
    volumes, shapes = np.log(variances).mean(axis=1), 0.5 * np.log(variances[:, 0] / variances[:, 1])
    free = (shared(code[0], volumes)[0], shared(code[1], shapes)[0], free_angles)
    return np.concatenate([np.log(mixture.weights), mixture.means.ravel(), *free])


def rotations(angles):
    """Matrices (2, 2, 2) that rotate by two angles."""
    return np.array([[[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]] for a in angles])


def parameters_of(code, numbers):
    """The way back: weights, means and covariances."""
    logs, means, rest = np.split(numbers, [2, 6])
    free = []
    for letter in code:
        own, rest = np.split(rest, [{"V": 2, "E": 1, "I": 0}[letter]])
        free.append(np.resize(own, 2) if len(own) else np.zeros(2))
    volumes, shapes, axes = np.exp(free[0]), np.exp(free[1]), rotations(free[2])
    variances = volumes[:, None] * np.stack([shapes, 1 / shapes], axis=1)
    weights = np.exp(logs - logs.max())
    return weights / weights.sum(), means.reshape(2, 2), axes * variances[:, None, :] @ axes.transpose(0, 2, 1)


def observed_log_likelihood(X, weights, means, covariances):
    """Of the values that are there, pattern by pattern."""
    total = 0.0
    for rows, o in patterns(X):
        block, d = covariances[:, o[:, None], o], X[np.ix_(rows, o)] - means[:, None, o]
        squares = np.einsum("kni,kij,knj->kn", d, np.linalg.inv(block), d)
        peaks = np.log(weights) - 0.5 * (np.linalg.slogdet(block)[1] + len(o) * np.log(2 * np.pi))
        total += np.logaddexp.reduce(peaks[:, None] - 0.5 * squares, axis=0).sum()
    return total


@every_family
def test_direct_maximisation_of_the_observed_likelihood_ends_where_em_ends(family):
    rng = np.random.default_rng(3)
    X, code = with_gaps(rng, grouped_table(rng, 60, 2, 2)), FAMILIES[family].code
    fit = fit_mixture(X, em(2, family, n_init=3, tol=1e-13))
    here = free_numbers(code, fit.mixture)
    assert len(here) == fit.mixture.n_parameters + 1  # one weight more than is free
    assert observed_log_likelihood(X, *parameters_of(code, here)) == pytest.approx(fit.log_likelihood, abs=1e-6)
    logs = oracle.observed_log_component_densities(X, *parameters_of(code, here))
    assert fit.log_likelihood == pytest.approx(sum(oracle.log_sum_exp(row) for row in logs), abs=1e-6)
    start = here + 0.05 * rng.normal(size=len(here))
    found = minimize(lambda theta: -observed_log_likelihood(X, *parameters_of(code, theta)), start, method="BFGS")
    assert -found.fun == pytest.approx(fit.log_likelihood, abs=1e-6)


# -- what must hold for any table ------------------------------------------------------------------------------------


@every_family
@settings(max_examples=3)
@given(problem=problems(max_features=3))
def test_the_log_likelihood_never_falls_over_rows_with_gaps(family, problem):
    X, n_components = problem
    X = with_gaps(np.random.default_rng(len(X)), X, 0.3)
    try:
        fit = fit_mixture(X, em(n_components, family, n_init=1, max_iter=40, tol=0.0), suggest=False)
    except NoSoundSolutionError:
        return
    assert np.diff(fit.trace).min() > -1e-10 * len(X)
    mixture = fit.mixture
    logs = oracle.observed_log_component_densities(X, mixture.weights, mixture.means, mixture.covariances)
    assert fit.log_likelihood == pytest.approx(sum(oracle.log_sum_exp(row) for row in logs), rel=1e-8)
    resp = np.array([oracle.shares(row) for row in logs])
    np.testing.assert_allclose(mixture.memberships(X), resp, atol=1e-8)
    assert fit.entropy == pytest.approx(oracle.entropy(resp), rel=1e-6, abs=1e-8)


@every_family
def test_as_the_gaps_go_to_none_the_fit_goes_to_that_of_the_complete_rows(family, rng):
    X, order = iris(), rng.permutation(iris().size)
    whole = fit_mixture(X, FitSettings(3, family, tol=1e-8), UserStart(means=X[[0, 60, 110]]))
    start = UserStart(whole.mixture.weights, whole.mixture.means, whole.mixture.covariances)
    distances = []
    for n_gaps in (120, 12, 1):
        gappy = X.copy()
        gappy.flat[order[:n_gaps]] = np.nan
        fit = fit_mixture(gappy, em(3, family, tol=1e-8), start)
        distances.append(np.abs(fit.mixture.means - whole.mixture.means).max())
    assert distances[2] < 0.05
    assert distances[2] < distances[0]
    none = fit_mixture(X, em(3, family, tol=1e-8), UserStart(means=X[[0, 60, 110]]))
    assert none.trace.tobytes() == whole.trace.tobytes()


@every_family
def test_rows_of_gaps_only_change_nothing_but_the_number_of_rows(family):
    X = faithful_missing()
    more = np.insert(X, [0, 100, 272], np.nan, axis=0)
    fit, other = (fit_mixture(rows, em(2, family, n_init=2)) for rows in (X, more))
    assert other.trace.tobytes() == fit.trace.tobytes()
    assert other.mixture.covariances.tobytes() == fit.mixture.covariances.tobytes()
    assert (other.n_rows, other.total_weight, other.entropy) == (275, 275, fit.entropy)
    model = GaussianMixture(2, covariance_type=family, missing_values="em", n_init=1, random_state=0).fit(more)
    expected = model.n_parameters_ * np.log(275 / 272)
    for criterion in (model.bic, model.icl):
        assert criterion(more) - criterion(X) == pytest.approx(expected, rel=1e-9)


@every_family
def test_the_order_of_rows_with_gaps_changes_nothing(family, rng):
    X, start = faithful_missing(), start_of(REFERENCE["full"])
    order = rng.permutation(len(X))
    fit, other = (fit_mixture(rows, em(2, family), start) for rows in (X, X[order]))
    np.testing.assert_allclose(other.trace, fit.trace, rtol=1e-10)
    np.testing.assert_allclose(other.mixture.memberships(X), fit.mixture.memberships(X), atol=1e-6)


@every_family
def test_whole_weights_equal_repeated_rows_with_gaps(family, rng):
    X, weights = faithful_missing(), rng.integers(0, 3, 272)
    fit = fit_mixture(X, em(2, family, n_init=2, max_iter=20), weights=weights)
    other = fit_mixture(np.repeat(X, weights, axis=0), em(2, family, n_init=2, max_iter=20))
    assert [s.log_likelihood for s in fit.starts] == pytest.approx([s.log_likelihood for s in other.starts], rel=1e-8)
    assert fit.total_weight == other.total_weight


@pytest.mark.parametrize("family", [name for name in FAMILIES if FAMILIES[name].any_units])
def test_other_units_change_the_log_likelihood_by_the_jacobian_of_the_values_that_are_there(family):
    X, scale, start = faithful_missing(), np.array([1e-6, 1e5]), start_of(REFERENCE["full"])
    moved = UserStart(start.weights, start.means * scale, start.covariances * np.multiply.outer(scale, scale))
    fit = fit_mixture(X, em(2, family), start)
    other = fit_mixture(X * scale, em(2, family), moved)
    jacobian = (~np.isnan(X)).sum(axis=0) @ np.log(scale)
    np.testing.assert_allclose(other.trace, fit.trace - jacobian, rtol=1e-9)


def test_the_mean_of_a_column_is_mended_where_gaps_depend_on_another_column(rng):
    X = rng.multivariate_normal([0.0, 0.0], [[1.0, 0.9], [0.9, 1.0]], size=4000)
    X[X[:, 0] > 0, 1] = np.nan
    model = GaussianMixture(1, missing_values="em").fit(X)
    assert np.nanmean(X[:, 1]) < -0.6
    assert abs(model.means_[0, 1]) < 0.06
    assert model.covariances_[0, 1, 1] == pytest.approx(1.0, abs=0.1)


@every_family
def test_columns_that_are_never_seen_together_are_fitted(family, rng):
    X = rng.normal(size=(60, 2)) + np.repeat([[0.0], [6.0]], 30, axis=0)
    X[::2, 0], X[1::2, 1] = np.nan, np.nan
    fit = fit_mixture(X, em(2, family, n_init=5, max_iter=50))
    np.testing.assert_allclose(sorted(fit.mixture.means[:, 0]), [0.0, 6.0], atol=1.0)
    assert np.isfinite(fit.mixture.conditional_means(X)).all()


def test_starts_on_a_sample_of_a_long_table_with_gaps_lead_to_its_groups(monkeypatch, rng):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 200)
    X = with_gaps(rng, grouped_table(rng, 1500, 3, 2, 8.0))
    fit = fit_mixture(X, em(2, "full", n_init=2))
    assert fit.starts[0].n_rows == 200
    assert fit.log_likelihood == pytest.approx(
        fit_mixture(X, em(2, "full"), UserStart(means=fit.mixture.means)).log_likelihood, rel=1e-8
    )


def test_memberships_of_the_complete_rows_can_start_rows_with_gaps():
    resp = GaussianMixture(2, random_state=0).fit(faithful()).predict_proba(faithful())
    fit = fit_mixture(faithful_missing(), em(2, "full"), UserStart(responsibilities=resp))
    assert fit.log_likelihood == pytest.approx(REFERENCE["full"]["log_likelihood"], abs=1e-6)


def test_families_and_numbers_of_groups_are_compared_on_rows_with_gaps():
    found = compare_models(faithful_missing(), [1, 2], ["full", "tied"], n_init=2, missing_values="em")
    assert found.best_cell().n_components == 2
    assert found.best().log_likelihood_ == pytest.approx(found.best_cell().log_likelihood, rel=1e-9)
    assert all(cell.sound for cell in found.cells)


# -- ties and thin groups --------------------------------------------------------------------------------------------


def test_ties_with_a_gap_are_one_distinct_row_and_no_group():
    X = np.concatenate(
        [np.linspace([0.0, 0.0], [1.0, 2.0], 30) + 0.1 * np.sin(np.arange(60)).reshape(30, 2), [[9.0, np.nan]] * 8]
    )
    with pytest.raises(NoSoundSolutionError, match=r"rows 31, 32, 33, 34, 35, 36 \.\.\. \(8 in all\)"):
        fit_mixture(X, em(2, "full", n_init=3), suggest=False)
