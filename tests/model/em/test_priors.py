"""The conjugate prior: its density, the M step under it, and the posterior that never falls."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_core.errors import SettingsError
from gmm_core.model.em.expectation import Expectation, moments_of
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation, starting_parameters
from gmm_core.model.em.noise import data_region
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.priors import Prior, pseudo_rows
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import FAMILIES, get_family
from tests.model import oracle, posterior
from tests.model.drawing import grouped_table, unscaled_rows

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
BELIEF = {"mean": np.array([0.5, -0.5]), "shrinkage": 0.3, "degrees": 5.0, "scale": np.array([[1.2, 0.4], [0.4, 0.7]])}


def unscaled(n_features):
    """A scaling that changes nothing."""
    return Scaling(np.zeros(n_features), np.ones(n_features))


def believed(family, n_components, X):
    """``BELIEF`` as the M step sees it."""
    prior = Prior(BELIEF["mean"], BELIEF["shrinkage"], BELIEF["degrees"], BELIEF["scale"])
    return pseudo_rows(prior, family, n_components, X, unscaled(2))


def dense(parameters):
    """Weights, means and covariances (K, D, D)."""
    p = parameters
    covariances = np.array(p.form.to_dense(p.covariances, p.n_components, p.n_features))
    return p.weights, p.means, covariances


def climb(family, X, resp, prior, n_iterations, floor=1e-8):
    """EM under a prior from memberships (N, K)."""
    rows = unscaled_rows(X)
    means, moments = moments_of(rows, resp.T, family.form)
    start = starting_parameters(moments, means, family, floor)
    return run_em(Expectation(rows), start, Maximisation(family, floor, prior=prior), Control(0.0, n_iterations))


def soft(X, centres):
    """Memberships by the distance to two centres."""
    odds = np.exp(-0.5 * ((X[:, None] - centres) ** 2).sum(axis=2))
    return odds / odds.sum(axis=1, keepdims=True)


@pytest.fixture
def two_groups(rng):
    """Forty rows in two overlapping groups of the plane, and memberships to start from."""
    X = np.concatenate([rng.normal(size=(25, 2)), rng.normal(size=(15, 2)) * [0.5, 1.5] + [2.5, 1.0]])
    return X, soft(X, np.array([[0.0, 0.0], [2.5, 1.0]]))


# -- the density and its maximum ---------------------------------------------------------------------------------------


@every_family
def test_the_log_prior_is_that_of_the_named_distributions_up_to_a_constant(family, rng, two_groups):
    X, _ = two_groups
    prior = believed(family, 2, X)
    gaps = []
    for _ in range(5):
        weights, means, covariances = posterior.drawn(rng, family.code, 2)
        parameters = Parameters.of(family.form, weights, means, family.form.from_dense(covariances))
        gaps.append(prior.log_density(parameters) - posterior.log_prior(means, covariances, family.code, **BELIEF))
    np.testing.assert_allclose(gaps, gaps[0], atol=1e-9)


@every_family
def test_em_ends_where_a_numerical_search_finds_the_highest_posterior(family, two_groups):
    X, resp = two_groups
    run = climb(family, X, resp, believed(family, 2, X), 600)
    found = dense(run.parameters)
    reached = posterior.log_posterior(X, *found, family.code, BELIEF)
    top, best = posterior.highest(X, family.code, found, BELIEF)
    assert reached == pytest.approx(top, abs=1e-6)
    for ours, theirs in zip(found, best, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)


@every_family
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32 - 1), shrinkage=st.sampled_from([0.0, 0.01, 5.0]))
def test_the_posterior_never_falls(family, seed, shrinkage):
    rng = np.random.default_rng(seed)
    X = np.concatenate([grouped_table(rng, 20, 3, 2), np.full((3, 3), 9.0)])  # ties, onto which a group would shrink
    prior = pseudo_rows(Prior(shrinkage=shrinkage), family, 3, X, unscaled(3))
    run = climb(family, X, rng.dirichlet(np.full(3, 0.2), size=len(X)), prior, 40)
    assert np.diff(run.trace).min() > -1e-9 * len(X)
    assert np.linalg.eigvalsh(dense(run.parameters)[2]).min() > 1e-4


@every_family
def test_the_log_likelihood_of_a_run_leaves_the_prior_out(family, two_groups):
    X, resp = two_groups
    run = climb(family, X, resp, believed(family, 2, X), 5)
    found = dense(run.parameters)
    assert run.log_likelihood == pytest.approx(oracle.log_likelihood(X, *found), rel=1e-11)
    assert run.objective - run.log_likelihood == pytest.approx(run.log_prior, rel=1e-9)


# -- the M step of Fraley and Raftery ----------------------------------------------------------------------------------

PUBLISHED = {
    "EII": lambda n, nk, v, K, D: n * D + v + 2 + K * D,
    "VII": lambda n, nk, v, K, D: nk * D + v + 2 + D,
    "EEI": lambda n, nk, v, K, D: n + v + K + 2,
    "VVI": lambda n, nk, v, K, D: nk + v + 3,
    "EEE": lambda n, nk, v, K, D: n + v + K + D + 1,
    "VVV": lambda n, nk, v, K, D: nk + v + D + 2,
}
"""Denominators of the M step in Fraley and Raftery (2007), by mclust's code."""

