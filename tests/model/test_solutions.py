"""Starts that end in one place are one solution."""

import numpy as np
import pytest

from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.reference_data import eruptions


def test_starts_that_end_in_one_place_are_one_solution_and_the_winner_comes_first():
    fit = fit_mixture(eruptions(), FitSettings(4, n_init=8, seed=1))
    assert sum(solution.n_found for solution in fit.solutions) == len(fit.starts) == 8
    assert sum(solution.share for solution in fit.solutions) == pytest.approx(1.0)
    winner, *others = fit.solutions
    assert winner.sound
    assert winner.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)
    assert winner.means == tuple(map(tuple, fit.mixture.means.tolist()))
    assert all(other.log_likelihood < winner.log_likelihood for other in others if other.sound)
    assert all((solution.kind == "sound") == (solution.reason == "") for solution in fit.solutions)


def test_the_same_solution_with_its_groups_in_another_order_is_the_same_solution():
    labels = np.repeat([0, 1], 20)
    X = np.random.default_rng(3).normal(size=(40, 2)) + 8.0 * labels[:, None]
    assert len(fit_mixture(X, FitSettings(2, n_init=10, seed=0)).solutions) == 1
