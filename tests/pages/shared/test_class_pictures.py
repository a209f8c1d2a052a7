"""The map of classes is not stretched."""

import numpy as np
import pytest

from gmm_core.model.transforms import TRANSFORMS, UNCHANGED
from pages.shared.axes import Axes
from pages.shared.class_pictures import AXES, FLATTEST, HEIGHT, WIDEST, _size, aspect


@pytest.mark.parametrize("ratio", [0.7, 1.0, 1.3, 2.0, 2.5])
def test_a_unit_is_as_long_across_as_up(ratio):
    width, height = aspect(ratio)
    assert (width - AXES) / (height - AXES) == pytest.approx(ratio, rel=0.01)
    assert width <= WIDEST
    assert height <= HEIGHT


@pytest.mark.parametrize("ratio", [1e-6, 0.1, 10.0, 1e6])
def test_a_map_is_never_a_line(ratio):
    assert min(aspect(ratio)) >= FLATTEST + AXES


@pytest.mark.parametrize(("across", "up"), [("wide (cm)", "flat (cm)"), ("flat (cm)", "wide (cm)")])
def test_a_column_of_one_value_is_drawn_at_the_usual_size(across, up):
    columns = {"wide (cm)": [1.0, 3.0], "flat (cm)": [2.0, 2.0]}
    values = np.column_stack([columns[across], columns[up]])
    assert _size(Axes((across, up), values, values, (UNCHANGED,) * 2)) == (WIDEST, HEIGHT)


def test_stretched_axes_have_no_one_unit():
    values = np.array([[1.0, 1.0], [100.0, 2.0]])
    axes = Axes(("wide (cm)", "high (cm)"), values, np.log(values), (TRANSFORMS["log"](), UNCHANGED))
    assert _size(axes) != (WIDEST, HEIGHT)
    assert _size(axes.stretched()) == (WIDEST, HEIGHT)
