"""The grid of K by family."""

import math

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError, NoSoundSolutionError, SettingsError
from gmm_core.model import search
from gmm_core.model.choice.cell import lowest
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.choice.comparison import Comparison, compare_models
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.em.priors import Prior
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import COMMON
from gmm_core.model.settings import FitSettings
from tests.model.reference_data import CUSTOMERS, SIX_POINTS, WAIT_TIMES, eruptions, faithful


@pytest.fixture(scope="module")
def compared():
    """Old Faithful's durations, K from 1 to 3, the common families."""
    return compare_models(eruptions(), range(1, 4), n_init=3, random_state=0)


def test_there_is_one_cell_for_each_pair_the_small_k_first(compared):
    pairs = [(cell.n_components, cell.covariance_type) for cell in compared.cells]
    assert pairs == [(k, name) for k in (1, 2, 3) for name in COMMON]


def test_a_cell_holds_what_a_fit_of_its_own_gives(compared):
    for cell in compared.cells[4:6]:
        model = GaussianMixture(cell.n_components, covariance_type=cell.covariance_type, n_init=3, random_state=0)
        model.fit(eruptions())
        assert cell.log_likelihood == pytest.approx(model.log_likelihood_, rel=1e-6)
        assert cell.n_parameters == model.n_parameters_
        for name in CRITERIA:
            assert getattr(cell, name) == pytest.approx(getattr(model, name)(eruptions()), rel=1e-6)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_best_is_a_fitted_model_of_the_cell_with_the_lowest_value(compared, criterion):
    best = compared.best(criterion)
    cell = compared.best_cell(criterion)
    assert getattr(cell, criterion) == min(getattr(c, criterion) for c in compared.cells)
    assert (best.n_components, best.covariance_type) == (cell.n_components, cell.covariance_type)
    assert best.log_likelihood_ == cell.log_likelihood
    assert best.predict(eruptions()).shape == (272,)


def test_best_repeats_the_cell_with_all_the_settings_it_was_fitted_with():
    settings = FitSettings(n_init=2, seed=3, tol=1e-3, max_iter=7, variance_floor=1e-4, prior=Prior(), noise=True)
    cells = tuple(compare_cells(eruptions(), [(2, "full")], settings))
    best = Comparison(cells, settings, eruptions()).best()
    assert best.log_likelihood_ == cells[0].log_likelihood
    assert best.n_iter_ <= 7


def test_in_one_dimension_full_diag_and_spherical_are_the_same_model(compared):
    cells = {(c.n_components, c.covariance_type): c.log_likelihood for c in compared.cells}
    for name in ("diag", "spherical"):
        assert cells[2, name] == pytest.approx(cells[2, "full"], rel=1e-9)


def test_an_unsound_cell_has_a_reason_and_no_numbers_and_never_wins():
    compared = compare_models(CUSTOMERS, [2], ["full", "diag"], random_state=0)
    full, diag = compared.cells
    assert not full.sound
    assert "rows 1, 3 and 5" in full.reason or "rows 2, 4 and 6" in full.reason
    assert full.n_parameters == 11
    assert all(math.isnan(value) for value in (full.log_likelihood, full.bic, full.aic, full.icl))
    assert (diag.sound, diag.reason) == (True, "")
    assert compared.best_cell() is diag


def test_more_groups_than_distinct_rows_is_a_reason_not_an_error():
    compared = compare_models(WAIT_TIMES[:3], [1, 4], ["full"], random_state=0)
    assert compared.cells[0].sound
    assert compared.cells[1].reason == "4 groups cannot be told apart in 3 distinct row(s)."


def test_reasons_name_the_columns_of_a_data_frame():
    table = pd.DataFrame(CUSTOMERS, columns=["order value", "orders a year"])
    (cell,) = compare_models(table, [2], ["full"], random_state=0).cells
    assert "order value and orders a year" in cell.reason


def test_where_no_cell_is_sound_best_says_so():
    compared = compare_models(CUSTOMERS, [2], ["full"], random_state=0)
    with pytest.raises(NoSoundSolutionError, match="No number of groups and no family has a sound solution"):
        compared.best()


def test_an_unsound_cell_is_not_paid_for_with_a_search_for_a_family_that_would_do(monkeypatch):
    tried = []
    original = search.run_em
    monkeypatch.setattr(search, "run_em", lambda *given: tried.append(given[2].family.name) or original(*given))
    compare_models(CUSTOMERS, [2], ["full"], n_init=4, random_state=0)
    assert set(tried) == {"full"}


def test_an_unknown_criterion_is_refused(compared):
    with pytest.raises(SettingsError, match=r"There is no criterion 'BIC'. Choose one of bic, icl, aic"):
        compared.best("BIC")


@pytest.mark.parametrize(("k", "family"), [(0, "full"), (1.5, "full"), (2, "oval")])
def test_settings_without_meaning_are_refused(k, family):
    with pytest.raises(SettingsError):
        compare_models(eruptions(), [k], [family])


