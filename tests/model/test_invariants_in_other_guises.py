"""What must hold for every family when the same table comes in another order or in other units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.families import FAMILIES
from tests.model.problems import (
    drop_equal_components,
    drop_loose_axes,
    every_family,
    few,
    first_rows,
    problems,
    scales,
    seeds,
    sound_fit,
)

pytestmark = pytest.mark.usefixtures("without_rescues")


@every_family
@few
@given(problem=problems(), seed=seeds)
def test_the_order_of_the_rows_changes_nothing(family, problem, seed):
    X, n_components = problem
    order = np.random.default_rng(seed).permutation(len(X))
    start = first_rows(X, n_components)
    plain, shuffled = (sound_fit(rows, n_components, family, start, acceleration=None) for rows in (X, X[order]))
    np.testing.assert_allclose(shuffled.trace, plain.trace, rtol=1e-8)
    drop_equal_components(X, plain.mixture)
    found, expected = shuffled.mixture.memberships(X), plain.mixture.memberships(X)
    np.testing.assert_allclose(found, expected, atol=1e-5)


@every_family
@settings(few, max_examples=2)
@given(problem=problems(), seed=seeds)
def test_accelerated_fits_do_not_depend_on_the_order_of_the_rows_once_they_have_settled(family, problem, seed):
    X, n_components = problem
    order = np.random.default_rng(seed).permutation(len(X))
    start, settled = first_rows(X, n_components), {"tol": 1e-10, "max_iter": 2000}
    one, other = (sound_fit(rows, n_components, family, start, **settled) for rows in (X, X[order]))
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8 * len(X))


@every_family
@few
@given(problem=problems(), seed=seeds)
def test_the_order_of_the_columns_changes_only_the_order_of_the_components(family, problem, seed):
    X, n_components = problem
    order = np.random.default_rng(seed).permutation(X.shape[1])
    tables = X, X[:, order]
    plain, shuffled = (
        sound_fit(rows, n_components, family, first_rows(rows, n_components), acceleration=None) for rows in tables
    )
    np.testing.assert_allclose(shuffled.trace, plain.trace, rtol=1e-8)
    np.testing.assert_allclose(shuffled.mixture.log_density(X[:, order]), plain.mixture.log_density(X), atol=1e-5)


def units(family, n_features):
    """Scales that a family promises not to mind: one for each column, or, for spheres, the same for all."""
    if FAMILIES[family].any_units:
        return st.lists(scales, min_size=n_features, max_size=n_features).map(np.array)
    return scales.map(lambda scale: np.full(n_features, scale))


@every_family
@few
@given(problem=problems(), data=st.data())
def test_other_units_change_no_membership_and_the_log_likelihood_by_the_jacobian_alone(family, problem, data):
    X, n_components = problem
    scale = data.draw(units(family, X.shape[1]))
    shift = scale * data.draw(st.floats(-1e3, 1e3))
    moved = shift + scale * X
    plain, other = (sound_fit(rows, n_components, family, first_rows(rows, n_components)) for rows in (X, moved))
    jacobian = len(X) * np.log(scale).sum()
    np.testing.assert_allclose(other.trace, plain.trace - jacobian, rtol=1e-7, atol=1e-6 * len(X))
    drop_equal_components(X, plain.mixture)
    drop_loose_axes(X, plain.mixture)
    np.testing.assert_allclose(other.mixture.memberships(moved), plain.mixture.memberships(X), atol=1e-4)
    expected = plain.mixture.rescaled(shift, scale)
    np.testing.assert_allclose((other.mixture.means - expected.means) / scale, 0, atol=1e-4)
    outer = np.multiply.outer(scale, scale)
    np.testing.assert_allclose((other.mixture.covariances - expected.covariances) / outer, 0, atol=1e-3)


@every_family
@few
@given(problem=problems(), data=st.data())
def test_other_units_change_no_difference_of_a_criterion(family, problem, data):
    X, n_components = problem
    scale = data.draw(units(family, X.shape[1]))

    def differences(rows):  # of plain EM: before it has settled, accelerated EM makes rounding visible
        numbers = (1, n_components + 1)
        fits = (sound_fit(rows, k, family, first_rows(rows, k), acceleration=None) for k in numbers)
        one, more = (fit.evidence for fit in fits)
        return [criterion(more) - criterion(one) for criterion in CRITERIA.values()]

    np.testing.assert_allclose(differences(scale * X), differences(X), rtol=1e-4, atol=1e-3)


def test_spheres_do_depend_on_the_units_of_the_columns_relative_to_each_other():
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(size=(40, 2)), rng.normal([0.0, 4.0], size=(40, 2))])
    as_drawn, stretched = (
        sound_fit(rows, 2, "spherical", max_iter=200).mixture.labels(rows) for rows in (X, X * [100.0, 1.0])
    )
    agreement = (as_drawn == stretched).mean()
    assert max(agreement, 1 - agreement) < 0.9
