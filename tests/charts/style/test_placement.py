"""Places for labels on outlines."""

import numpy as np
import pytest

from gmm_core.charts.style.placement import LABEL, WRITTEN, clearance, roomy_vertices

SQUARE = np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.7]])
NOTHING = np.empty((0, 2))


def test_an_empty_plot_gets_its_label_on_top():
    assert roomy_vertices([SQUARE], NOTHING, NOTHING) == [2]


def test_a_label_hides_as_few_points_as_it_can():
    crowd = np.vstack([np.tile(SQUARE[2], (3, 1)), SQUARE[3:], SQUARE[:2].repeat(2, axis=0)])
    assert roomy_vertices([SQUARE], crowd, NOTHING) == [3]


def test_a_label_never_covers_a_kept_place():
    assert roomy_vertices([SQUARE], NOTHING, SQUARE[2:] + LABEL) == [0]


def test_labels_dont_meet():
    first, second = roomy_vertices([SQUARE, SQUARE + 0.01], NOTHING, NOTHING)
    assert first != second


@pytest.mark.parametrize(("height", "n_labels"), [(0.3, 3), (0.03, 2), (0.01, 1)])
def test_labels_of_a_flat_ellipse_stand_where_no_other_outline_could_be_meant(height, n_labels):
    angles = np.linspace(0, 2 * np.pi, 100)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    outlines = [0.5 + reach * circle * [0.16, height / 2] for reach in (2.45, 1.79, 1.18)]
    chosen = roomy_vertices(outlines, NOTHING, np.array([[0.5, 0.5]]))
    assert chosen[0] is not None  # the outermost is always told
    assert sum(at is not None for at in chosen) == n_labels
    for rank, at in enumerate(chosen):
        if rank and at is not None:
            others = np.vstack([outline for outline in outlines if outline is not outlines[rank]])
            assert not (np.abs(others - outlines[rank][at]) < WRITTEN).all(axis=1).any()


def test_an_outline_without_a_free_place_gets_no_label():
    assert roomy_vertices([SQUARE[:1]], NOTHING, SQUARE[:1]) == [None]


@pytest.mark.parametrize("shift", [10.0, 0.0])
def test_clearance_is_that_of_the_farthest_vertex(shift):
    mine, others = (np.repeat(square, 4, axis=0) for square in (SQUARE + np.array([shift, 0.0]), SQUARE))
    assert clearance(mine, others) == pytest.approx(shift)  # only every fourth vertex counts


def test_alone_there_is_no_clearance_to_speak_of():
    assert clearance(SQUARE, NOTHING) == 0.0
