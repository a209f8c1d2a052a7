"""How far groups overlap: a bound on the error that holds, and that ranks pairs of columns."""

import dataclasses

import numpy as np
import pytest

from gmm_core.model.families import FAMILIES
from gmm_core.model.mixture import Mixture
from gmm_core.model.separation import overlap, pair_overlaps
from tests.model.test_mixture import random_mixture


@pytest.fixture
def mixture(rng):
    """Three groups of free shape in four columns."""
    return random_mixture(rng, FAMILIES["full"], n_components=3, n_features=4)


def test_equal_groups_of_one_variance_overlap_as_the_textbook_says():
    # Fukunaga (1990), equation 3.152 with S1 = S2 = 1: sqrt(P1 P2) exp(-(m1 - m2)^2 / 8)
    pair = Mixture(np.array([0.3, 0.7]), np.array([[0.0], [3.0]]), np.ones((2, 1, 1)), "full")
    assert overlap(pair) == pytest.approx(np.sqrt(0.21) * np.exp(-9 / 8))


def test_no_more_rows_go_wrong_than_the_bound_says(rng, mixture):
    x, labels = mixture.sample(50_000, rng)
    for columns, bound in pair_overlaps(mixture).items():
        wrong = (mixture.marginal(columns).labels(x[:, list(columns)]) != labels).mean()
        assert 0 < wrong < bound + 0.005


def test_pairs_come_with_the_least_overlap_first_and_as_their_marginals_have_it(mixture):
    found = pair_overlaps(mixture)
    assert len(found) == 6
    assert list(found.values()) == sorted(found.values())
    for columns, bound in found.items():
        assert bound == pytest.approx(overlap(mixture.marginal(columns)))
        assert bound >= overlap(mixture)


def test_units_change_no_overlap(mixture):
    other = mixture.rescaled(np.arange(4.0), np.array([1e-9, 1.0, 1e9, 2.0]))
    first, second = pair_overlaps(mixture), pair_overlaps(other)
    assert [first[each] for each in first] == pytest.approx([second[each] for each in first])


def test_one_group_overlaps_with_none(mixture):
    single = dataclasses.replace(mixture.permuted([0]), weights=np.ones(1))
    assert overlap(single) == 0.0
    assert pair_overlaps(single.marginal([0])) == {}


def test_of_many_columns_those_are_paired_that_tell_most_by_themselves(mixture):
    alone = [overlap(mixture.marginal([j])) for j in range(4)]
    best = tuple(sorted(np.argsort(alone)[:2].tolist()))
    assert pair_overlaps(mixture, most=2) == {best: pytest.approx(overlap(mixture.marginal(best)))}
