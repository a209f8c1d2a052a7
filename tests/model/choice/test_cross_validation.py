"""Held-out log-likelihood."""

import math

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.choice.comparison import compare_models
from gmm_core.model.choice.cross_validation import _folds, cross_validated
from gmm_core.model.settings import FitSettings
from tests.model.reference_data import CUSTOMERS, WAIT_TIMES, faithful

ONE = FitSettings(n_init=1)
WITH_GAPS = faithful().copy()
WITH_GAPS[::7, 0] = WITH_GAPS[3::11, 1] = np.nan


def test_folds_hold_each_row_once_and_differ_by_one_row_at_most():
    folds = _folds(23, 5, seed=3)
    assert sorted(np.concatenate(folds)) == list(range(23))
    assert {len(fold) for fold in folds} == {4, 5}


def test_for_one_group_it_is_the_log_density_under_the_moments_of_the_other_rows():
    (cell,) = compare_cells(faithful(), [(1, "full")], ONE, n_folds=4)
    expected = 0.0
    for fold in _folds(272, 4, ONE.seed):
        rest = np.delete(faithful(), fold, axis=0)
        d = faithful()[fold] - rest.mean(axis=0)
        cov = np.cov(rest.T, bias=True)
        expected -= 0.5 * (np.einsum("ni,ij,nj->", d, np.linalg.inv(cov), d) + len(fold) * np.linalg.slogdet(cov)[1])
        expected -= len(fold) * np.log(2 * np.pi)
    assert cell.cross_validated == pytest.approx(expected, rel=1e-9)
    assert cell.value("cross_validated") == -2 * cell.cross_validated
    assert cell.cross_validated < cell.log_likelihood


def test_it_prefers_two_groups_on_old_faithful_to_one():
    compared = compare_models(faithful(), [1, 2], "tied", n_init=1, cross_validation=5)
    assert compared.best_cell("cross_validated").n_components == 2
    again = compared.extended(3)
    assert not math.isnan(again.cells[2].cross_validated)


def test_rows_with_gaps_and_weights_are_held_out_too():
    weights = np.tile([1, 2], 136)
    gaps = FitSettings(n_init=1, missing_values="em")
    (cell,) = compare_cells(WITH_GAPS, [(2, "diag")], gaps, weights=weights, n_folds=3)
    (plain,) = compare_cells(WITH_GAPS, [(2, "diag")], gaps, n_folds=3)
    assert 1.2 < cell.cross_validated / plain.cross_validated < 1.8
    assert cell.notes == ()


def test_a_fold_without_a_sound_solution_is_told():
    (cell,) = compare_cells(CUSTOMERS, [(2, "diag")], ONE)
    held = cross_validated(cell, CUSTOMERS, ONE, n_folds=6)
    assert held.sound
    assert math.isnan(held.cross_validated)
    assert any(note.startswith("Without fold 1 of 6: ") for note in held.notes)


def test_a_stop_leaves_the_cell_as_it_was():
    (cell,) = compare_cells(faithful(), [(2, "full")], ONE)
    assert cross_validated(cell, faithful(), ONE, watch=lambda progress: False) is cell


@pytest.mark.parametrize("n_folds", [1, 9, 2.5])
def test_folds_must_be_from_two_to_the_number_of_rows(n_folds):
    with pytest.raises(SettingsError, match="n_folds"):
        compare_models(WAIT_TIMES, 1, cross_validation=n_folds)