NUMERATORS = (
    lambda total: total,
    lambda total: np.diag(np.diag(total)),
    lambda total: np.trace(total) * np.eye(len(total)),
)
"""By the number of I in a code: what of the scatter makes the covariance."""


@pytest.mark.parametrize("family", [f for f in FAMILIES.values() if f.code in PUBLISHED], ids=lambda f: f.code)
def test_an_m_step_divides_as_the_paper_says(family, two_groups):
    X, resp = two_groups
    K, D, v = 2, 2, BELIEF["degrees"]
    means, moments = moments_of(unscaled_rows(X), resp.T, family.form)
    found = dense(Maximisation(family, 1e-8, prior=believed(family, K, X))(moments, means))
    kappa, mean, n_k = BELIEF["shrinkage"], BELIEF["mean"], resp.sum(axis=0)
    np.testing.assert_allclose(found[0], n_k / len(X), rtol=1e-12)
    np.testing.assert_allclose(found[1], (n_k[:, None] * means + kappa * mean) / (n_k + kappa)[:, None], rtol=1e-12)

    _, _, scatter = oracle.moments(X, resp, means)
    away = means - mean
    pull = (kappa * n_k / (kappa + n_k))[:, None, None] * away[:, :, None] * away[:, None, :]
    numerator, kinds = NUMERATORS[family.code.count("I")], family.code.count("I")
    scale = BELIEF["scale"] if kinds < 2 else np.eye(D) * np.trace(BELIEF["scale"]) / D**2
    totals = scatter + pull if "V" in family.code else np.repeat((scatter + pull).sum(axis=0)[None], K, axis=0)
    for k in range(K):
        expected = numerator(totals[k] + scale) / PUBLISHED[family.code](len(X), n_k[k], v, K, D)
        np.testing.assert_allclose(found[2][k], expected, rtol=1e-10, atol=1e-12)


@every_family
def test_without_rows_a_group_takes_the_mode_of_the_prior(family, rng):
    X = rng.normal(size=(40, 2))
    means, moments = moments_of(unscaled_rows(X), np.array([np.ones(40), np.zeros(40)]), family.form)
    _, centres, covariances = dense(Maximisation(family, 1e-8, prior=believed(family, 2, X))(moments, means))
    np.testing.assert_allclose(centres[1], BELIEF["mean"], rtol=1e-12)
    assert np.linalg.eigvalsh(covariances).min() > 0.01


# -- what is left open -------------------------------------------------------------------------------------------------


@every_family
def test_what_is_left_open_follows_from_the_data(family, rng):
    X = rng.normal(size=(30, 3)) @ rng.normal(size=(3, 3)) + 5.0
    left_open = pseudo_rows(Prior(), family, 4, X, unscaled(3))
    total = np.cov(X.T)
    scale = total if "I" not in family.code else np.eye(3) * np.diag(total).mean()
    spelt_out = pseudo_rows(Prior(X.mean(axis=0), 0.01, 5, scale / 4 ** (2 / 3)), family, 4, X, unscaled(3))
    np.testing.assert_allclose(left_open.mean, spelt_out.mean, rtol=1e-12)
    assert left_open.count == pytest.approx(spelt_out.count)
    np.testing.assert_allclose(left_open.lent, spelt_out.lent, rtol=1e-9)


