"""What is still to gain, from the gains so far."""

import math

import numpy as np
import pytest

from gmm_core.model.em.stopping import Course, aitken


def converging(rate, n, scale=1.0, limit=-500.0):
    """Values that approach a limit, each ``rate`` times as far from it as the one before."""
    return limit - scale * rate ** np.arange(n)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9, 0.999])
def test_what_a_geometric_sequence_has_to_gain_is_exact(rate):
    values = converging(rate, 6)
    assert aitken(values) == pytest.approx(-500.0 - values[-1], rel=1e-6)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_nothing_is_known_before_the_third_gain(n):
    assert math.isinf(aitken(converging(0.5, n)))


def test_gains_that_grow_again_are_no_sign_of_rest():
    assert math.isinf(aitken([-10.0, -9.9, -9.8999, -9.8]))


def test_one_gain_that_happens_to_be_small_is_no_sign_of_rest():
    assert aitken([-10.0, -9.0, -8.5, -8.4999999]) > 0.4


def test_gains_lost_in_rounding_are_rest():
    assert aitken([-1e6, -1e6 + 1e-10, -1e6, -1e6 + 1e-10]) == 0.0


def test_only_the_em_steps_since_the_last_proposal_count():
    course = Course([-100.0])
    for value, plain in [(-50.0, True), (-20.0, False), (-19.0, True), (-18.5, True)]:
        course.add(value, plain)
    assert math.isinf(course.remainder(None))
    course.add(-18.25, plain=True)
    assert course.remainder(None) == pytest.approx(0.25)
    assert course.remainder(0.125) == 0.125


def test_rest_needs_both_a_small_gain_and_little_left():
    course = Course([-3.0, -2.0])
    assert not course.at_rest(0.01, least=0.1)
    course.add(-1.99, plain=True)
    assert course.at_rest(0.01, least=0.1)
    assert not course.at_rest(0.2, least=0.1)
    assert not Course([-3.0]).at_rest(0.0, least=0.1)
