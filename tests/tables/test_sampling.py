"""A sample of a scatter shows every group and the odd rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.sampling import most_telling


def _groups(sizes, rng):
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return rng.normal(size=(len(labels), 2)) + 20 * labels[:, None], np.eye(len(sizes))[labels], labels


def test_a_small_group_is_not_lost(rng):
    x, memberships, labels = _groups([50_000, 200, 3], rng)
    drawn = np.bincount(labels[most_telling(x, memberships, 2_000)])
    assert drawn[1] == 200
    assert drawn[2] == 3
    assert drawn.sum() == 2_000


def test_odd_rows_of_every_group_are_kept(rng):
    x, memberships, _ = _groups([5_000, 5_000], rng)
    x[17] += 12
    x[7_000, 1] -= 15
    assert {17, 7_000} <= set(most_telling(x, memberships, 200).tolist())


def test_the_seed_decides_the_sample(rng):
    x, memberships, _ = _groups([5_000, 5_000], rng)
    one, same, other = (most_telling(x, memberships, 500, seed) for seed in (1, 1, 2))
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()


@pytest.mark.filterwarnings("error")
def test_rows_that_are_all_the_same_can_be_sampled():
    assert len(most_telling(np.ones((100, 2)), np.ones((100, 1)), 10)) == 10


@given(
    sizes=st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any),
    size=st.integers(1, 150),
    seed=st.integers(0, 9),
)
def test_there_are_as_many_as_asked_for_and_none_twice(sizes, size, seed):
    x, memberships, _ = _groups(sizes, np.random.default_rng(seed))
    drawn = most_telling(x, memberships, size, seed)
    assert len(drawn) == min(size, sum(sizes))
    assert (np.diff(drawn) > 0).all()
