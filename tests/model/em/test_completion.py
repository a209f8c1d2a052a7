"""What is expected in gaps, against the textbook's formulas and in exact numbers."""

from fractions import Fraction

import numpy as np
import pytest

from gmm_core.model.em.completion import Directions, regression
from gmm_core.model.em.forms import Dense
from tests.model import oracle
from tests.model.drawing import FORMS, random_parameters


def test_regression_is_that_of_the_textbook(rng):
    parameters, (_, means, dense) = random_parameters(rng, FORMS[0], 2, 3)
    observed = np.array([0, 2])
    slopes, rest = regression(parameters.factor, observed)
    x = np.array([1.0, np.nan, -2.0])
    for k in range(2):
        expected, open_part = oracle.given_observed(x, means[k], dense[k])
        np.testing.assert_allclose(means[k] + slopes[k] @ (x - means[k])[observed], expected, rtol=1e-12)
        np.testing.assert_allclose(rest[k], open_part, rtol=1e-11, atol=1e-15)


def test_a_narrow_group_keeps_its_digits():
    """Five columns that are a common part plus 1 of their own: one on the four others, in exact numbers."""
    common = 2**20
    white = Dense().factor((np.eye(5) + common)[None])
    slopes, rest = regression(white, np.arange(1, 5))
    slope = Fraction(common, 1 + 4 * common)
    np.testing.assert_allclose(slopes[0, 0], float(slope), rtol=1e-9)
    assert rest[0, 0, 0] == pytest.approx(float(1 + slope), rel=1e-9)


def test_the_lengths_give_the_determinant_of_the_observed_columns(rng):
    _, (_, _, dense) = random_parameters(rng, FORMS[0], 2, 5)
    missing = np.array([[0, 1], [3, 4]])  # two patterns of two gaps
    directions = Directions.of(Dense().factor(dense), missing)
    for p, observed in enumerate(([1, 2, 4], [0, 2, 3])):
        for k in range(2):
            part = np.linalg.slogdet(dense[k][np.ix_(observed, observed)])[1]
            whole = np.linalg.slogdet(dense[k])[1]
            assert directions.log_lengths[k, p] == pytest.approx((part - whole) / 2, rel=1e-10)