@pytest.mark.parametrize("table", [[["a"], ["b"]], [1.0, 2.0], [[1.0], [np.nan]]], ids=["text", "flat", "gap"])
def test_what_is_no_table_of_numbers_is_refused(table):
    with pytest.raises(DataError):
        compare_models(table, [1], ["full"])


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[1.0, 2.0]], "a single row"),
        ([[1.0, float(i)] for i in range(20)], "column 1 has the same value in every row"),
        ([[1.0], [2.0]] * 10, "cannot be told apart in 2 distinct row"),
    ],
    ids=["one row", "constant column", "ties"],
)
def test_a_table_that_cannot_carry_a_model_is_a_reason_in_its_cell_and_the_grid_goes_on(table, reason):
    cells = compare_models(table, [1, 3], ["full", "spherical"], n_init=1).cells
    assert len(cells) == 4
    assert all(not cell.sound and cell.reason.count(".") == 1 for cell in cells[2:])
    assert all(reason in cell.reason for cell in cells[2:])


def test_parameters_are_counted_against_the_numbers_that_are_there_not_the_gaps():
    X = np.array([[0.0, 1.0], [1.0, np.nan], [np.nan, 3.0], [4.0, 0.5]])
    (cell,) = compare_models(X, [2], ["diag"], missing_values="em").cells
    assert cell.reason == "9 free parameters are more than the table's 6 numbers."


def test_a_cell_says_why_it_has_no_aicc_and_how_many_starts_found_its_solution():
    small, large = compare_models(WAIT_TIMES, [1, 2], "spherical").cells
    assert small.notes == ()
    assert (small.found, math.isnan(small.cross_validated)) == (1.0, True)
    (few,) = compare_models(WAIT_TIMES[:6], [2], "spherical").cells
    assert 0 < large.found <= 1
    assert math.isnan(few.aicc)
    assert few.notes == ("AICc needs more than 6 rows for 5 free parameters; there are 6.",)
    with pytest.raises(NoSoundSolutionError, match=r"No model has a value of aicc\. Choose another criterion\."):
        lowest([few], "aicc")


def test_the_same_seed_gives_the_same_cells():
    first, second = (compare_models(WAIT_TIMES, [1, 2], n_init=2, random_state=7) for _ in range(2))
    assert first.cells == second.cells


def test_a_model_with_more_parameters_than_the_table_has_numbers_is_not_fitted():
    compared = compare_models(SIX_POINTS, range(1, 5), random_state=0)
    tied = next(cell for cell in compared.cells if (cell.n_components, cell.covariance_type) == (4, "tied"))
    assert not tied.sound
    assert tied.reason == "14 free parameters are more than the table's 12 numbers."
    assert (compared.best_cell().n_components, compared.best_cell().covariance_type) == (2, "tied")


def test_one_number_of_groups_and_one_family_may_stand_for_themselves():
    compared = compare_models(WAIT_TIMES, 2, "full", random_state=0)
    assert [(cell.n_components, cell.covariance_type) for cell in compared.cells] == [(2, "full")]


# -- carried on ------------------------------------------------------------------------------------------------------


def cells_of(compared):
    """Cells as text, exact to the last digit; nan is not equal to itself."""
    return [repr(cell) for cell in compared.cells]


def test_a_comparison_carried_on_is_that_of_the_whole_grid():
    whole = compare_models(faithful(), range(1, 5), ["tied", "full"], n_init=1)
    first = compare_models(faithful(), [1, 2, 4], "tied", n_init=1)
    grown = first.extended(3).extended(covariance_types="full").extended(5)
    assert cells_of(whole) == [repr(cell) for cell in sorted(grown.cells, key=lambda cell: cell.n_components)[:8]]
    assert grown.cells[0] is first.cells[0], "a cell that was done is fitted again"
    assert len(grown.cells) == 10


def test_a_cell_whose_guide_is_new_is_fitted_again():
    first = compare_models(faithful(), [1, 3], "full", n_init=1)
    grown = first.extended(2)
    assert [cell.n_components for cell in grown.cells] == [1, 3, 2]
    assert grown.cells[0] is first.cells[0]
    assert grown.cells[1].log_likelihood >= first.cells[1].log_likelihood
    assert len(grown.cells[1].fit.starts) > len(first.cells[1].fit.starts)


def test_a_stopped_comparison_keeps_what_it_has_and_goes_on_to_the_same_end():
    whole = compare_models(faithful(), range(1, 4), ["tied", "full"], n_init=1)
    stopped = compare_models(
        faithful(), range(1, 4), ["tied", "full"], n_init=1, watch=lambda pair, progress: pair[0] < 3, n_threads=1
    )
    assert not stopped.complete
    assert {1, 2} == {cell.n_components for cell in stopped.cells}
    grown = stopped.extended()
    assert grown.complete
    assert cells_of(grown) == cells_of(whole)


def test_best_holds_the_very_solution_of_the_cell():
    compared = compare_models(faithful(), range(1, 4), "full", n_init=1)
    cell = compared.best_cell("aic")
    assert compared.best("aic").mixture_ is cell.fit.mixture
    assert compared.best("aic").bic(faithful()) == pytest.approx(cell.bic, rel=1e-12)


def test_an_unsound_cell_gives_no_estimator():
    compared = compare_models(CUSTOMERS, [2], ["full"], random_state=0)
    with pytest.raises(NoSoundSolutionError, match="shrunk"):
        compared.estimator(compared.cells[0])


def test_a_comparison_is_as_precise_as_telling_models_apart_takes():
    X = eruptions()
    assert compare_models(X, 1, "tied").settings.tol == 1e-6
    assert compare_models(X, 1, "tied", sample_weight=np.full(len(X), 1e4)).settings.tol == pytest.approx(
        0.1e-4 / len(X)
    )
