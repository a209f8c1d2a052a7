"""Statistics as vectors, and back, in every form of covariances."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.em.acceleration.coordinates import Coordinates, Statistics, counts_of
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.families import FAMILIES
from tests.model.drawing import FORMS, form_name, random_parameters, spd
from tests.model.oracle import packed_sums

every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)
N_COMPONENTS, N_FEATURES = 3, 2


def random_statistics(rng, form):
    """Moments of three groups about means of their own."""
    counts = rng.uniform(5.0, 20.0, N_COMPONENTS)
    scatter = np.array([n * spd(rng, N_FEATURES) for n in counts])
    first = rng.normal(size=(N_COMPONENTS, N_FEATURES))
    second = scatter + first[:, :, None] * first[:, None, :] / counts[:, None, None]
    return Statistics(Moments(np.nan, counts, first, packed_sums(form, second)), rng.normal(size=first.shape))


@pytest.fixture
def coordinates(form, rng):
    """About random parameters."""
    parameters, _ = random_parameters(rng, form, N_COMPONENTS, N_FEATURES)
    return Coordinates(parameters, np.array([10.0, 20.0, 30.0]))


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_a_vector_made_of_statistics_leads_to_the_same_m_step(family, rng):
    parameters, _ = random_parameters(rng, family.form, N_COMPONENTS, N_FEATURES)
    coordinates = Coordinates(parameters, np.array([10.0, 20.0, 30.0]))
    given, maximise = random_statistics(rng, family.form), Maximisation(family, 1e-8)
    back = coordinates.statistics(coordinates.of(given), given.moments)
    steps = [maximise(each.moments, each.means, parameters.covariances) for each in (given, back)]
    np.testing.assert_allclose(steps[1].weights, steps[0].weights, rtol=1e-12)
    np.testing.assert_allclose(steps[1].means, steps[0].means, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(steps[1].covariances, steps[0].covariances, rtol=1e-10, atol=1e-12)


@every_form
def test_what_the_noise_holds_is_part_of_the_vector_and_shares_the_rows_with_the_groups(form, coordinates, rng):
    reference = replace(coordinates.reference, noise=Noise(0.1, Region(np.zeros(N_FEATURES), np.eye(N_FEATURES))))
    given = random_statistics(rng, form)
    given = replace(given, moments=replace(given.moments, noise=3.0))
    noisy = Coordinates(reference, counts_of(given.moments, reference))
    here = noisy.of(given)
    assert len(here) == len(coordinates.of(given)) + 1
    back = noisy.statistics(here, given.moments).moments
    assert back.noise == pytest.approx(3.0)
    np.testing.assert_allclose(back.counts, given.moments.counts)
    moved = noisy.statistics(here + rng.normal(scale=0.3, size=len(here)), given.moments).moments
    assert moved.noise != pytest.approx(3.0)
    assert moved.counts.sum() + moved.noise == pytest.approx(given.moments.counts.sum() + 3.0)


@every_form
def test_any_vector_stands_for_statistics_with_positive_definite_scatter_and_the_rows_of_the_table(
    form, coordinates, rng
):
    like = random_statistics(rng, form).moments
    size = len(coordinates.of(Statistics(like, rng.normal(size=(N_COMPONENTS, N_FEATURES)))))
    found = coordinates.statistics(rng.normal(scale=20.0, size=size), like).moments
    assert found.counts.min() > 0
    assert found.counts.sum() == pytest.approx(like.counts.sum())
    assert np.isfinite(form.factor(found.second)).all()


@every_form
def test_near_the_reference_the_squared_length_of_a_step_is_twice_what_it_loses_in_likelihood(form, coordinates, rng):
    """The complete-data log-likelihood of the reference's own statistics falls by half the squared length."""
    reference, counts = coordinates.reference, coordinates.counts
    dense = form.to_dense(reference.covariances, N_COMPONENTS, N_FEATURES) * counts[:, None, None]
    own = Moments(np.nan, counts, np.zeros_like(reference.means), packed_sums(form, np.array(dense)))
    here = coordinates.of(Statistics(own, reference.means))
    step = 1e-3 * rng.normal(size=len(here))
    step[:N_COMPONENTS] -= np.sqrt(counts) * (np.sqrt(counts) @ step[:N_COMPONENTS]) / counts.sum()  # keeps the total
    moved = coordinates.statistics(here + step, own)
    covariances = _ml_covariances(form, moved.moments)
    lost = sum(
        _divergence(n, *before, *after)
        for n, before, after in zip(
            counts,
            zip(counts, reference.means, dense / counts[:, None, None], strict=True),
            zip(moved.moments.counts, moved.means, covariances, strict=True),
            strict=True,
        )
    )
    assert lost == pytest.approx(0.5 * step @ step, rel=0.02)


@every_form
def test_singular_scatter_has_no_coordinates(form, coordinates, rng):
    flat = Moments(np.nan, np.ones(N_COMPONENTS), np.zeros((N_COMPONENTS, N_FEATURES)), _zero_scatter(form))
    with pytest.raises(np.linalg.LinAlgError):
        coordinates.of(Statistics(flat, np.zeros((N_COMPONENTS, N_FEATURES))))


def test_the_reach_of_a_step_is_its_largest_change_for_a_single_row(rng):
    parameters, _ = random_parameters(rng, FORMS[0], N_COMPONENTS, N_FEATURES)
    coordinates = Coordinates(parameters, np.array([4.0, 9.0, 100.0]))
    step = np.zeros(N_COMPONENTS * (1 + N_FEATURES + 3))
    step[0], step[2] = 1.0, 3.0
    assert coordinates.reach(step) == pytest.approx(0.5)  # 1 / sqrt(4), against 3 / sqrt(100)


def _zero_scatter(form):
    return packed_sums(form, np.zeros((N_COMPONENTS, N_FEATURES, N_FEATURES)))


def _ml_covariances(form, moments):
    """Covariances (K, D, D) that the scatter of a form stands for where it is all that is known."""
    family = next(each for each in FAMILIES.values() if type(each.form) is type(form) and each.code in _WIDEST)
    packed = family.covariances(moments.second, moments.counts, N_FEATURES)
    return form.to_dense(packed, N_COMPONENTS, N_FEATURES)


_WIDEST = ("VVV", "EEE", "VVI", "VII")
"""The widest family of each form."""


def _divergence(n_rows, count, mean, covariance, other_count, other_mean, other_covariance):
    """What ``n_rows`` rows of a weighted normal distribution lose in log-likelihood under another."""
    precision, away = np.linalg.inv(other_covariance), other_mean - mean
    log_ratio = np.linalg.slogdet(other_covariance)[1] - np.linalg.slogdet(covariance)[1]
    spread = np.trace(precision @ covariance) - len(mean)
    return n_rows * (np.log(count / other_count) + 0.5 * (log_ratio + spread + away @ precision @ away))
