"""New rows are held against those that were fitted."""

from types import SimpleNamespace

import numpy as np

from pages.shared import drifting


def test_rows_of_weight_0_are_none_of_those_that_were_fitted(monkeypatch):
    mixture = SimpleNamespace(n_parameters=0)
    weights = np.repeat([1.0, 0.0], [60, 40])
    fitted = SimpleNamespace(fit=SimpleNamespace(mixture=mixture, n_rows=60), features=SimpleNamespace(weights=weights))
    left, right = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    memberships = np.concatenate([np.tile(left, (30, 1)), np.tile(right, (70, 1))])
    then = SimpleNamespace(oddness=SimpleNamespace(surplus=np.where(weights > 0, 0.0, -1e6)), memberships=memberships)
    monkeypatch.setattr(drifting, "fitted_rows", lambda fitted: then)
    oddness = SimpleNamespace(surplus=np.zeros(60))
    new = SimpleNamespace(fitted=fitted, oddness=oddness, memberships=memberships[:60])
    shift, before, now = drifting._measured(new)
    assert shift.estimate == 0.0
    assert before.estimates.tolist() == now.estimates.tolist() == [0.5, 0.5]
