"""The noise: its region, the first guess of its rows, and EM with it against slow EM."""

import math

import numpy as np
import pytest

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import Noise, Region, data_region, sparse_rows, without_noise
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import get_family
from tests.model import oracle
from tests.model.drawing import FORMS, form_name, packed_covariances, random_parameters, spd, unscaled_rows

every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)


@pytest.fixture
def tilted(rng):
    """A narrow band of rows at 45 degrees."""
    along, across = rng.uniform(-5, 5, 200), rng.uniform(-0.2, 0.2, 200)
    return np.column_stack([3.0 + along + across, along - across - 1.0])


def inside(region, X):
    """Whether rows lie in a region, up to rounding."""
    u = np.linalg.solve(region.edges, (X - region.centre).T)
    return (np.abs(u) <= 0.5 + 1e-9).all(axis=0)


# -- the region --------------------------------------------------------------------------------------------------------


def test_the_region_is_the_smaller_of_the_boxes_along_the_columns_and_the_principal_axes(tilted, rng):
    principal = np.ptp(tilted @ np.linalg.svd(tilted - tilted.mean(axis=0))[2].T, axis=0)
    assert data_region(tilted).log_volume == pytest.approx(np.log(principal).sum())
    square = rng.uniform(size=(500, 2)) @ np.diag([1.0, 1.01])
    assert data_region(square).log_volume == pytest.approx(np.log(np.ptp(square, axis=0)).sum())


@pytest.mark.parametrize("n_features", [1, 2, 5])
def test_all_rows_lie_in_the_region_and_touch_its_sides(n_features, rng):
    X = rng.normal(size=(60, n_features)) @ rng.normal(size=(n_features, n_features))
    region = data_region(X)
    assert inside(region, X).all()
    assert not inside(Region(region.centre, region.edges * 0.99), X).all()


def test_rows_on_a_line_get_the_box_along_the_columns():
    X = np.outer(np.arange(5.0), [1.0, 2.0])
    assert data_region(X).volume == pytest.approx(4.0 * 8.0)


def test_a_volume_too_large_for_a_double_is_infinite_and_its_logarithm_is_not():
    region = Region(np.zeros(4), 1e100 * np.eye(4))
    assert region.volume == np.inf
    assert region.log_volume == pytest.approx(400 * math.log(10))


def test_another_volume_keeps_centre_and_proportions(tilted):
    region = data_region(tilted)
    larger = region.with_volume(math.log(50.0))
    assert larger.volume == pytest.approx(50.0)
    np.testing.assert_array_equal(larger.centre, region.centre)
    ratio = larger.edges / region.edges
    np.testing.assert_allclose(ratio, ratio[0, 0])


def test_a_region_seen_from_fewer_sides_holds_the_shadow_of_every_row(tilted):
    region = data_region(tilted)
    X = Noise(1.0, region).sample(300, np.random.default_rng(0))
    assert inside(region, X).all()
    assert inside(region.shadow([1]), X[:, [1]]).all()
    swapped = region.shadow([1, 0])
    assert inside(swapped, X[:, ::-1]).all()
    assert swapped.log_volume == pytest.approx(region.log_volume)


# -- the first guess ---------------------------------------------------------------------------------------------------


def test_rows_in_thin_company_are_taken_for_noise(rng):
    groups = np.concatenate([rng.normal(size=(200, 2)), rng.normal(size=(200, 2)) * 0.5 + 8.0])
    odd = rng.uniform(-20, 30, size=(40, 2))
    sparse = sparse_rows(np.concatenate([groups, odd]))
    assert sparse[400:].mean() > 0.8
    assert sparse[:400].mean() < 0.15


@pytest.mark.parametrize("X", [np.repeat(np.eye(2), 20, axis=0), np.zeros((30, 1)), np.array([[0.0], [1.0]])])
def test_ties_and_two_rows_are_no_noise(X):
    assert not sparse_rows(X).any()


def test_seeds_keep_at_least_half_of_the_rows(rng):
    X = rng.normal(size=(200, 2))
    X[:90] *= 1e-6
    rows, share = without_noise(X, Scaling(np.zeros(2), np.ones(2)))
    assert len(rows) >= 100
    assert 0.01 <= share <= 0.5


# -- E step and M step -------------------------------------------------------------------------------------------------


