"""Row weights are frequencies: whole numbers equal repeated rows, for every family, from start to criteria."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from gmm_core.errors import DataError, NoSoundSolutionError
from gmm_core.model import scouting
from gmm_core.model.checking import POSITION
from gmm_core.model.choice.comparison import compare_models
from gmm_core.model.em.seeding import SEEDINGS
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import Seeds, UserStart, repeated, seeded
from tests.model.drawing import grouped_table
from tests.model.problems import problems
from tests.model.reference_data import faithful

every_family = pytest.mark.parametrize("family", FAMILIES)
every_seeding = pytest.mark.parametrize("seeding", SEEDINGS)


def weighted_table(rng, n_rows=80, n_features=2):
    """Rows (N, D) in two groups and whole weights (N,) from 0 to 3."""
    return grouped_table(rng, n_rows, n_features, 2), rng.integers(0, 4, n_rows)


def assert_same(fit, other):
    """Two fits with the same numbers to rounding."""
    assert (fit.total_weight, fit.n_iterations) == (other.total_weight, other.n_iterations)
    np.testing.assert_allclose(fit.trace, other.trace, rtol=1e-11)
    assert fit.entropy == pytest.approx(other.entropy, rel=1e-7, abs=1e-7)
    for name in ("weights", "means", "covariances"):
        np.testing.assert_allclose(getattr(fit.mixture, name), getattr(other.mixture, name), rtol=1e-9, atol=1e-9)


@every_family
@pytest.mark.parametrize("given_start", ["means", "responsibilities"])
def test_whole_weights_equal_repeated_rows_from_the_same_start(family, given_start, rng):
    X, weights = weighted_table(rng)
    resp = rng.dirichlet([1.0, 1.0], size=len(X))
    starts = {"means": 2 * [UserStart(means=X[:2])]}
    starts["responsibilities"] = [UserStart(responsibilities=r) for r in (resp, np.repeat(resp, weights, axis=0))]
    chosen = FitSettings(2, family, max_iter=20, tol=0.0)
    one, other = starts[given_start]
    weighted = fit_mixture(X, chosen, one, weights=weights)
    assert_same(weighted, fit_mixture(np.repeat(X, weights, axis=0), chosen, other))


@every_seeding
@every_family
def test_a_start_with_whole_weights_is_that_of_repeated_rows(family, seeding, rng):
    X, weights = weighted_table(rng)
    kind, seeds = FAMILIES[family], Seeds(seeding, 2, 1e-13)
    scaling = scaling_for(X, kind.own_scales, weights=weights)
    one = seeded(X, scaling, kind, seeds, np.random.default_rng(4), weights)
    other = seeded(np.repeat(X, weights, axis=0), scaling, kind, seeds, np.random.default_rng(4))
    for name in ("weights", "means", "covariances"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-12)


@every_seeding
@every_family
def test_whole_weights_end_where_repeated_rows_end(family, seeding, rng):
    X, weights = weighted_table(rng)
    chosen = FitSettings(2, family, n_init=1, init_params=seeding, max_iter=15, tol=0.0)
    weighted, repeats = fit_mixture(X, chosen, weights=weights), fit_mixture(np.repeat(X, weights, axis=0), chosen)
    assert weighted.log_likelihood == pytest.approx(repeats.log_likelihood, rel=1e-9)
    for name in ("weights", "means", "covariances"):
        one, other = getattr(weighted.mixture, name), getattr(repeats.mixture, name)
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)


@every_family
def test_whole_weights_give_the_best_solution_of_repeated_rows_and_its_criteria(family, rng):
    X, weights = faithful(), rng.integers(0, 3, 272)
    model = GaussianMixture(2, covariance_type=family, random_state=0).fit(X, sample_weight=weights)
    rows = np.repeat(X, weights, axis=0)
    other = GaussianMixture(2, covariance_type=family, random_state=0).fit(rows)
    assert model.log_likelihood_ == pytest.approx(other.log_likelihood_, rel=1e-10)
    assert model.lower_bound_ == pytest.approx(other.lower_bound_, rel=1e-10)
    np.testing.assert_allclose(model.means_, other.means_, rtol=1e-5)
    for criterion in ("bic", "aic", "icl", "score"):
        value = getattr(model, criterion)(X, sample_weight=weights)
        assert value == pytest.approx(getattr(other, criterion)(rows), rel=1e-7)
        assert value != pytest.approx(getattr(model, criterion)(X), rel=1e-3)


@every_family
@settings(max_examples=4)
@given(problem=problems())
def test_the_log_likelihood_never_falls_with_weights_of_any_size(family, problem):
    X, n_components = problem
    weights = np.random.default_rng(len(X)).exponential(size=len(X)) ** 3
    chosen = FitSettings(n_components, family, n_init=1, max_iter=40, tol=0.0)
    try:
        fit = fit_mixture(X, chosen, weights=weights, suggest=False, rescue=False)
    except NoSoundSolutionError:
        return
    assert np.diff(fit.trace).min() > -1e-10 * weights.sum()


@pytest.mark.parametrize("factor", [1e-90, 1e-3, 1e3, 1e90])
def test_scaling_all_weights_changes_the_number_of_rows_and_nothing_else(factor, rng):
    X, weights = faithful(), rng.uniform(0.5, 2.0, 272)
    chosen = FitSettings(2, n_init=2)
    fit, scaled = (fit_mixture(X, chosen, UserStart(means=X[:2]), weights=w) for w in (weights, factor * weights))
    assert scaled.n_rows == fit.n_rows == 272
    assert scaled.total_weight == pytest.approx(factor * fit.total_weight, rel=1e-12)
    assert scaled.log_likelihood == pytest.approx(factor * fit.log_likelihood, rel=1e-9)
    np.testing.assert_allclose(scaled.mixture.means, fit.mixture.means, rtol=1e-5)
    assert scaled.evidence.n_rows == scaled.total_weight


def test_weights_of_one_change_no_bit(rng):
    X = grouped_table(rng, 100, 2, 2)
    fit, weighted = (fit_mixture(X, FitSettings(2), weights=w) for w in (None, np.ones(100)))
    assert fit.trace.tobytes() == weighted.trace.tobytes()
    assert fit.starts == weighted.starts


def test_a_row_of_weight_zero_leaves_no_trace_but_keeps_its_number():
    X = np.array([[9e9], [0.0], [1.0], [10.0], [11.0], [99.0], [99.0], [99.0]])
    weights = [0, 1, 1, 1, 1, 0, 0, 0]
    fit = fit_mixture(X, FitSettings(2), weights=weights)
    assert fit.mixture.means.ravel().tolist() == pytest.approx([0.5, 10.5])
    assert (fit.n_rows, fit.total_weight) == (4, 4)
    table = pd.DataFrame({"a": [5.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.5, 4.0]}, index=pd.Index(range(10, 18), name=POSITION))
    with pytest.raises(NoSoundSolutionError) as error:
        fit_mixture(table, FitSettings(4, n_init=3), weights=[0, 1, 1, 1, 1, 1, 1, 1], suggest=False)
    assert set(error.value.rows) <= set(range(11, 18))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
def test_a_row_of_weight_zero_may_hold_anything(value, rng):
    X, weights = grouped_table(rng, 60, 2, 2), np.ones(61)
    rows = np.insert(X, 7, [value, 0.0], axis=0)
    weights[7] = 0
    for gaps in ("raise", "em"):
        plain, model = (GaussianMixture(2, n_init=1, random_state=0, missing_values=gaps) for _ in range(2))
        plain.fit(X), model.fit(rows, sample_weight=weights)
        np.testing.assert_array_equal(model.means_, plain.means_)
        for method in ("score", "bic", "aic", "icl"):
            assert getattr(model, method)(rows, sample_weight=weights) == pytest.approx(getattr(plain, method)(X))
    with pytest.raises(DataError, match="Row 8, column 1"):
        GaussianMixture(2).fit(rows)


def test_a_row_out_of_reach_is_told_by_its_place_among_those_of_weight_zero(rng):
    X = grouped_table(rng, 60, 2, 2) * 1e-90
    model = GaussianMixture(2, n_init=1, random_state=0).fit(X)
    X[[2, 20]] = 1e99
    with pytest.raises(DataError, match="Row 21, column 1"):
        model.score(X, sample_weight=np.arange(60) > 5)


def test_memberships_of_rows_of_weight_zero_are_not_looked_at(rng):
    X, kept = grouped_table(rng, 60, 2, 2), np.arange(60) > 5
    resp = rng.dirichlet([1.0, 1.0], size=60)
    odd = np.where(kept[:, None], resp, np.nan)
    one, other = (GaussianMixture(2, responsibilities_init=r).fit(X, sample_weight=kept) for r in (resp, odd))
    assert one.means_.tobytes() == other.means_.tobytes()


def test_a_light_group_of_many_rows_beside_a_heavy_one_is_not_taken_for_empty(rng):
    X = np.concatenate([rng.normal(0, 1, (60, 2)), rng.normal(9, 1, (60, 2))])
    centres = np.array([X[:60].mean(axis=0), X[60:].mean(axis=0)])
    fit = fit_mixture(X, FitSettings(2), UserStart(means=centres), weights=np.repeat([1.0, 1e6], 60))
    np.testing.assert_allclose(fit.mixture.means, centres, atol=1e-3)
    assert fit.mixture.weights[0] == pytest.approx(1e-6, rel=1e-3)


def test_weights_count_where_starts_are_tried_on_a_sample(monkeypatch, rng):
    monkeypatch.setattr(scouting, "SCOUT_ROWS", 200)
    X, weights = weighted_table(rng, 1000)
    fit = fit_mixture(X, FitSettings(2), weights=weights)
    assert 100 < fit.starts[0].n_rows <= 200
    repeats = fit_mixture(np.repeat(X, weights, axis=0), FitSettings(2))
    assert fit.log_likelihood == pytest.approx(repeats.log_likelihood, rel=1e-9)


def test_the_comparison_counts_by_weights_too(rng):
    X, weights = weighted_table(rng, 60)
    grids = [
        compare_models(X, [1, 2], "full", n_init=1, sample_weight=weights),
        compare_models(np.repeat(X, weights, axis=0), [1, 2], "full", n_init=1),
    ]
    for cell, other in zip(*(grid.cells for grid in grids), strict=True):
        assert [cell.bic, cell.icl, cell.aic] == pytest.approx([other.bic, other.icl, other.aic], rel=1e-8)
    assert grids[0].best().log_likelihood_ == pytest.approx(grids[1].best().log_likelihood_, rel=1e-9)


def test_a_group_on_heavy_ties_is_as_unsound_as_on_repeated_rows():
    X = np.concatenate([np.linspace(0, 1, 20), [5.0]])[:, None]
    weights = np.ones(21)
    weights[-1] = 500
    with pytest.raises(NoSoundSolutionError, match="shrunk onto row 21, with no spread in column 1"):
        fit_mixture(X, FitSettings(2), weights=weights, suggest=False)


# -- weights as often as rows are drawn -----------------------------------------------------------------------------


def test_whole_weights_repeat_each_row_as_often(rng):
    assert repeated(np.array([0.0, 2.0, 1.0, 0.0, 3.0]), 100, rng).tolist() == [1, 1, 2, 4, 4, 4]


def test_other_weights_repeat_each_row_to_within_one(rng):
    weights = rng.exponential(size=300)
    for most in (150, 5000):
        positions = repeated(weights, most, rng)
        assert len(positions) <= most
        expected = len(positions) * weights / weights.sum()
        assert np.abs(np.bincount(positions, minlength=300) - expected).max() < 1
        assert (np.diff(positions) >= 0).all()


# -- bad weights ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([1, 1, -2, 1], "Row 3 has the weight -2; 1 such weight(s) in all. Give weights of 0, which leaves a row out"),
        ([1, np.nan, 1, np.nan], "Row 2 has the weight nan; 2 such weight(s) in all."),
        ([1, 1, 1, np.inf], "Row 4 has the weight inf; 1 such weight(s) in all."),
        ([1e200, 1, 1, 1], "Row 1 has the weight 1e+200; 1 such weight(s) in all."),
        ([1, 1, 5e-324, 1], "Row 3 has the weight 4.94066e-324; 1 such weight(s) in all."),
        ([0, 0, 0, 0], "All row weights are zero, so no row is left."),
        ([1, 1, 1], "The row weights have shape (3,). Give one weight for each of the 4 rows."),
        ([[1], [1], [1], [1]], "The row weights have shape (4, 1)."),
        (2.0, "The row weights have shape ()."),
        (list("abcd"), "The row weights are not numbers."),
        ([1, 1, 1, 10**400], "Row 4 has the weight inf; 1 such weight(s) in all."),
        (np.array([1j] * 4), "The row weights are not numbers."),
        ([0, 0, 1, 0], "Row 3 is the only one that counts (n_samples = 1)"),
        ([1, 1, 0, 0], "3 groups cannot be told apart in 2 distinct row(s)."),
    ],
)
def test_weights_that_are_none_are_refused_with_a_sentence_and_a_remedy(weights, sentence):
    with pytest.raises(DataError) as error:
        GaussianMixture(3).fit([[1.0], [2.0], [4.0], [8.0]], sample_weight=weights)
    assert str(error.value).startswith(sentence)
    assert error.value.remedy
