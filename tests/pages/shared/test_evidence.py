"""What is gathered on the number of groups."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core import FitSettings
from gmm_core.model.choice.cells import compare_cells
from pages.shared import evidence
from pages.shared.grids import Grid
from pages.shared.verdict import judged
from pages.shared.workspace import example_workspace

WORKSPACE = example_workspace("wait-times")


@pytest.fixture(scope="module")
def cells():
    """One group and two, of free shape."""
    return tuple(compare_cells(WORKSPACE.table.frame, [(1, "full"), (2, "full")], FitSettings(n_init=3)))


def known(cells, n_rows=8):
    return {each.name: each for each in evidence.known(WORKSPACE, Grid(cells, True, n_rows))}


def test_few_rows_and_the_edge_of_the_grid_leave_it_open(cells):
    found = known(cells)
    assert "5 free parameters for 8 rows" in found["rows"].says
    assert "Two is the largest number compared" in found["the slider"].says
    assert judged(list(found.values())).sentence.startswith("Two or more groups, still open")
    assert "rows" not in known(cells, 1_000)


def test_cross_validation_is_weighed_once_it_is_known(cells):
    assert "cross-validation" not in known(cells)
    found = known([replace(cell, cross_validated=-10.0 * cell.n_components) for cell in cells])
    assert found["cross-validation"].numbers == (1,)
    odd = [replace(cell, cross_validated=value) for cell, value in zip(cells, (-10.0, float("nan")), strict=True)]
    assert "have no sound fit" in known(odd)["cross-validation"].says


def test_what_could_be_asked_for_is_named_with_its_place(cells):
    missing = evidence.not_asked(list(known(cells).values()))
    assert "stability (How sure, on Fit)" in missing
    assert len(missing) == 4


def test_a_group_of_scattered_rows_leaves_open_whether_it_is_one():
    rng = np.random.default_rng(0)
    groups = [rng.normal(centre, 0.5, (100, 2)) for centre in ((0, 0), (6, 0), (3, 6))]
    rows = np.concatenate([*groups, rng.uniform(-15, 20, (12, 2))])
    found = known(tuple(compare_cells(rows, [(3, "full"), (4, "full")], FitSettings(n_init=2))), len(rows))
    assert found["scattered rows"].numbers == (3,)
    assert "one of the four looks like scattered rows" in judged(list(found.values())).reasons
    noisy = compare_cells(rows, [(3, "full")], FitSettings(n_init=2, noise=True))
    assert "scattered rows" not in known(tuple(noisy), len(rows))


def test_nothing_is_known_where_no_model_is_sound(cells):
    assert known([replace(cell, sound=False) for cell in cells]) == {}
