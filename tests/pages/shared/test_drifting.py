"""New rows are held against those that were fitted."""

from types import SimpleNamespace

import numpy as np
import pytest

from gmm_core.model.drift import Excess, Shift, shares_of
from pages.shared import drifting


def test_rows_of_weight_0_are_none_of_those_that_were_fitted(monkeypatch):
    mixture = SimpleNamespace(n_parameters=0)
    weights = np.repeat([1.0, 0.0], [60, 40])
    fitted = SimpleNamespace(fit=SimpleNamespace(mixture=mixture, n_rows=60), features=SimpleNamespace(weights=weights))
    left, right = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    memberships = np.concatenate([np.tile(left, (30, 1)), np.tile(right, (70, 1))])
    then = SimpleNamespace(oddness=_oddness(np.where(weights > 0, 0.0, -1e6)), memberships=memberships)
    monkeypatch.setattr(drifting, "fitted_rows", lambda fitted: then)
    new = SimpleNamespace(fitted=fitted, oddness=_oddness(np.zeros(60)), memberships=memberships[:60])
    found = drifting._measured(new)
    assert found.shift.estimate == 0.0
    assert found.excess.n == 0
    assert found.excess.expected == pytest.approx(0.06)
    assert found.then.estimates.tolist() == found.now.estimates.tolist() == [0.5, 0.5]


def _oddness(surplus):
    return SimpleNamespace(surplus=surplus, p_value=np.where(surplus < -5, 0.0, 0.5))


SURE = shares_of(np.tile([[1.0, 0.0], [0.0, 1.0]], (293, 1)))
NOBODY = Excess(0, 0.6, 1.0)

VERDICTS = {
    "No: 66 of 586 rows (11\u00a0%) fit no group, where 0.6 were to be expected.": (
        Shift(-0.04, -0.12, 0.04),
        Excess(66, 0.586, 0.0),
    ),
    "No: the new rows fit worse, by 1.20 (1.00 to 1.40) in log density a row; 66 of 586 rows (11\u00a0%)": (
        Shift(-1.2, -1.4, -1.0),
        Excess(66, 0.586, 0.0),
    ),
    "No: the new rows fit worse, by 1.20 (1.00 to 1.40) in log density a row.": (Shift(-1.2, -1.4, -1.0), NOBODY),
    "Can't tell: the rows may fit as well as the fitted ones, or worse (shift": (Shift(-2.86, -7.25, 0.7), NOBODY),
    "No sign of drift: they fit as well as the fitted rows (shift of log density a row 0.00, ": (
        Shift(-0.004, -0.1, 0.1),
        Excess(2, 1.0, 0.2),
    ),
}


@pytest.mark.parametrize("sentence", VERDICTS)
def test_the_verdict_heeds_both_the_shift_and_the_rows_that_fit_no_group(monkeypatch, sentence):
    shift, odd = VERDICTS[sentence]
    monkeypatch.setattr(drifting, "_moved", lambda scored, then, now: "")
    assert drifting.verdict(None, drifting.Drift(shift, odd, SURE, SURE)).startswith(sentence)
