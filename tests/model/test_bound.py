"""The lower bound that an EM step raises."""

from itertools import pairwise

import numpy as np
import pytest

from gmm_core.model.bound import along
from gmm_core.model.settings import FitSettings
from gmm_core.model.steps import Stepper, start_at
from tests.model.reference_data import eruptions, faithful

PLACES = np.linspace(-0.4, 1.4, 19)


@pytest.mark.parametrize(
    ("x", "means", "spreads"), [(eruptions(), [[2.5], [3.0]], [1.0]), (faithful(), [[3, 60], [3, 80]], [1, 9])]
)
def test_the_bound_touches_at_the_start_of_a_step_lies_below_and_is_highest_at_its_end(x, means, spreads):
    steps = Stepper.over(x, FitSettings()).walk(start_at(means, spreads), 5).steps
    for before, after in pairwise(steps):
        way = along(x, before.mixture, after.mixture, PLACES)
        start, end = np.abs(way.places).argmin(), np.abs(way.places - 1).argmin()
        assert len(way.places) > 11
        assert (way.lower_bound <= way.log_likelihood + 1e-9).all()
        assert way.lower_bound[start] == pytest.approx(way.log_likelihood[start], abs=1e-9)
        assert way.log_likelihood[start] == pytest.approx(before.log_likelihood, abs=1e-8)
        assert way.lower_bound.argmax() == end
        assert way.lower_bound[end] == pytest.approx(after.lower_bound, abs=1e-8)
