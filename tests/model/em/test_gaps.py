"""The E step over rows with gaps, against loops over rows."""

import numpy as np
import pytest

from gmm_core.model.em import expectation, gaps, thin
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.gaps import ExpectationWithGaps, count_patterns, expectation_over, patterns
from gmm_core.model.em.rows import Scaling
from gmm_core.model.threads import within_cores
from tests.model import oracle
from tests.model.drawing import FORMS, form_name, random_parameters, unscaled_rows, with_gaps
from tests.model.em.test_expectation import bits

every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)


@pytest.fixture(params=[0, 4, 10**6], ids=["pattern by pattern", "mixed", "at once"])
def few_rows(request, monkeypatch):
    """Below how many rows patterns are worked out at once."""
    monkeypatch.setattr(gaps, "FEW_ROWS", request.param)
    monkeypatch.setattr(thin, "BLOCK", 7)
    return request.param


def plain_scaling(n_features):
    """No scaling."""
    return Scaling(np.zeros(n_features), np.ones(n_features))


@every_form
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("scale", [1.0, 1e-7])  # both kernels
def test_an_e_step_gives_the_expected_moments_of_loops_over_rows(form, weighted, scale, few_rows, small_blocks, rng):
    parameters, (weights, means, dense) = random_parameters(rng, form, 3, 4, scale)
    X = with_gaps(rng, 2 * rng.normal(size=(60, 4)))
    row_weights = rng.exponential(size=60) if weighted else np.ones(60)
    found = expectation_over(X, plain_scaling(4), row_weights if weighted else None)(parameters)
    logs = oracle.observed_log_component_densities(X, weights, means, dense)
    resp = np.array([oracle.shares(row) for row in logs]) * row_weights[:, None]
    counts, first, second = oracle.moments_with_gaps(X, resp, means, dense, means)
    expected = sum(w * oracle.log_sum_exp(row) for w, row in zip(row_weights, logs, strict=True))
    assert found.log_likelihood == pytest.approx(expected, rel=1e-11)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-7)
    np.testing.assert_allclose(found.first, first, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(found.second, oracle.packed_sums(form, second), rtol=1e-7, atol=1e-7)


@every_form
def test_memberships_labels_entropy_and_rows_held_follow_the_order_of_the_rows(form, few_rows, small_blocks, rng):
    parameters, plain = random_parameters(rng, form, 3, 3)
    X, row_weights = with_gaps(rng, rng.normal(size=(60, 3))), rng.exponential(size=60)
    expect = expectation_over(X, plain_scaling(3), row_weights)
    resp = np.array([oracle.shares(row) for row in oracle.observed_log_component_densities(X, *plain)])
    np.testing.assert_allclose(np.concatenate([r.T for r in expect.memberships(parameters)]), resp, rtol=1e-10)
    np.testing.assert_array_equal(expect.labels(parameters), resp.argmax(axis=1))
    np.testing.assert_allclose(expect.rows_held(parameters), resp.sum(axis=0), rtol=1e-10)
    expected = sum(w * oracle.entropy(row) for w, row in zip(row_weights, resp, strict=True))
    assert expect.entropy(parameters) == pytest.approx(expected, rel=1e-10)
    assert expect.total_weight == pytest.approx(row_weights.sum())
    np.testing.assert_allclose(expect.column_weights, row_weights @ ~np.isnan(X), rtol=1e-12)


def test_the_bits_are_the_same_with_one_two_and_three_threads(few_rows, small_blocks, rng, monkeypatch):
    monkeypatch.setattr(expectation, "WORTH_THREADS", 0)
    X = with_gaps(rng, rng.normal(size=(400, 3)))
    parameters, _ = random_parameters(rng, FORMS[0], 4, 3)
    found = []
    for n_threads in (1, 2, 3):
        with within_cores(n_threads):
            found.append(bits(expectation_over(X, plain_scaling(3))(parameters)))
    assert found[0] == found[1] == found[2]


def test_a_table_without_gaps_takes_the_way_that_it_always_takes(rng):
    X = rng.normal(size=(60, 2))
    parameters, _ = random_parameters(rng, FORMS[0], 3, 2)
    expect = expectation_over(X, plain_scaling(2))
    assert type(expect) is Expectation
    assert bits(expect(parameters)) == bits(Expectation(unscaled_rows(X))(parameters))
    assert type(expectation_over(with_gaps(rng, X), plain_scaling(2))) is ExpectationWithGaps


def test_every_row_is_in_the_pattern_of_its_columns(rng):
    X = with_gaps(rng, rng.normal(size=(200, 11)))
    found = list(patterns(X))
    assert sorted(np.concatenate([rows for rows, _ in found]).tolist()) == list(range(200))
    assert len({tuple(observed) for _, observed in found}) == len(found)
    for rows, observed in found:
        assert (np.diff(rows) > 0).all()
        expected = np.isin(np.arange(11), observed)
        assert (~np.isnan(X[rows]) == expected).all()


def test_patterns_are_counted_on_some_of_the_rows_of_a_long_table(rng):
    X = with_gaps(rng, rng.normal(size=(200, 4)))
    assert count_patterns(X) == len(list(patterns(X)))
    assert 1 < count_patterns(X, n_rows=20) <= 20
    assert count_patterns(np.zeros((5, 2))) == 1


def test_rows_of_gaps_only_are_a_pattern_without_columns():
    (rows, observed), (others, both) = patterns(np.array([[1.0, 2.0], [np.nan, np.nan], [3.0, 4.0]]))
    assert (rows.tolist(), observed.tolist()) == ([1], [])
    assert (others.tolist(), both.tolist()) == ([0, 2], [0, 1])
