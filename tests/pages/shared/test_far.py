"""A value far from all others, offered beside a fit."""

import pytest

from gmm_core.tables import far_values
from pages.shared import far
from pages.shared.workspace import example_workspace


def test_that_there_is_none_is_worked_out_once(monkeypatch: pytest.MonkeyPatch):
    workspace = example_workspace("old-faithful")
    asked = []
    monkeypatch.setattr(far_values, "far_value", lambda *given: asked.append(given))
    for _ in range(2):
        far.remarks(workspace)
    assert len(asked) == len(workspace.spec.columns)
