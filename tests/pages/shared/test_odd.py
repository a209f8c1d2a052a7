"""What is said of rows that don't fit."""

from types import SimpleNamespace

import numpy as np
import pytest

from gmm_core.tables.outliers import Usual
from pages.shared import odd, odd_reasons


@pytest.mark.parametrize(("n_low", "n_rows", "warned"), [(4, 20, False), (200, 1_000, True), (120, 1_000, False)])
def test_a_misfit_is_told_where_there_are_more_small_p_values_than_by_chance(monkeypatch, n_low, n_rows, warned):
    p_values = np.repeat([0.05, 0.5], [n_low, n_rows - n_low])
    oddness = SimpleNamespace(p_value=p_values, sorted_p_values=p_values)
    scored = SimpleNamespace(fitted=None)
    monkeypatch.setattr(odd, "fitted_rows", lambda fitted: SimpleNamespace(oddness=oddness))
    assert bool(odd._misfit(scored)) is warned


def test_a_reason_names_the_group_it_is_held_against_and_what_is_odd_only_together():
    columns, nothing = np.array([[0, 1], [-1, -1], [-1, -1]]), np.full((2, 2), np.nan)
    values, low, high = (np.vstack([each, nothing]) for each in ([[900.0, 40.0]], [[100.0, 5.0]], [[300.0, 9.0]]))
    together = np.array([[-1, -1], [0, 1], [-1, -1]])
    found = Usual(columns, values, low, high, np.zeros(3, bool), together)
    scored = SimpleNamespace(
        usual=lambda positions: found,
        fitted=SimpleNamespace(letters=("A", "B")),
        oddness=SimpleNamespace(label=np.array([1, 0, 0])),
        features=SimpleNamespace(columns=("revenue", "orders")),
    )
    assert odd_reasons.reasons(scored, slice(None)) == [
        "against B: revenue 900 (usual 100 to 300) and orders 40.0 (usual 5.0 to 9.0)",
        "against A: together unusual: revenue with orders",
        "against A: within its usual range",
    ]
