"""How certain memberships are, and which rows that leaves undecided."""

import math

import numpy as np
import pytest

from gmm_core.model.certainty import decided, entropies, least_certain, margins

RESP = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.2, 0.7, 0.1], [1 / 3, 1 / 3, 1 / 3]])


def test_entropy_is_a_part_of_its_most_and_the_margin_is_the_lead():
    uneven = -sum(p * math.log(p) for p in (0.2, 0.7, 0.1)) / math.log(3)
    assert entropies(RESP).tolist() == pytest.approx([0.0, math.log(2) / math.log(3), uneven, 1.0])
    assert margins(RESP).tolist() == pytest.approx([1.0, 0.0, 0.5, 0.0])
    assert entropies(np.ones((2, 1))).tolist() == [0.0, 0.0]
    assert margins(np.ones((2, 1))).tolist() == [1.0, 1.0]


def test_rows_below_the_threshold_are_undecided():
    assert decided(RESP, 0.7).tolist() == [0, -1, 1, -1]
    assert decided(RESP, 0.0).tolist() == [0, 0, 1, 0]


def test_the_least_certain_rows_come_first_and_as_many_as_wanted():
    certainty = RESP.max(axis=1)
    assert least_certain(certainty, 0.9).tolist() == [3, 1, 2]
    assert least_certain(certainty, 0.9, 2).tolist() == [3, 1]
    assert least_certain(certainty, 0.1).tolist() == []
    many = np.random.default_rng(0).choice([0.5, 0.6, 0.7], 1_000)
    assert least_certain(many, 0.65, 10).tolist() == least_certain(many, 0.65)[:10].tolist()