def test_a_prior_in_the_units_of_the_table_is_scaled_with_the_rows(rng):
    scaling = Scaling(np.array([10.0, -1.0]), np.array([2.0, 0.1]))
    X = scaling.centre + scaling.scale * rng.normal(size=(30, 2))
    matrix = np.array([[4.0, 0.1], [0.1, 0.02]])
    found = pseudo_rows(Prior([12.0, -1.0], 1.0, 5, matrix), get_family("full"), 2, X, scaling)
    np.testing.assert_allclose(found.mean, [1.0, 0.0])
    np.testing.assert_allclose(found.lent @ found.lent.T, [[1.0, 0.5], [0.5, 2.0]])


@pytest.mark.parametrize("code", [f.code for f in FAMILIES.values()])
def test_in_one_dimension_families_of_equal_volume_have_the_prior_of_e_and_the_others_that_of_v(code, rng):
    X = rng.normal(size=(20, 1))
    plain = get_family("EEE" if code[0] == "E" else "VVV")
    found, expected = (pseudo_rows(Prior(), family, 3, X, unscaled(1)) for family in (get_family(code), plain))
    assert found.count == pytest.approx(expected.count)
    np.testing.assert_allclose(found.lent, expected.lent)


def test_whole_row_weights_count_as_repeated_rows(rng):
    X, weights = rng.normal(size=(20, 2)) @ np.array([[1.0, 0.5], [0.0, 1.0]]), rng.integers(1, 4, 20)
    family, repeated = get_family("full"), np.repeat(X, weights, axis=0)
    weighted = pseudo_rows(Prior(), family, 2, X, unscaled(2), weights.astype(float))
    expected = pseudo_rows(Prior(), family, 2, repeated, unscaled(2))
    np.testing.assert_allclose(weighted.mean, expected.mean, rtol=1e-12)
    np.testing.assert_allclose(weighted.lent, expected.lent, rtol=1e-12)
    assert data_region(X, weights).log_volume == pytest.approx(data_region(repeated).log_volume, rel=1e-12)


def test_priors_of_the_same_values_are_equal_and_can_be_keys():
    first = Prior(mean=np.array([1.0, 2.0]), scale=np.eye(2))
    assert first == Prior(mean=[1, 2], scale=[[1, 0], [0, 1]])
    assert len({first, Prior(mean=(1.0, 2.0), scale=np.eye(2)), Prior()}) == 2


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"mean": [1.0]}, "mean"),
        ({"mean": [1.0, np.nan]}, "mean"),
        ({"mean": "middle"}, "mean"),
        ({"shrinkage": -1}, "shrinkage"),
        ({"degrees_of_freedom": 1}, "degrees_of_freedom"),
        ({"scale": 0}, "scale"),
        ({"scale": [1.0, 2.0, 3.0]}, "scale"),
        ({"scale": [[1.0, 0.0], [0.0]]}, "scale"),
        ({"scale": [[1.0, 2.0], [2.0, 1.0]]}, "scale"),
        ({"scale": [[1.0, 0.5], [0.0, 1.0]]}, "scale"),
    ],
)
def test_a_part_without_meaning_is_named(changed, word):
    with pytest.raises(SettingsError, match=f"prior's {word} is"):
        Prior(**changed).check(2)


def test_a_scale_is_judged_in_any_unit():
    Prior(scale=[[1e-24, 0.4], [0.4, 1e24]]).check(2)
    with pytest.raises(SettingsError, match="scale"):
        Prior(scale=[[1e-24, 1.1], [1.1, 1e24]]).check(2)
    with pytest.raises(SettingsError, match="scale"):
        Prior(scale=[[1e-20, 0.0], [1e-21, 1e-20]]).check(2)


def test_collinear_columns_leave_the_default_scale_flat():
    X = np.outer(np.arange(6.0), [1.0, 1.0])
    with pytest.raises(SettingsError, match="depend on each other"):
        pseudo_rows(Prior(), get_family("full"), 2, X, unscaled(2))
    assert pseudo_rows(Prior(), get_family("diag"), 2, X, unscaled(2)).count > 0
