"""Fits beside the page: where they are, and what they say of themselves."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core import FitSettings, fit_mixture
from gmm_core.model.choice.cell import empty_cell
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.fit import Start
from gmm_core.model.watching import Progress
from pages.shared import (
    choosing,
    details,
    firmness,
    fitting,
    flip_table,
    grids,
    results,
    sentences,
    unsure,
    unsure_rows,
)
from pages.shared.results import Fitted
from pages.shared.workspace import Workspace, example_workspace


def fit_of(workspace: Workspace, stopped: bool = False, **fit: object) -> Fitted:
    features = workspace.spec.apply(workspace.table.frame)
    found = fit_mixture(results.named(features), workspace.settings)
    return Fitted(workspace, features, replace(found, **fit), stopped)


@pytest.fixture(scope="module")
def geyser() -> Fitted:
    return fit_of(example_workspace("old-faithful").with_settings(n_init=2))


@pytest.fixture(scope="module")
def flowers() -> Fitted:
    return fit_of(example_workspace("iris").with_settings(n_init=3))


def test_progress_counts_starts_and_then_the_run_over_all_rows():
    assert fitting._place(Progress(0, 4, 0, 0.0)) == (0.0, "Start 1 of 4, pass 1 over the rows")
    assert fitting._place(Progress(3, 4, 9, 0.0)) == (0.6, "Start 4 of 4, pass 10 over the rows")
    assert fitting._place(Progress(4, 4, 2, 0.0)) == (0.8, "All rows, from the best start, pass 3 over the rows")


def test_models_of_the_grid_count_by_the_time_that_they_should_take(geyser):
    told = []
    parts = {(1, "full"): 0.1, (6, "full"): 0.9}
    done = [empty_cell(2, replace(geyser.workspace.settings, n_components=6), "")]
    grids._report_on(
        lambda *args, **how: told.append((args, how)) or True, done, parts, (1, "full"), Progress(0, 3, 0, 0.0)
    )
    assert told == [((0.9, "1 of 2 models done; now 1 group, free shape, start 1 of 3"), {"paced": True})]
    one, six = results.parts_of_time(geyser.features, [FitSettings(k, n_init=2) for k in (1, 6)])
    assert one + six == pytest.approx(1.0)
    assert six > 6 * one


def test_refits_with_starts_of_their_own_count_for_more(geyser, monkeypatch):
    told = []

    def half_of_the_first(fit, data, settings, kind, n_replicates, watch, weights, n_fresh):
        so_far = Bootstrap(fit.mixture, kind, n_replicates, n_fresh, (fit.mixture,) * (n_replicates // 2))
        watch(so_far)
        return so_far

    def run(slot, key, label, cost, work):
        return work(lambda share, text, paced=False: told.append((share, paced)) or True)

    monkeypatch.setattr(firmness, "bootstrap", half_of_the_first)
    monkeypatch.setattr(firmness, "asked", run)
    assert firmness._replicated(geyser).share_done == 0.4
    assert told == [(0.25, True)]


def test_starts_that_were_not_run_are_said_and_a_fit_may_go_on_then(geyser):
    few = replace(geyser, fit=replace(geyser.fit, starts=geyser.fit.starts[:1]), stopped=True)
    assert sentences.unfinished(few) == ["Only 1 of 2 starts were run, so there may be better groups."]
    assert few.unfinished
    assert sentences.unfinished(geyser) == []
    assert not geyser.unfinished


def test_one_group_has_one_start_and_nothing_is_missing(geyser):
    workspace = geyser.workspace.with_settings(n_components=1)
    one = replace(geyser, workspace=workspace, fit=fit_mixture(results.named(geyser.features), workspace.settings))
    assert len(one.fit.starts) < workspace.settings.n_init
    assert sentences.unfinished(one) == []


@pytest.mark.parametrize(("stopped", "said"), [(True, sentences.STOPPED), (False, sentences.UNSETTLED)])
def test_a_fit_that_has_not_settled_says_why(geyser, stopped, said):
    unsettled = replace(geyser, fit=replace(geyser.fit, stopped_by="max_iter"), stopped=stopped)
    assert said in sentences.cautions(unsettled)
    assert said in unsure.cautions(unsettled)
    assert unsettled.unfinished is stopped


def test_a_stopped_fit_shares_no_derived_results_with_the_whole_one(geyser):
    assert replace(geyser, stopped=True).key != geyser.key == geyser.workspace.fit_key


def test_many_free_parameters_for_few_rows_are_a_sketch():
    assert sentences.few_rows(11, 22) == []
    assert "take this as a sketch" in sentences.few_rows(11, 21)[0]


def test_the_headline_of_many_columns_names_the_two_that_set_groups_apart(flowers):
    within = np.sqrt(flowers.mixture.weights @ flowers.mixture.standard_deviations**2)
    reach = np.ptp(flowers.mixture.means, axis=0) / within
    first, second = (flowers.features.columns[j] for j in np.argsort(-reach)[:2])
    said = sentences.groups(flowers).replace("\\", "")
    assert f"furthest apart in {first} (" in said
    assert f") and {second} (" in said
    assert "1.46 in A" in said
    assert said.endswith(").")
    assert ". " not in said


def test_a_trace_on_all_rows_after_a_sample_says_what_it_leaves_out(geyser):
    assert details.course(geyser.fit).startswith("EM settled after")
    assert details.course(geyser.fit).endswith("of the best start.")
    start = Start(0.0, 100, 7, True, True, "")
    sampled = details.course(replace(geyser.fit, starts=(start, start)))
    assert "over all rows" in sampled
    assert "2 starts took 14 iterations on a sample of 100 rows" in sampled


def test_the_least_certain_rows_come_first_and_those_without_a_group_last():
    workspace = example_workspace("penguins").with_settings(n_init=1)
    fitted = fit_of(workspace)
    added = fitted.added_columns
    positions = unsure_rows.positions(fitted, "", unsure_rows.ORDERS[0])
    shown = unsure_rows._view(fitted, positions)
    certainty = shown[added[1]]
    assert certainty.dropna().is_monotonic_increasing
    assert certainty.iloc[-2:].isna().all()
    lowest = int(fitted.certainty.argmin())
    assert shown.index[0] == fitted.features.rows[lowest] + 1
    bars = unsure_rows.long_frame(fitted, positions[:2])
    assert bars["row"].tolist() == [shown.index[0]] * 3 + [shown.index[1]] * 3
    assert bars["responsibility"].iloc[:3].tolist() == fitted.memberships[lowest].tolist()
    decisions = unsure.all_rows(fitted, 0.9)["decision"]
    assert (decisions == "undecided").sum() == (fitted.certainty < 0.9).sum() > 0
    assert decisions.isna().sum() == 2
    without = next(row for row in range(344) if row not in set(fitted.features.rows))
    picked = unsure_rows._places(fitted, np.array([*positions[:2], without]))
    told = flip_table.told_each(fitted, picked).splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"- Row {shown.index[0]}: It would flip to ")


def test_a_cells_criteria_go_to_the_units_of_the_table():
    spec = example_workspace("old-faithful").with_spec(scaling="standard")
    table, features = spec.table.frame, spec.spec.apply(spec.table.frame)
    settings = FitSettings(n_init=1)
    [scaled] = compare_cells(results.named(features), [(2, "full")], settings)
    [plain] = compare_cells(table, [(2, "full")], settings)
    back = grids.in_table_units(scaled, features)
    for name in ("log_likelihood", "bic", "icl", "aic"):
        assert getattr(back, name) == pytest.approx(getattr(plain, name), abs=0.1)
    assert abs(scaled.bic - plain.bic) > 100


def test_the_point_clicked_is_a_number_and_a_family():
    assert choosing.model_of([{"n_components": 3, "family": "same shape"}]) == (3, "tied")
    assert choosing.model_of([]) is None
    assert choosing.model_of([{"n_components": 3, "family": "no such; nor this"}]) is None