def slow_memberships(X, weights, means, covariances, noise):
    """Memberships (N, K + 1) with the noise's last, and the log-likelihood, row by row."""
    logs = oracle.log_component_densities(X, weights, means, covariances)
    rows = [[*row, math.log(noise.weight) - math.log(noise.region.volume)] for row in logs]
    return np.array([oracle.shares(row) for row in rows]), math.fsum(oracle.log_sum_exp(row) for row in rows)


def noisy(parameters, noise):
    """Parameters with their weights shrunk to make room for the noise."""
    p = parameters
    return Parameters(p.form, (1 - noise.weight) * p.weights, p.means, p.covariances, p.factor, noise)


@every_form
@pytest.mark.parametrize("scale", [1.0, 1e-4])
def test_an_e_step_with_noise_is_that_of_the_textbook(form, scale, rng):
    X = 2 * rng.normal(size=(60, 2))
    noise = Noise(0.2, data_region(X))
    parameters, (weights, means, covariances) = random_parameters(rng, form, 3, 2, scale)
    expect, parameters = Expectation(unscaled_rows(X)), noisy(parameters, noise)
    resp, log_likelihood = slow_memberships(X, 0.8 * weights, means, covariances, noise)
    moments = expect(parameters)
    assert moments.log_likelihood == pytest.approx(log_likelihood, rel=1e-11)
    assert moments.noise == pytest.approx(resp[:, -1].sum(), rel=1e-9)
    np.testing.assert_allclose(moments.counts, resp[:, :-1].sum(axis=0), rtol=1e-8, atol=1e-12)
    found = np.concatenate([block.T for block in expect.memberships(parameters)])
    np.testing.assert_allclose(found, resp, rtol=1e-7, atol=1e-13)
    labels = resp.argmax(axis=1)
    np.testing.assert_array_equal(expect.labels(parameters), np.where(labels == 3, -1, labels))
    assert expect.entropy(parameters) == pytest.approx(oracle.entropy(resp), rel=1e-8)


@pytest.mark.parametrize("family", ["full", "tied", "diag", "spherical"])
def test_iterations_with_noise_follow_slow_em_step_by_step(family, rng):
    X = np.concatenate([rng.normal(size=(25, 2)), rng.normal(size=(15, 2)) + 4.0, rng.uniform(-9, 9, size=(6, 2))])
    region, family = data_region(X), get_family(family)
    packed, dense = packed_covariances(family.form, np.array([spd(rng, 2, 2.0) for _ in range(2)]))
    start = noisy(Parameters.of(family.form, np.array([0.5, 0.5]), X[[0, 30]], packed), Noise(0.1, region))
    slow, noise, trace = (np.array([0.45, 0.45]), X[[0, 30]], dense), Noise(0.1, region), []
    for _ in range(6):
        resp, log_likelihood = slow_memberships(X, *slow, noise)
        trace.append(log_likelihood)
        slow, noise = oracle.m_step(X, resp[:, :-1], family.code), Noise(resp[:, -1].mean(), region)
    run = run_em(Expectation(unscaled_rows(X)), start, Maximisation(family, 1e-8, region=region), Control(0.0, 6))
    np.testing.assert_allclose(run.trace[:6], trace, rtol=1e-11)
    assert run.parameters.noise.weight == pytest.approx(noise.weight, rel=1e-9)
    np.testing.assert_allclose(run.parameters.weights, slow[0], rtol=1e-9)
    np.testing.assert_allclose(run.parameters.means, slow[1], rtol=1e-9, atol=1e-10)
    found = family.form.to_dense(run.parameters.covariances, 2, 2)
    np.testing.assert_allclose(found, slow[2], rtol=1e-9, atol=1e-10)


def test_noise_without_weight_stays_without_and_warns_of_nothing(rng):
    X = rng.normal(size=(40, 2))
    form, family = FORMS[0], get_family("full")
    parameters, plain = random_parameters(rng, form, 2, 2)
    moments = Expectation(unscaled_rows(X))(noisy(parameters, Noise(0.0, data_region(X))))
    assert moments.log_likelihood == pytest.approx(oracle.log_likelihood(X, *plain), rel=1e-12)
    assert Maximisation(family, 1e-8, region=data_region(X))(moments, parameters.means).noise.weight < 1e-14
