"""What is said of rows that don't fit."""

from types import SimpleNamespace

import numpy as np
import pytest

from pages.shared import odd


@pytest.mark.parametrize(("n_low", "n_rows", "warned"), [(4, 20, False), (200, 1_000, True), (120, 1_000, False)])
def test_a_misfit_is_told_where_there_are_more_small_p_values_than_by_chance(monkeypatch, n_low, n_rows, warned):
    p_values = np.repeat([0.05, 0.5], [n_low, n_rows - n_low])
    oddness = SimpleNamespace(p_value=p_values, sorted_p_values=p_values)
    scored = SimpleNamespace(fitted=None)
    monkeypatch.setattr(odd, "fitted_rows", lambda fitted: SimpleNamespace(oddness=oddness))
    assert bool(odd._misfit(scored)) is warned
